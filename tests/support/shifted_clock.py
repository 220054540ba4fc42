"""`greenroom` on a machine whose clock is wrong: `python -m tests.support.shifted_clock SECONDS ARGUMENT...`.

The clock of this process and of its threads is moved; the target, the database and the browser are other machines'. It
is moved before anything of the harness is imported, so that whatever asks for the time gets the wrong one.
"""

from __future__ import annotations

import datetime
import sys
import time
from typing import Any


def shift(seconds: float) -> None:
    """Move `time.time` and every `now` of `datetime`."""
    real_time, real = time.time, datetime.datetime

    class Shifted(real):  # type: ignore[misc, valid-type]
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return cls.fromtimestamp(real_time() + seconds, tz)

        @classmethod
        def utcnow(cls) -> Any:
            return cls.now(datetime.UTC).replace(tzinfo=None)

    time.time = lambda: real_time() + seconds
    datetime.datetime = Shifted  # type: ignore[misc]


if __name__ == "__main__":
    shift(float(sys.argv[1]))
    from greenroom.cli.main import main

    sys.argv = ["greenroom", *sys.argv[2:]]
    main()
