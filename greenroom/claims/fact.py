"""What a claim is made of: facts about a state, each judged by itself, so that a part of them can be judged alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from greenroom.core.errors import What
from greenroom.relations.state import State, Unseen, show


@dataclass(frozen=True)
class Fact:
    """One comparison: what it is about, what was expected, what was found. `seen` is False where nobody shows it.

    `about` is the same for machines: a relation, or one of its columns ("rooms.session_id"). `wrong` says in which way
    it is wrong when it does not hold; "" leaves that to the values.
    """

    name: str
    expected: str
    found: str
    holds: bool
    seen: bool = True
    about: str = ""
    wrong: str = ""

    @property
    def what(self) -> What:
        """What is wrong when it does not hold. Values that differ from scenario to scenario are no part of it."""
        return self.about or self.name, self.wrong or _how(self.expected, self.found)


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


def wrong(facts: Sequence[Fact]) -> list[What]:
    """What is wrong, of the facts that are seen."""
    return list(dict.fromkeys(fact.what for fact in seen(facts) if not fact.holds))


def same(name: str, expected: object, found: object, about: str = "", wrong: str = "") -> Fact:
    """Two values should be the same."""
    return Fact(name, show(expected), show(found), expected == found, about=about, wrong=wrong)


def every(*claims: Claim) -> Claim:
    """Several claims as one: all of their facts together."""
    return lambda state: [fact for claim in claims for fact in facts_of(claim, state)]


def either(*claims: Claim) -> Claim:
    """One of several claims: the facts of the first that holds; when none does, of the one that is nearest to it."""

    def claim(state: State) -> list[Fact]:
        found = [facts_of(one, state) for one in claims]
        return next((facts for facts in found if holds(facts)), min(found, key=lambda facts: len(wrong(facts))))

    return claim


def _how(expected: str, found: str) -> str:
    if expected in ("-", "no", "0"):
        return "not cleared"
    return "not set" if found == "-" else "other than expected"
