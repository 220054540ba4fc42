"""A listing that follows a moment later is waited for; one that never does costs a scenario its time once."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.relations.state import State
from greenroom.scenario.late_listing import LateListing
from tests.support.rows import entry, live, room, state

NEVER = 0.05


def shown_one_after_the_other(*states: State) -> tuple[list[State], LateListing]:
    looked: list[State] = []
    coming: Iterator[State] = iter(states)

    def look() -> State:
        looked.append(next(coming, states[-1]))
        return looked[-1]

    return looked, LateListing(look, lambda seconds: None, NEVER)


def test_what_agrees_is_not_waited_for() -> None:
    looked, listing = shown_one_after_the_other(state(*live()))
    assert not listing.follow(state(*live()), ["r1"], arranging=True)
    assert not looked


def test_what_follows_is_waited_for() -> None:
    unlisted, listed = state(room(status="live")), state(*live())
    looked, listing = shown_one_after_the_other(unlisted, listed)
    assert listing.follow(unlisted, ["r1"], arranging=True)
    assert looked == [unlisted, listed]


def test_what_never_follows_is_waited_for_once_while_arranging() -> None:
    still_listed = state(room(), entry(status="live", ended_at=None))
    looked, listing = shown_one_after_the_other(still_listed)
    assert listing.follow(still_listed, ["r1"], arranging=True)
    times = len(looked)
    assert not listing.follow(still_listed, ["r1"], arranging=True)
    assert len(looked) == times
    assert listing.follow(still_listed, ["r1"], arranging=False)
