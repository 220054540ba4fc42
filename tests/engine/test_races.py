"""Acts at the same moment: all of them under way together, results in order, and no exception lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

import pytest

from greenroom.core.deadlines import eventually
from greenroom.scenario.races import UnderWay, at_once, in_line


def test_results_are_in_the_order_of_the_acts() -> None:
    assert at_once([partial(int, number) for number in range(20)]) == list(range(20))


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
    assert at_once([lambda: held.wait(30)] * 3, released=lambda _: held.set()) == [True] * 3


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


def test_all_warm_up_together() -> None:
    together = threading.Barrier(4, timeout=30)
    assert at_once([lambda: True] * 4, warm_up=together.wait) == [True] * 4


def test_it_is_known_how_many_are_under_way() -> None:
    held, seen = threading.Event(), []

    def release(under_way: UnderWay) -> None:
        eventually(under_way, lambda number: number == 2, 30)
        seen.append(under_way())
        held.set()

    assert at_once([lambda: held.wait(30), lambda: True, lambda: held.wait(30)], released=release) == [True] * 3
    assert seen == [2]


def test_acts_in_line_begin_once_those_before_them_stand() -> None:
    held = threading.Event()
    began: list[str] = []

    def act(name: str) -> Callable[[], bool]:
        def begin() -> bool:
            began.append(name)
            return held.wait(30)

        return begin

    def stands(under_way: UnderWay) -> None:
        eventually(lambda: len(began), lambda number: number == under_way(), 30)
        order.append("".join(began))

    order: list[str] = []
    assert in_line([act("a"), act("b"), act("c")], stands=stands, release=held.set) == [True] * 3
    assert order == ["a", "ab", "abc"]


def test_who_does_not_stop_in_line_is_no_longer_counted() -> None:
    held = threading.Event()
    counted: list[int] = []

    def stands(under_way: UnderWay) -> None:
        counted.append(eventually(under_way, lambda number: number == 0, 0.05 if counted else 30)[0])

    assert in_line([lambda: True, lambda: held.wait(30)], stands=stands, release=held.set) == [True, True]
    assert counted == [0, 1]


def test_what_is_held_is_let_go_even_when_standing_fails() -> None:
    held = threading.Event()

    def stands(_: UnderWay) -> None:
        raise LookupError("nobody can tell")

    with pytest.raises(LookupError, match="nobody can tell"):
        in_line([lambda: held.wait(30)], stands=stands, release=held.set)
    assert held.is_set()
