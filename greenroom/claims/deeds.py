"""What is claimed of deeds that somebody tried who may not: each was turned away, and changed nothing (S6)."""

from __future__ import annotations

from dataclasses import dataclass

from greenroom.claims.fact import Fact, holds, seen, wrong
from greenroom.claims.observation import Observation
from greenroom.claims.turned_away import about_their_own, not_let_in, turned_away
from greenroom.drivers.outcome import CarriedOut, Outcome
from greenroom.targetfile.operations import OPERATIONS, PAST_THE_GATEWAY


@dataclass(frozen=True)
class Deed:
    """An operation that somebody tried who may not: what came of it, and whether each relation is as it was before.
    `who` tried it, where several did; `own` where the request may be about a room of theirs; `naming` where it said in
    more places than the target describes who asks, which may as well be refused as a body that breaks the schema."""

    outcome: Outcome
    unchanged: tuple[Fact, ...]
    who: str = ""
    own: bool = False
    naming: bool = False

    @property
    def words(self) -> str:
        """What was tried, in words."""
        beside = ", with who is said to ask beside the proof," if self.naming else ""
        return f"{self.outcome.operation.replace('_', ' ')}{beside}{' as ' if self.who else ''}{self.who}"


def was_turned_away(deed: Deed) -> Observation:
    """Refused because of who asked, or told of nothing that was done. How an operation of the target's own refuses is
    not known: any refusal counts."""
    who = f"whoever tried to {deed.words}"
    if deed.own:
        return about_their_own(who, deed.outcome)
    return (turned_away if deed.outcome.operation in OPERATIONS else not_let_in)(who, deed.outcome)


def has_changed_nothing(deed: Deed) -> Observation:
    """No row of the room is other than it was before. What is wrong where one is: the operation, which was not refused,
    or the rows, where it was or where the data API lets writes through by rows."""
    changed = [fact for fact in seen(deed.unchanged) if not fact.holds]
    before = "; ".join(f"{fact.name} {fact.expected}" for fact in changed) or "no change"
    after = "; ".join(f"{fact.name} {fact.found}" for fact in changed) or "no change"
    right = not seen(deed.unchanged) or holds(deed.unchanged)
    sentence = f"the attempt to {deed.words} has changed nothing"
    operation = deed.outcome.operation
    let_in = isinstance(deed.outcome, CarriedOut) and operation in OPERATIONS and operation not in PAST_THE_GATEWAY
    told = ((f"operation:{operation}", "not refused"),) if let_in else tuple(wrong(deed.unchanged))
    return Observation(sentence, right, before, after, wrong=told)
