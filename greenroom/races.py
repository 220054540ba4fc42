"""Makes things happen at the same moment: prepared beforehand, released together, or forced by a held lock."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

_AT_THE_LINE_SECONDS = 10.0


def at_once(
    acts: Sequence[Callable[[], T]],
    *,
    warm_up: Callable[[], object] | None = None,
    released: Callable[[], object] | None = None,
) -> list[T]:
    """Carry out all acts at the same moment, each in a thread of its own; their results in the order of the acts.

    `warm_up` runs in every thread before the line, to open its connection. `released` runs here once all are under
    way: what it does, such as letting a lock go, happens while they are. An exception of an act is raised here.
    """
    line = threading.Barrier(len(acts) + 1)

    def run(act: Callable[[], T]) -> T:
        try:
            if warm_up is not None:
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
                released()
        errors = [error for future in futures if (error := future.exception()) is not None]
        for error in sorted(errors, key=lambda one: isinstance(one, threading.BrokenBarrierError)):
            raise error  # the reason why somebody did not come, before those who waited in vain
        return [future.result() for future in futures]
