"""A listing that follows a moment later is waited for; one that never does costs a scenario its time once."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.relations.state import State
from greenroom.scenario.late_listing import LateListing
from tests.support.rows import entry, live, room, state

NEVER = 0.05


def test_who_is_late_is_known_to_be() -> None:
    late: list[float] = []
    unlisted, coming = state(room(status="live")), iter([state(room(status="live")), state(*live())])
    listing = LateListing(lambda: next(coming), lambda seconds: None, 5, late.append)
    assert listing.follow(unlisted, ["r1"], arranging=True)
    assert len(late) == 1


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


def under(title: str | None) -> State:
    """A live room whose session is called Talk, listed under that title."""
    rows = [pair for pair in live() if pair[0] != "listing"]
    return state(*rows, entry(status="live", ended_at=None, title=title))


def test_an_entry_that_still_tells_of_the_session_before_is_waited_for() -> None:
    looked, listing = shown_one_after_the_other(under("Before"), under("Talk"))
    assert listing.follow(under("Before"), ["r1"], arranging=False)
    assert looked[-1] == under("Talk")


def test_a_title_that_never_follows_is_waited_for_once() -> None:
    looked, listing = shown_one_after_the_other(under("Before"))
    assert listing.follow(under("Before"), ["r1"], arranging=False)
    times = len(looked)
    assert not listing.follow(under("Before"), ["r1"], arranging=False)
    assert len(looked) == times


def test_a_title_that_nobody_shows_is_not_waited_for() -> None:
    looked, listing = shown_one_after_the_other(under(None))
    assert not listing.follow(under(None), ["r1"], arranging=False)
    assert not looked
