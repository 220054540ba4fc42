"""What follows from a visit that did more than a visit may: a guest leaves, and with that the room has ended.

That its host can't end it any more, that nobody comes in, that it shows no host: each of these fails in another way,
and none of it is an invariant that the rows offend. Where one failure shows that a visit changed a room and should not
have, others in whose steps the same request changed the same are explained by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from greenroom.core.errors import What
from greenroom.core.verdict import Verdict
from greenroom.record.events import ScenarioFinished, Wrong
from greenroom.record.step import Change, Step

VISITS = frozenset({"join", "leave", "disconnect", "admit", "reject", "admit_all", "kick", "ban"})
"""Operations about one who comes or goes. What any of them does to the room as such, it should not do."""

COMING = frozenset({"join", "admit", "admit_all"})
"""Those of them that end nobody's stay."""

_READS = ("GET", "HEAD", "OPTIONS")
_VARY = ("session_id", "starts_at", "ended_at", "left_at")  # columns whose values are other ones in each scenario


@dataclass(frozen=True, slots=True)
class _Overreach:
    """What a visit changed and should not have: the change, and the requests of the step."""

    what: What
    change: tuple[str, ...]
    sent: frozenset[tuple[str, str]]


class Overreaches:
    """What visits did to rooms, as far as the failures of a run show it."""

    def __init__(self, scenarios: Sequence[ScenarioFinished]) -> None:
        self._found = [one for scenario in scenarios for one in _shown_by(scenario)]

    def explaining(self, scenario: ScenarioFinished) -> Iterator[What]:
        """What explains the failure of a scenario that does not show it itself."""
        own = [(one.subject, one.how) for one in scenario.failure.wrong] if scenario.failure else []
        steps = [step for step in scenario.steps if step.verdict is not None]
        for one in self._found:
            did_it = any(one.sent & _sent(step) and one.change in map(_gist, step.changes) for step in steps)
            if did_it and one.what not in own and _may_follow(scenario):
                yield one.what


def _shown_by(scenario: ScenarioFinished) -> Iterator[_Overreach]:
    for wrong in scenario.failure.wrong if scenario.failure else []:
        column = _column_of(wrong)
        if not column or not 0 < wrong.since <= len(scenario.steps):
            continue
        step = scenario.steps[wrong.since - 1]
        for change in step.changes:
            if f"{change.relation}.{change.field}" == column:
                yield _Overreach((wrong.subject, wrong.how), _gist(change), _sent(step))


def _column_of(wrong: Wrong) -> str:
    """The column that a visit should not have changed; "" for what else is wrong. Who comes in ends no stay."""
    if not wrong.operations:
        return ""
    if wrong.subject == "rooms.status" and VISITS.issuperset(wrong.operations):
        return wrong.subject
    stays = (wrong.subject, wrong.how) == ("attendance", "changed")
    return "attendance.left_at" if stays and COMING.issuperset(wrong.operations) else ""


def _may_follow(scenario: ScenarioFinished) -> bool:
    """A room that is not what it was explains a refusal, and what else is found of the room; not that an operation
    broke or was let in."""
    found = scenario.failure.wrong if scenario.failure else []
    rooms = all(one.subject.startswith("rooms.") for one in found)
    refused = all(one.subject.startswith("operation:") and one.how.startswith("refused") for one in found)
    return bool(found) and scenario.verdict is not Verdict.PASSED and (rooms or refused)


def _gist(change: Change) -> tuple[str, ...]:
    values = () if change.field in _VARY else (change.before or "", change.after or "")
    return (change.relation, change.field, *values)


def _sent(step: Step) -> frozenset[tuple[str, str]]:
    """Method and last part of the address of what was sent and carried out; ids before it differ."""
    return frozenset(
        (one.method, one.url.partition("?")[0].rpartition("/")[2])
        for one in step.exchanges
        if one.method not in _READS and one.status is not None and one.status < 400
    )
