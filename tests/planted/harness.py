"""Runs of the command line `greenroom run`, each in a fork of one process, which all end when the runner does.

What a run does is gone with its fork, so that nothing of one bug reaches the next. What a bug is planted in is no part
of the harness: the run starts reference/ from its copy, as a process of its own.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from tests.planted.copies import ROOT, TARGET
from tests.support.forked_command import FORKS, become_command

LONGEST = 3600.0
"""Seconds that one run may take."""
GRACE = 10.0
"""Seconds that an interrupted run has for tidying up."""


class HarnessFailed(Exception):
    """A run that left no verdict: the harness is at fault, not the target. Says what the run said last."""


class Stopped(Exception):
    """The runner is being stopped."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to run: the folder with the copy of reference/, where reports go, the tags (empty for all), a text in the
    scenarios' names (empty for any), which feature files (none for those of the project), whether to stop at the first
    scenario that is not right, which part of it, as "1/2" (empty for all), and how often to try again what failed."""

    copy: Path
    reports: Path
    tags: str
    named: str = ""
    features: tuple[Path, ...] = ()
    stop: bool = False
    part: str = ""
    retries: int = 0

    @property
    def arguments(self) -> list[str]:
        """The words of the command line, without `greenroom`."""
        options = {"--target": self.copy / TARGET, "--reports": self.reports, "-t": self.tags, "-k": self.named}
        options |= {"--shard": self.part, "--retries": str(self.retries or "")}
        given = [word for name, value in options.items() if str(value) for word in (name, str(value))]
        return ["run", "-q", *map(str, self.features), *given, *(["-x"] if self.stop else [])]


class Harness:
    """Starts runs from several threads; `stop` ends those under way and refuses new ones. A run may take `longest`
    seconds."""

    def __init__(self, longest: float = LONGEST) -> None:
        self._longest = longest
        self._running: set[BaseProcess] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def run(self, order: Order) -> dict[str, Any]:
        """The run's verdict.json. Raises HarnessFailed, or Stopped."""
        order.reports.mkdir(parents=True, exist_ok=True)
        said = order.reports / "said.txt"
        process = self._start(order, said)
        try:
            if not wait([process.sentinel], self._longest):
                self._end([process])
                raise HarnessFailed(f"it ran for over {self._longest:g} s")
        finally:
            with self._lock:  # the fork server tells how a process ended once: one thread at a time may ask it
                self._running.discard(process)
                process.join()
        if self._stopped:
            raise Stopped
        found = [path for path in order.reports.glob("*/verdict.json") if not path.parent.is_symlink()]
        if len(found) != 1:
            words = said.read_text(errors="replace").strip() if said.exists() else ""
            raise HarnessFailed(f"exit {process.exitcode}, no verdict: {words[-600:] or 'it said nothing'}")
        verdict: dict[str, Any] = json.loads(found[0].read_text(encoding="utf-8"))
        return verdict

    def stop(self) -> None:
        """Returns once nothing runs any more."""
        with self._lock:
            self._stopped = True
            running = list(self._running)
        self._end(running)

    def _start(self, order: Order, said: Path) -> BaseProcess:
        environment = {**os.environ, "GREENROOM_REFERENCE": str(order.copy)}
        process = FORKS.Process(target=become_command, args=(order.arguments, ROOT, environment, said, said))
        with self._lock:
            if self._stopped:
                raise Stopped
            process.start()
            self._running.add(process)
        return process

    def _end(self, processes: Iterable[BaseProcess]) -> None:
        """As Ctrl-C would; what does not heed it is killed, with what it started."""
        for process in processes:
            _signal(process, os.kill, signal.SIGINT)
        for process in processes:
            if not wait([process.sentinel], GRACE):
                _signal(process, os.killpg, signal.SIGKILL)
                wait([process.sentinel])


def _signal(process: BaseProcess, send: Any, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        send(process.pid, number)
