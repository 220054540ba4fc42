"""Failures that a target is known for: shown as such, as long as they are listed, still failing, and not expired."""

from __future__ import annotations

import datetime as dt
import difflib
import fnmatch
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from greenroom.core.errors import BadTarget
from greenroom.core.verdict import Verdict
from greenroom.outcome.from_exception import OPERATIONS_WORK
from greenroom.record.events import ScenarioFinished
from greenroom.targetfile.known_failure import KnownFailure
from greenroom.targetfile.load import TargetFile

_BROKEN = (Verdict.FAILED, Verdict.CONTRADICTION, Verdict.BLOCKED)


@dataclass(frozen=True)
class Weighed:
    """A verdict with the list of known failures taken into account, and the reason for a change."""

    verdict: Verdict
    note: str = ""
    ticket: str = ""


def weigh(
    verdict: Verdict,
    listed: Sequence[KnownFailure],
    promises: Sequence[str],
    name: str,
    *,
    today: dt.date,
    where: Callable[[int], str],
    blocked_by: str = "",
    attempts: int = 1,
) -> Weighed:
    """The verdict of a scenario of these promises and that name, with the target's list taken into account.

    Failing as listed is a known failure; failing after the expiry is a failure again; passing though listed is
    unexpectedly fixed, and says what to delete: `where` tells the lines of an entry by its number. Every other verdict
    stays as it is. What is blocked has not failed as its own promises are listed to: it counts for O5 only, and an
    entry may name as its scenario the operation that it is `blocked_by`. One that is listed as flaky may pass, and is
    known while it fails now and then: not where all of several `attempts` failed.
    """
    blocked = verdict is Verdict.BLOCKED or bool(blocked_by)
    number = _entry_for(listed, [OPERATIONS_WORK] if blocked else promises, [name, *([blocked_by] if blocked else [])])
    if number is None:
        return Weighed(verdict)
    entry = listed[number]
    about = f"{entry.promise} {entry.scenario!r} ({entry.ticket}: {entry.reason})"
    kind = "flaky" if entry.flaky else "known"
    if verdict in (*_BROKEN, Verdict.FLAKY) and entry.expires < today:
        over = f"listed as {kind} until {entry.expires}, which is over"
        return Weighed(verdict, f"{over}: mend it, or renew {where(number)}, the known failure {about}", entry.ticket)
    if entry.flaky and verdict in _BROKEN and attempts > 1:
        always = f"listed as flaky until {entry.expires}, yet none of {attempts} attempts passed"
        return Weighed(
            verdict, f"{always}: mend it, or take `flaky` off {where(number)}, the known failure {about}", entry.ticket
        )
    if verdict in _BROKEN or (entry.flaky and verdict is Verdict.FLAKY):
        as_ = "known as flaky" if entry.flaky else "known"
        return Weighed(
            Verdict.KNOWN_FAILURE, f"{as_} until {entry.expires}: {entry.reason} ({entry.ticket})", entry.ticket
        )
    if verdict is Verdict.PASSED and not entry.flaky:
        fewer = ", or narrow its `scenario`" if "*" in entry.scenario else ""
        return Weighed(
            Verdict.UNEXPECTEDLY_FIXED,
            f"it passes: delete {where(number)}{fewer}: the known failure {about}",
            entry.ticket,
        )
    return Weighed(verdict)


def weighed(
    scenario: ScenarioFinished, listed: Sequence[KnownFailure], where: Callable[[int], str], tickets: str = ""
) -> ScenarioFinished:
    """A scenario that is over, with the verdict that the list gives it today, the reason for it and the ticket.
    `tickets` is the address of a ticket, with {ticket} in it."""
    found = weigh(
        scenario.verdict,
        listed,
        scenario.promises,
        scenario.name,
        today=dt.date.today(),
        where=where,
        blocked_by=_blocked_by(scenario),
        attempts=len(scenario.attempts) or 1,
    )
    told = [found.note, scenario.note if scenario.attempts or not found.note else ""]
    update = {"verdict": found.verdict, "note": "; ".join(filter(None, told)), "ticket": found.ticket}
    return scenario.model_copy(update=update | {"ticket_url": _address_of(found.ticket, tickets)})


def _address_of(ticket: str, tickets: str) -> str:
    """Where a ticket is read: it may be an address itself."""
    if not ticket or ticket.startswith(("http://", "https://")):
        return ticket
    return tickets.replace("{ticket}", quote(ticket, safe="")) if tickets else ""


def excused_at_once(scenario: ScenarioFinished, listed: Sequence[KnownFailure]) -> bool:
    """Whether a failed scenario is known to fail always, so that nothing is learnt from trying it again."""
    always = [entry for entry in listed if not entry.flaky]
    return weighed(scenario, always, lambda _: "").verdict is Verdict.KNOWN_FAILURE


def _entry_for(listed: Sequence[KnownFailure], promises: Sequence[str], names: Sequence[str]) -> int | None:
    """The number of the first entry that is for one of these promises and names."""
    fits = (
        number
        for number, one in enumerate(listed)
        if one.promise in promises and any(fnmatch.fnmatchcase(each, one.scenario) for each in names)
    )
    return next(fits, None)


def _blocked_by(scenario: ScenarioFinished) -> str:
    """The operation, or the rows, that keep it from beginning; "" where it begins."""
    first = scenario.attempts[0].verdict if scenario.attempts else scenario.verdict
    wrong = scenario.failure.wrong if scenario.failure and first is Verdict.BLOCKED else []
    return wrong[0].subject.removeprefix("operation:") if wrong else ""


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
