"""Which troubles are tried on a day: a fifth of them, another one each day, all in five."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tests.trust.trouble import Trouble

FIFTHS = 5


def fifth_of(troubles: Sequence[Trouble], day: dt.date) -> list[Trouble]:
    """Every fifth one, so that each day has some of each kind."""
    return [one for number, one in enumerate(troubles) if number % FIFTHS == day.toordinal() % FIFTHS]
