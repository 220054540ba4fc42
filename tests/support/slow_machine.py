"""A machine that is too slow: what a process has started runs for a part of the time only, and else stands still."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil

_ROUND = 1.0
"""Seconds of one round: at first all run, then all stand still."""


@contextmanager
def slowed(pid: int, share: float) -> Iterator[None]:
    """The process and all its descendants, those to come included, run for that share of the time."""
    over = threading.Event()

    def send(number: signal.Signals) -> None:
        with suppress(psutil.NoSuchProcess):
            process = psutil.Process(pid)
            for one in [process, *process.children(recursive=True)]:
                with suppress(psutil.NoSuchProcess):
                    one.send_signal(number)

    def alternate() -> None:
        while not over.wait(_ROUND * share):
            send(signal.SIGSTOP)
            over.wait(_ROUND * (1 - share))
            send(signal.SIGCONT)

    thread = threading.Thread(target=alternate)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        send(signal.SIGCONT)
