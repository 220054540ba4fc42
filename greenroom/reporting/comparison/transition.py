"""What became of one scenario from a record to the next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from greenroom.core.verdict import Verdict
from greenroom.record.events import ScenarioFinished


class Transition(StrEnum):
    """From what matters most to what matters least."""

    NEWLY_BROKEN = "newly broken"
    NO_LONGER_JUDGED = "no longer judged"
    STILL_BROKEN = "still broken"
    MENDED = "mended"
    NEWLY_JUDGED = "newly judged"
    GONE = "gone"
    NEW = "new"
    JUDGED_IN_NEITHER = "judged in neither"
    UNCHANGED = "unchanged"


HOLDS = frozenset({Verdict.PASSED, Verdict.UNEXPECTEDLY_FIXED})
"""The promise held."""
BREAKS = frozenset({Verdict.KNOWN_FAILURE, Verdict.FLAKY, Verdict.BLOCKED, Verdict.FAILED, Verdict.CONTRADICTION})
"""A promise was seen broken, whether that is listed or not. All other verdicts judge nothing."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One scenario in both records; None where a record does not have it."""

    before: ScenarioFinished | None
    after: ScenarioFinished | None
    transition: Transition

    @property
    def scenario(self) -> ScenarioFinished:
        """The newer of the two."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def moved_from(self) -> str:
        """The id that it had before, where it is another one."""
        return self.before.id if self.before and self.after and self.before.id != self.after.id else ""

    @property
    def words(self) -> str:
        """`passed, then failed`; of one that a record does not have, the other's verdict."""
        verdicts = [str(one.verdict) for one in (self.before, self.after) if one is not None]
        return ", then ".join(verdicts)


def transition_of(
    before: ScenarioFinished | None, after: ScenarioFinished | None, *, whole_before: bool, whole_after: bool
) -> Transition:
    """What became of a scenario. `whole_before`, `whole_after`: whether those runs got to their end.

    One that a run did not get to is not gone, nor is it new: it was not judged.
    """
    if after is None and whole_after:
        return Transition.GONE
    if before is None and whole_before:
        return Transition.NEW
    held, broke = _standing(before)
    holds, breaks = _standing(after)
    if not (holds or breaks):
        return Transition.NO_LONGER_JUDGED if held or broke else Transition.JUDGED_IN_NEITHER
    if not (held or broke):
        return Transition.NEWLY_JUDGED
    if breaks:
        return Transition.STILL_BROKEN if broke else Transition.NEWLY_BROKEN
    return Transition.MENDED if broke else Transition.UNCHANGED


def _standing(scenario: ScenarioFinished | None) -> tuple[bool, bool]:
    verdict = scenario.verdict if scenario is not None else None
    return verdict in HOLDS, verdict in BREAKS
