"""Runs of the command line `greenroom run`, which all end when the runner does."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.planted.copies import ROOT, TARGET

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
    """What to run: the folder with the copy of reference/, where reports go, the tags (empty for all), whether to stop
    at the first scenario that is not right, and which feature files (none for those of the project)."""

    copy: Path
    reports: Path
    tags: str
    stop: bool = False
    features: tuple[Path, ...] = ()


class Harness:
    """Starts runs from several threads; `stop` ends those under way and refuses new ones."""

    def __init__(self) -> None:
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def run(self, order: Order) -> dict[str, Any]:
        """The run's verdict.json. Raises HarnessFailed, or Stopped."""
        order.reports.mkdir(parents=True, exist_ok=True)
        said = order.reports / "said.txt"
        with said.open("wb") as out:
            process = self._start(order, out.fileno())
            try:
                process.wait(LONGEST)
            except subprocess.TimeoutExpired:
                _end([process])
                raise HarnessFailed(f"it ran for over {LONGEST:g} s") from None
            finally:
                with self._lock:
                    self._running.discard(process)
        if self._stopped:
            raise Stopped
        found = [path for path in order.reports.glob("*/verdict.json") if not path.parent.is_symlink()]
        if len(found) != 1:
            words = said.read_text(errors="replace").strip()
            raise HarnessFailed(f"exit {process.returncode}, no verdict: {words[-600:] or 'it said nothing'}")
        verdict: dict[str, Any] = json.loads(found[0].read_text(encoding="utf-8"))
        return verdict

    def stop(self) -> None:
        """Returns once nothing runs any more."""
        with self._lock:
            self._stopped = True
            running = list(self._running)
        _end(running)

    def _start(self, order: Order, out: int) -> subprocess.Popen[bytes]:
        arguments = [sys.executable, "-m", "greenroom.cli.main", "run", "-q", *map(str, order.features)]
        arguments += ["--target", str(order.copy / TARGET)]
        arguments += ["--reports", str(order.reports), *(["-t", order.tags] if order.tags else [])]
        arguments += ["-x"] if order.stop else []
        with self._lock:
            if self._stopped:
                raise Stopped
            process = subprocess.Popen(
                arguments,
                cwd=ROOT,
                env={**os.environ, "GREENROOM_REFERENCE": str(order.copy)},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is the runner's to handle
            )
            self._running.add(process)
            return process


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    """As Ctrl-C would; what does not heed it is killed, with what it started."""
    for process in processes:
        process.send_signal(signal.SIGINT)
    for process in processes:
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
