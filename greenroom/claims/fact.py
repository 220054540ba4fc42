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


Judge = Callable[[State], list[Fact]]


def seen(facts: Sequence[Fact]) -> list[Fact]:
    """The facts that somebody shows."""
    return [fact for fact in facts if fact.seen]


def holds(facts: Sequence[Fact]) -> bool:
    """Whether every fact that is seen holds; no facts at all hold nothing."""
    return bool(seen(facts)) and all(fact.holds for fact in seen(facts))


def judged(judge: Judge, state: State) -> list[Fact]:
    """The facts of a claim, or the one fact that nobody shows what it is about."""
    try:
        return judge(state)
    except Unseen as unseen:
        return [Fact(unseen.what, "", "", False, seen=False)]


def same(name: str, expected: object, found: object) -> Fact:
    """Two values should be the same."""
    return Fact(name, show(expected), show(found), expected == found)


def every(*judges: Judge) -> Judge:
    """All facts of several words; of a word about something that nobody shows, that."""
    return lambda state: [fact for judge in judges for fact in judged(judge, state)]


def either(*judges: Judge) -> Judge:
    """The facts of the first word that holds, or of the first one when none does."""

    def judge(state: State) -> list[Fact]:
        found = [judged(one, state) for one in judges]
        return next((facts for facts in found if holds(facts)), found[0])

    return judge
