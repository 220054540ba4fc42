"""Failures that a target is known for: shown as such, as long as they are listed, still failing, and not expired."""

from __future__ import annotations

import datetime as dt
import fnmatch
from collections.abc import Sequence
from dataclasses import dataclass

from greenroom.target.model import KnownFailure
from greenroom.verdict import Verdict

_BROKEN = (Verdict.FAILED, Verdict.CONTRADICTION)


@dataclass(frozen=True)
class Weighed:
    """A verdict after the list was looked at, and why it is what it is."""

    verdict: Verdict
    note: str = ""


def weigh(
    verdict: Verdict, listed: Sequence[KnownFailure], promises: Sequence[str], name: str, *, today: dt.date
) -> Weighed:
    """The verdict of a scenario of these promises and that name, with the target's list taken into account.

    Failing as listed is a known failure; failing after the expiry is a failure again; passing though listed is
    unexpectedly fixed, and says what to delete. Every other verdict stays as it is.
    """
    entry = next((one for one in listed if one.promise in promises and fnmatch.fnmatchcase(name, one.scenario)), None)
    if entry is None:
        return Weighed(verdict)
    about = f"{entry.promise} {entry.scenario!r} ({entry.ticket}: {entry.reason})"
    if verdict in _BROKEN and entry.expires < today:
        return Weighed(verdict, f"listed as known until {entry.expires}, which is over: mend it, or renew {about}")
    if verdict in _BROKEN:
        return Weighed(Verdict.KNOWN_FAILURE, f"known until {entry.expires}: {entry.reason} ({entry.ticket})")
    if verdict is Verdict.PASSED:
        return Weighed(Verdict.UNEXPECTEDLY_FIXED, f"it passes: delete from [[known_failures]] the entry {about}")
    return Weighed(verdict)
