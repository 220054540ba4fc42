"""The run's process while it is under way: signals to it, and the death of what it has started."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress

import psutil

_PERIOD = 0.1
"""Seconds of which a slow machine gives the run a part."""


class RunProcess:
    """Known by its number once it has been started."""

    def __init__(self) -> None:
        self.pid = 0
        self.done = threading.Event()

    def struck(self, deed: str, parameter: str) -> None:
        """What happens to the run when the trouble is met."""
        if deed in _DEEDS and not self.done.is_set():
            with suppress(psutil.Error, ProcessLookupError):
                _DEEDS[deed](self, parameter)

    def send(self, name: str) -> None:
        """A signal to the run itself, as a process manager sends it."""
        os.kill(self.pid, signal.Signals[name])

    def send_twice(self, name: str) -> None:
        """The second while the first is still heeded."""
        self.send(name)
        self.later(0.2, lambda: self.send(name))

    def pause(self, seconds: str) -> None:
        """As when a laptop is closed: nothing of the run moves for a while."""
        everybody = self.everybody()
        _each(everybody, psutil.Process.suspend)
        self.later(float(seconds), lambda: _each(everybody, psutil.Process.resume))

    def kill(self, words: str) -> None:
        """Kill those of its descendants in whose command line these words stand."""
        _each(self.called(words), psutil.Process.kill)

    def kill_one(self, words: str) -> None:
        """Kill the first of them."""
        _each(self.called(words)[:1], psutil.Process.kill)

    def stop(self, words: str) -> None:
        """Have those descendants stand still for good."""
        _each(self.called(words), psutil.Process.suspend)

    def called(self, words: str) -> list[psutil.Process]:
        """Its descendants in whose command line these words stand."""
        found = []
        for child in self.everybody()[1:]:
            with suppress(psutil.Error):
                line = " ".join(child.cmdline())
                if all(word in line for word in words.split()):
                    found.append(child)
        return found

    def everybody(self) -> list[psutil.Process]:
        """The run and all that it has started and that still runs."""
        run = psutil.Process(self.pid)
        return [run, *run.children(recursive=True)]

    def later(self, seconds: float, act: Callable[[], None]) -> None:
        """Do something after so many seconds, if the run is still under way."""

        def wait() -> None:
            self.done.wait(seconds)
            with suppress(psutil.Error, ProcessLookupError):
                act()

        threading.Thread(target=wait, daemon=True).start()

    @contextmanager
    def slowed(self, percent: float, struck: Callable[[], None]) -> Iterator[None]:
        """The run and all that it starts get so much of a core; `struck` is called each time they are stopped."""

        def turn() -> None:
            while not self.done.wait(_PERIOD * percent / 100):
                with suppress(psutil.Error):
                    everybody = self.everybody()
                    _each(everybody, psutil.Process.suspend)
                    struck()
                    self.done.wait(_PERIOD * (1 - percent / 100))
                    _each(everybody, psutil.Process.resume)

        thread = threading.Thread(target=turn, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self.done.set()
            thread.join()


def _each(processes: list[psutil.Process], act: Callable[[psutil.Process], None]) -> None:
    for process in processes:
        with suppress(psutil.Error):
            act(process)


_DEEDS: Mapping[str, Callable[[RunProcess, str], None]] = {
    "gets": RunProcess.send,
    "gets twice": RunProcess.send_twice,
    "stands still for so many seconds": RunProcess.pause,
    "loses": RunProcess.kill,
    "loses one of": RunProcess.kill_one,
    "finds stopped": RunProcess.stop,
}
"""What may happen to it, by the deed's name."""
