"""Makes things happen at the same moment: prepared beforehand, released together, or forced by a held lock."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

_AT_THE_LINE_SECONDS = 10.0

UnderWay = Callable[[], int]
"""How many acts are not over yet, at the moment of asking."""


def at_once(
    acts: Sequence[Callable[[], T]],
    *,
    warm_up: Callable[[], object] | None = None,
    released: Callable[[UnderWay], object] | None = None,
) -> list[T]:
    """Carry out all acts at the same moment, each in a thread of its own; their results in the order of the acts.

    `warm_up` runs in every thread before the line, all of them together, so that each opens a connection of its own.
    `released` runs here once all are under way: what it does, such as letting a lock go, happens while they are. An
    exception of an act is raised here.
    """
    ready, line = threading.Barrier(len(acts)), threading.Barrier(len(acts) + 1)

    def run(act: Callable[[], T]) -> T:
        try:
            if warm_up is not None:
                ready.wait(_AT_THE_LINE_SECONDS)
                warm_up()
        except BaseException:
            line.abort()  # nobody is to wait for one who never comes
            raise
        line.wait(_AT_THE_LINE_SECONDS)
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        futures = [pool.submit(run, act) for act in acts]
        with contextlib.suppress(threading.BrokenBarrierError):
            line.wait(_AT_THE_LINE_SECONDS)
            if released is not None:
                released(lambda: _under_way(futures))
        errors = [error for future in futures if (error := future.exception()) is not None]
        for error in sorted(errors, key=lambda one: isinstance(one, threading.BrokenBarrierError)):
            raise error  # the reason why somebody did not come, before those who waited in vain
        return [future.result() for future in futures]


def in_line(
    acts: Sequence[Callable[[], T]], *, stands: Callable[[UnderWay], object], release: Callable[[], object]
) -> list[T]:
    """Carry out acts one behind the other, all of which need what is held: each begins once those before it wait.

    `stands` is told how many acts are under way, and returns when all of those wait for what is held, or after a
    moment. `release` then lets it go, whatever happened. Returns the results in the order of the acts.
    """
    futures: list[Future[T]] = []
    with ThreadPoolExecutor(len(acts)) as pool:
        try:
            for act in acts:
                futures.append(pool.submit(act))
                stands(lambda: _under_way(futures))
        finally:
            release()  # else nobody would ever come to an end
        return [future.result() for future in futures]


def _under_way(futures: Sequence[Future[T]]) -> int:
    return sum(not future.done() for future in futures)
