"""What a claim is made of: facts over a state, judged one by one, also where only a part of them is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from greenroom.relations.state import State, Unseen, show


@dataclass(frozen=True)
class Fact:
    """One comparison: what it is about, what should be, what is. Not `seen`: nobody we can ask shows it."""

    name: str
    expected: str
    found: str
    holds: bool
    seen: bool = True


Claim = Callable[[State], list[Fact]]
"""What is claimed of a state: the facts that it comes down to."""


def seen(facts: Sequence[Fact]) -> list[Fact]:
    """The facts that somebody shows."""
    return [fact for fact in facts if fact.seen]


def holds(facts: Sequence[Fact]) -> bool:
    """Whether every fact that is seen holds; no facts at all hold nothing."""
    return bool(seen(facts)) and all(fact.holds for fact in seen(facts))


def facts_of(claim: Claim, state: State) -> list[Fact]:
    """The facts of a claim, or the one fact that nobody shows what it is about."""
    try:
        return claim(state)
    except Unseen as unseen:
        return [Fact(unseen.what, "", "", False, seen=False)]


def same(name: str, expected: object, found: object) -> Fact:
    """Two values should be the same."""
    return Fact(name, show(expected), show(found), expected == found)


def every(*claims: Claim) -> Claim:
    """All facts of several words; of a word about something that nobody shows, that."""
    return lambda state: [fact for claim in claims for fact in facts_of(claim, state)]


def either(*claims: Claim) -> Claim:
    """The facts of the first word that holds, or of the first one when none does."""

    def claim(state: State) -> list[Fact]:
        found = [facts_of(one, state) for one in claims]
        return next((facts for facts in found if holds(facts)), found[0])

    return claim
