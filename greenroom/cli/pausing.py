"""Whether `greenroom run --pause` has somebody to wait for."""

from __future__ import annotations

import sys

from greenroom.core.errors import GreenroomError


def check_pause(workers: str) -> None:
    """Raises GreenroomError (code "usage") where nobody can be asked to go on: without a terminal, or in workers."""
    if workers:
        raise GreenroomError(
            "--pause and -n contradict each other", hint="workers have no terminal: leave -n out", code="usage"
        )
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise GreenroomError(
            "--pause needs a terminal", hint="without one nobody can say that it goes on; --trace keeps what happened",
            code="usage",
        )  # fmt: skip
