"""Failures that a target is known for: shown as such, as long as they are listed, still failing, and not expired."""

from __future__ import annotations

import datetime as dt
import difflib
import fnmatch
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from greenroom.core.errors import BadTarget
from greenroom.core.verdict import Verdict
from greenroom.outcome.from_exception import OPERATIONS_WORK
from greenroom.targetfile.load import TargetFile
from greenroom.targetfile.model import KnownFailure

_BROKEN = (Verdict.FAILED, Verdict.CONTRADICTION, Verdict.BLOCKED)


@dataclass(frozen=True)
class Weighed:
    """A verdict with the list of known failures taken into account, and the reason for a change."""

    verdict: Verdict
    note: str = ""


def weigh(
    verdict: Verdict,
    listed: Sequence[KnownFailure],
    promises: Sequence[str],
    name: str,
    *,
    today: dt.date,
    where: Callable[[int], str],
    blocked_by: str = "",
) -> Weighed:
    """The verdict of a scenario of these promises and that name, with the target's list taken into account.

    Failing as listed is a known failure; failing after the expiry is a failure again; passing though listed is
    unexpectedly fixed, and says what to delete: `where` tells the lines of an entry by its number. Every other verdict
    stays as it is. What is blocked has not failed as its own promises are listed to: it counts for O5 only, and an
    entry may name as its scenario the operation that it is `blocked_by`.
    """
    names = [name]
    if verdict is Verdict.BLOCKED:
        promises, names = [OPERATIONS_WORK], [name, blocked_by]
    fits = (
        number
        for number, one in enumerate(listed)
        if one.promise in promises and any(fnmatch.fnmatchcase(each, one.scenario) for each in names)
    )
    number = next(fits, None)
    if number is None:
        return Weighed(verdict)
    entry = listed[number]
    about = f"{entry.promise} {entry.scenario!r} ({entry.ticket}: {entry.reason})"
    if verdict in _BROKEN and entry.expires < today:
        over = f"listed as known until {entry.expires}, which is over"
        return Weighed(verdict, f"{over}: mend it, or renew {where(number)}, the known failure {about}")
    if verdict in _BROKEN:
        return Weighed(Verdict.KNOWN_FAILURE, f"known until {entry.expires}: {entry.reason} ({entry.ticket})")
    if verdict is Verdict.PASSED:
        fewer = ", or narrow its `scenario`" if "*" in entry.scenario else ""
        return Weighed(
            Verdict.UNEXPECTEDLY_FIXED, f"it passes: delete {where(number)}{fewer}: the known failure {about}"
        )
    return Weighed(verdict)


def check_promises(file: TargetFile, listed: Sequence[KnownFailure], promises: Collection[str]) -> None:
    """Raises BadTarget with file and line for the first entry whose promise does not exist."""
    if not promises:  # without their page nobody knows which there are
        return
    for number, message, hint in unknown_promises(listed, promises):
        place = file.where(("known_failures", number, "promise"))
        raise BadTarget(f"{place}: [[known_failures]] {message}", hint=hint)


def unknown_promises(listed: Sequence[KnownFailure], promises: Collection[str]) -> Iterator[tuple[int, str, str]]:
    """The entries whose promise is not among `promises`: number, what is wrong, and a hint. Such an entry would excuse
    nothing, and nobody would notice."""
    for number, entry in enumerate(listed):
        if entry.promise not in promises:
            close = difflib.get_close_matches(entry.promise, promises, n=1)
            hint = f"did you mean {close[0]}?" if close else "docs/promises.md lists them"
            yield number, f"there is no promise {entry.promise!r}", hint
