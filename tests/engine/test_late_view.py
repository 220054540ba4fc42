"""A listing that follows what a Given arranges at once, a moment later, or not at all."""

from __future__ import annotations

import time

import pytest

from greenroom.scenario.late_view import Entries, LateView

NONE: Entries = ()
LISTED: Entries = ({"room_id": "r1", "status": "live"},)
HALF: Entries = ({"room_id": "r1", "status": "ended"},)


class Clock:
    """Time that passes only while somebody pauses; entries change at the seconds given."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, **changes: Entries) -> None:
        self.seconds, self.looks = 0.0, 0
        self._changes = {float(at.removeprefix("at_").replace("_", ".")): rows for at, rows in changes.items()}
        monkeypatch.setattr(time, "monotonic", lambda: self.seconds)

    def look(self) -> Entries:
        self.looks += 1
        return next((rows for at, rows in sorted(self._changes.items(), reverse=True) if at <= self.seconds), NONE)

    def pause(self, seconds: float) -> None:
        self.seconds += seconds

    def follow(self, view: LateView, longest: float = 5) -> float:
        began = self.seconds
        view.follow(NONE, self.look, self.pause, longest)
        return self.seconds - began


def test_where_entries_follow_at_once_nothing_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, view = Clock(monkeypatch, at_0=LISTED), LateView()
    assert [clock.follow(view), clock.follow(view), clock.follow(view)] == [0, 0, 0]
    assert clock.looks == 2  # then it is known
    assert not view.is_late


def test_entries_that_come_late_are_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, view = Clock(monkeypatch, at_0_7=LISTED), LateView()
    clock.follow(view)
    assert view.is_late
    assert clock.look() == LISTED


def test_what_was_arranged_by_half_is_not_taken_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, view = Clock(monkeypatch, at_0_4=HALF, at_0_9=LISTED), LateView()
    clock.follow(view)
    assert clock.look() == LISTED


def test_entries_that_never_follow_are_watched_a_few_times_only(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, view = Clock(monkeypatch), LateView()
    assert [round(clock.follow(view)) for _ in range(5)] == [5, 5, 5, 0, 0]


def test_what_is_there_at_the_next_look_is_not_late() -> None:
    view = LateView()
    view.seen(0.01)
    assert not view.is_late
    view.seen(0.3)
    assert view.is_late


def test_a_number_is_taken_once_it_rests_where_entries_are_late(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, view = Clock(monkeypatch, at_0_3=HALF, at_0_8=LISTED), LateView()
    assert view.rest(clock.look, clock.pause, 5) == NONE  # nothing is known to be late
    view.seen(0.4)
    assert view.rest(clock.look, clock.pause, 5) == LISTED
