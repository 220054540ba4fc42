"""From the exception that ended a scenario to its verdict, and to the failure that a report shows."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import psycopg
from requests import RequestException

from greenroom.core.errors import (
    BrokenPromise,
    Contradiction,
    GreenroomError,
    Inconclusive,
    NotApplicable,
    OffendedInvariant,
)
from greenroom.core.verdict import Verdict
from greenroom.outcome.capabilities import declared_but_missing
from greenroom.record.events import Failure

_LONGEST_TRACEBACK = 6000
OPERATIONS_WORK = "O5"
"""The promise that is broken when what a scenario needs to begin does not work."""


@dataclass(frozen=True)
class Reached:
    """How far a scenario had come when it ended, and what of it a failure tells. `arranging`: it was in a Given, and
    nothing of its promises was looked at yet."""

    promise: str = ""
    promise_text: str = ""
    step: str = ""
    line: int = 0
    again: str = ""
    arranging: bool = False
    work_text: str = ""  # the sentence of OPERATIONS_WORK

    def failure(self, kind: Any, message: str, **more: Any) -> Failure:
        """A failure at this place."""
        given: dict[str, Any] = {
            "promise": self.promise,
            "promise_text": self.promise_text,
            "step": self.step,
            "line": self.line,
            "again": self.again,
        }
        return Failure(kind=kind, message=message, **(given | more))


def outcome_of(
    error: BaseException,
    reached: Reached,
    *,
    declares: Collection[str] = (),
    clean: Callable[[str], str] = str,
    debug: bool = False,
) -> tuple[Verdict, Failure]:
    """The verdict that an exception makes, and the failure to show.

    `declares` are the target's capabilities; `clean` takes secrets out of a text; with `debug` a broken promise keeps
    its traceback, as a fault of the harness always does.
    """
    match error:
        case NotApplicable() if capability := declared_but_missing(error.capability, declares):
            message = f"the target declares the capability {capability!r}, but: {error}"
            return Verdict.FAILED, reached.failure("promise", message)
        case NotApplicable():
            return Verdict.NOT_APPLICABLE, reached.failure("error", str(error))
        case BrokenPromise() if reached.arranging and error.wrong:  # by an operation or by rows; not what a page shows
            shown = _traceback(error) if debug else ""
            message = clean(str(error)) or "an assertion failed"
            promise = {"promise": OPERATIONS_WORK, "promise_text": reached.work_text}
            return Verdict.BLOCKED, reached.failure("blocked", message, traceback=shown, **promise)
        case Contradiction():
            return Verdict.CONTRADICTION, reached.failure("contradiction", clean(str(error)))
        case OffendedInvariant():
            return Verdict.FAILED, reached.failure("invariant", clean(str(error)), promise=error.promise)
        case BrokenPromise() | AssertionError():
            shown = _traceback(error) if debug else ""
            message = clean(str(error)) or "an assertion failed"
            return Verdict.FAILED, reached.failure("promise", message, traceback=shown)
        case Inconclusive():
            told = {"cause": error.cause, "hint": error.hint}
            return Verdict.INCONCLUSIVE, reached.failure("inconclusive", clean(error.message), **told)
        case GreenroomError():
            told = {"cause": error.code, "hint": error.hint}
            return Verdict.ERROR, reached.failure("error", clean(error.message), **told)
        case _ if _browser_is_gone(error):
            message = f"the browser went away: {_line(error)}"
            return Verdict.INCONCLUSIVE, reached.failure("inconclusive", message, cause="browser-crashed")
        case RequestException() | psycopg.OperationalError():
            return Verdict.INCONCLUSIVE, reached.failure("inconclusive", clean(_line(error)), cause="unreachable")
        case _:
            message = clean(f"{type(error).__name__}: {_line(error)}")
            kept = clean(_traceback(error)[-_LONGEST_TRACEBACK:])
            return Verdict.ERROR, reached.failure("error", message, traceback=kept)


def _browser_is_gone(error: BaseException) -> bool:
    """Whether this is Playwright's error for a browser that crashed or was closed. Playwright is not imported for this:
    a run without a page never loads it."""
    of_playwright = type(error).__module__.startswith("playwright.")
    return of_playwright and ("closed" in str(error) or "crash" in str(error).lower())


def _traceback(error: BaseException) -> str:
    return "".join(traceback.format_exception(error))


def _line(error: BaseException) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__
