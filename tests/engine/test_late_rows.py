"""Rows that come a moment after the answer are waited for; where none ever did, nothing is."""

from __future__ import annotations

import time
from collections.abc import Callable

from greenroom.claims.announcement import has_ended, has_gone_live
from greenroom.relations.state import State
from greenroom.scenario.late_rows import Lateness, wait_for_rows
from tests.support.rows import entry, live, room, state

LONGEST = 3.0


def shown_after(seconds: float, first: State, then: State) -> Callable[[], State]:
    began = time.monotonic()
    return lambda: then if time.monotonic() - began >= seconds else first


def waited(lateness: Lateness, look: Callable[[], State]) -> float:
    began = time.monotonic()
    wait_for_rows(lateness, look, time.sleep, LONGEST)
    return time.monotonic() - began


def test_rows_are_watched_a_few_times_and_then_no_more() -> None:
    lateness = Lateness()
    times = [waited(lateness, lambda: state(*live())) for _ in range(5)]
    assert min(times[:3]) >= 0.5
    assert max(times[3:]) < 0.1
    assert not lateness.is_known


def test_late_rows_are_waited_for_and_remembered() -> None:
    lateness = Lateness()
    look = shown_after(0.4, state(room()), state(*live()))
    assert waited(lateness, look) >= 0.9
    assert look() == state(*live())
    assert lateness.is_known
    assert 0.8 <= waited(lateness, lambda: state(*live())) < LONGEST


def test_a_premise_that_had_to_be_waited_for_tells_as_well() -> None:
    lateness = Lateness()
    assert not lateness.is_known
    lateness.seen(0.1)
    assert lateness.is_known and lateness.while_to_wait() >= 0.5


def watched_enough() -> Lateness:
    lateness = Lateness()
    while lateness.while_to_wait():
        pass
    return lateness


def test_rows_that_do_not_show_what_was_told_of_them_are_watched_once_more() -> None:
    lateness = watched_enough()
    lateness.notice([has_ended("r1")], state(room(), entry(status="live", ended_at=None)))
    lateness.notice([has_gone_live("r1", "s1")], state(*live()))
    assert not lateness.while_to_wait()
    lateness.notice([has_gone_live("r1", "s1")], state(room()))
    assert waited(lateness, shown_after(0.3, state(room()), state(*live()))) >= 0.8
    assert lateness.is_known


def test_what_was_told_and_never_comes_makes_nobody_wait_again() -> None:
    lateness = watched_enough()
    lateness.notice([has_gone_live("r1", "s1")], state(room()))
    assert waited(lateness, lambda: state(room())) >= 0.5
    assert not lateness.is_known and not lateness.while_to_wait()


def test_a_listing_that_follows_later_says_nothing_of_rows() -> None:
    lateness = Lateness()
    waited(lateness, shown_after(0.3, state(room()), state(room(), entry())))
    assert not lateness.is_known


def test_rows_that_never_rest_are_waited_for_as_long_as_they_may_take() -> None:
    lateness, looks = Lateness(), iter(range(10_000))
    assert waited(lateness, lambda: state(room(session_id=str(next(looks))))) < LONGEST + 1
