"""Waiting for a condition under a named deadline: on a clock of the test's own, so that nothing hangs on speed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pydantic import ValidationError

from greenroom.core import deadlines
from greenroom.core.deadlines import Deadlines, eventually


class Clock:
    """Stands still but for the pauses that are taken."""

    def __init__(self) -> None:
        self.now = 0.0
        self.pauses: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(deadlines, "time", found)
    return found


def after(tries: int) -> Callable[[], int]:
    """Counts its calls."""
    calls = iter(range(1, tries + 1000))
    return lambda: next(calls)


def test_what_holds_at_once_is_not_waited_for(clock: Clock) -> None:
    assert eventually(after(1), lambda count: count == 1, 5, pause=clock.pause) == (1, 0.0)
    assert clock.pauses == []


def test_what_holds_later_is_waited_for(clock: Clock) -> None:
    value, waited = eventually(after(4), lambda count: count == 4, 5, pause=clock.pause)
    assert value == 4 and waited == pytest.approx(sum(clock.pauses)) and len(clock.pauses) == 3


def test_pauses_grow_up_to_a_limit(clock: Clock) -> None:
    eventually(after(1), lambda _: False, 3, pause=clock.pause)
    steady = clock.pauses[:-1]
    assert steady == sorted(steady) and steady[0] <= 0.01 and steady[-1] == 0.25


def test_what_never_holds_gives_the_last_value_at_the_deadline(clock: Clock) -> None:
    value, waited = eventually(after(1), lambda _: False, 2, pause=clock.pause)
    assert value == len(clock.pauses) + 1
    assert 2 <= waited < 2.002


def test_a_deadline_of_nothing_looks_once(clock: Clock) -> None:
    assert eventually(after(1), lambda _: False, 0, pause=clock.pause) == (1, 0.0)


def test_a_slow_look_is_not_the_last_one(clock: Clock) -> None:
    """It began before the deadline, and tells how it was then."""
    looks: list[float] = []

    def slow() -> bool:
        looks.append(clock.now)
        clock.now += 10
        return len(looks) == 2

    assert eventually(slow, bool, 5, pause=clock.pause) == (True, 20.0)
    assert looks == [0.0, 10.0] and clock.pauses == []


def test_a_slow_look_that_succeeds_late_counts(clock: Clock) -> None:
    def slow() -> bool:
        clock.now += 10
        return True

    assert eventually(slow, bool, 2, pause=clock.pause) == (True, 10.0)


def test_every_deadline_has_a_name_a_default_and_a_meaning() -> None:
    for name, field in Deadlines.model_fields.items():
        assert field.description and getattr(Deadlines(), name) >= 0
    with pytest.raises(ValidationError):
        Deadlines.model_validate({"setle": 1})
    with pytest.raises(ValidationError):
        Deadlines(settle=0)
