"""Acts at the same moment: all of them under way together, results in order, and no exception lost."""

from __future__ import annotations

import threading

import pytest

from greenroom.races import at_once


def test_results_are_in_the_order_of_the_acts() -> None:
    assert at_once([lambda number=number: number for number in range(20)]) == list(range(20))


def test_all_acts_are_under_way_at_once() -> None:
    together = threading.Barrier(8, timeout=30)
    assert sorted(at_once([together.wait] * 8)) == list(range(8))


def test_each_warms_up_in_its_own_thread_before_any_acts() -> None:
    seen: list[tuple[str, int]] = []

    def note(what: str) -> None:
        seen.append((what, threading.get_ident()))

    at_once([lambda: note("act")] * 4, warm_up=lambda: note("warm"))
    assert [what for what, _ in seen] == ["warm"] * 4 + ["act"] * 4
    assert {thread for what, thread in seen if what == "warm"} == {thread for what, thread in seen if what == "act"}


def test_what_is_held_is_released_while_they_are_under_way() -> None:
    held = threading.Event()
    assert at_once([lambda: held.wait(30)] * 3, released=held.set) == [True] * 3


def test_an_exception_of_an_act_is_raised_here() -> None:
    done = []

    def breaks() -> None:
        raise LookupError("broken")

    with pytest.raises(LookupError, match="broken"):
        at_once([breaks, lambda: done.append(1)])
    assert done == [1]


def test_who_never_comes_to_the_line_is_the_reason_and_not_who_waited() -> None:
    acted: list[int] = []
    comes = iter([True, False, True])

    def warm_up() -> None:
        if not next(comes):
            raise LookupError("not there")

    with pytest.raises(LookupError, match="not there"):
        at_once([lambda: acted.append(1)] * 3, warm_up=warm_up)
    assert acted == []
