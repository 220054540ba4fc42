"""What a claim is made of: facts about a state, each judged by itself, so that a part of them can be judged alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from greenroom.relations.state import State, Unseen, show


@dataclass(frozen=True)
class Fact:
    """One comparison: what it is about, what was expected, what was found. `seen` is False where nobody shows it."""

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
    """The facts of a claim. Where it is about something that nobody shows, one fact that says so."""
    try:
        return claim(state)
    except Unseen as unseen:
        return [Fact(unseen.what, "", "", False, seen=False)]


def same(name: str, expected: object, found: object) -> Fact:
    """Two values should be the same."""
    return Fact(name, show(expected), show(found), expected == found)


def every(*claims: Claim) -> Claim:
    """Several claims as one: all of their facts together."""
    return lambda state: [fact for claim in claims for fact in facts_of(claim, state)]


def either(*claims: Claim) -> Claim:
    """One of several claims: the facts of the first that holds, or of the first one when none does."""

    def claim(state: State) -> list[Fact]:
        found = [facts_of(one, state) for one in claims]
        return next((facts for facts in found if holds(facts)), found[0])

    return claim
