"""The whole suite, as a user runs it: a scenario over HTTP, one in the browser, the harness's own share, memory.

Runs the command line and reads the record that it writes.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from greenroom.record.events import ScenarioFinished
from greenroom.record.reader import Record, read_record
from tests.bench.cost import ROOT

_SAMPLE_SECONDS = 2.0  # reading shared pages is not free: sampled more often, it shows in the times


@dataclass(frozen=True)
class Measured:
    """One run: wall time, peak memory of all its processes, and its record."""

    wall: float
    peak_mib: float
    record: Record

    @property
    def green(self) -> bool:
        """Whether the run was conformant: the times of another mean nothing."""
        return self.record.footer is not None and self.record.footer.exit == 0


def run_suite(*arguments: str) -> Measured:
    """Run all scenarios with these arguments of `greenroom run`."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory(prefix="greenroom-bench-") as folder:
        command = [sys.executable, "-m", "greenroom.cli.main", "run", "-q", "--reports", folder, *arguments]
        began = time.monotonic()
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        peak = Peak(process.pid)
        threading.Thread(target=peak.sample, daemon=True).start()
        process.wait()
        wall = time.monotonic() - began
        return Measured(wall, peak(), read_record(Path(folder) / "latest" / "record.jsonl"))


def rows_of(record: Record) -> Iterator[tuple[str, str]]:
    """What is measured, and how much of it, of a run in one process."""
    browser = [each for each in record.scenarios if "browser" in each.channels]
    http = [each for each in record.scenarios if "browser" not in each.channels]
    slowest = max(record.scenarios, key=lambda each: each.seconds)
    teardown = statistics.median(each.teardown_seconds for each in http)
    yield "scenarios", f"{len(record.scenarios)}, {len(browser)} of them in the browser"
    yield "a scenario over HTTP, median", f"{_median(http) * 1000:.0f} ms"
    yield "a scenario in the browser, median", f"{_median(browser) * 1000:.0f} ms"
    yield "the slowest", f"{slowest.seconds:.2f} s: {slowest.name}"
    yield "share of the harness in all scenarios over HTTP, waits included", f"{_share(http) * 100:.0f} %"
    typical = statistics.median(_share([each]) for each in http if _in_target(each))
    yield "share of the harness in a scenario over HTTP, median", f"{typical * 100:.0f} %"
    yield "removing what a scenario made, median", f"{teardown * 1000:.0f} ms"


def _share(scenarios: list[ScenarioFinished]) -> float:
    """How much of the scenarios' time no request was under way."""
    return 1 - sum(map(_in_target, scenarios)) / max(sum(each.seconds for each in scenarios), 0.001)


def _in_target(scenario: ScenarioFinished) -> float:
    return sum(exchange.seconds for step in scenario.steps for exchange in step.exchanges)


def _median(scenarios: list[ScenarioFinished]) -> float:
    return statistics.median(each.seconds for each in scenarios)


class Peak:
    """The most memory that a process and all its children held at once, shared pages counted once (PSS)."""

    def __init__(self, pid: int) -> None:
        self._pid, self._most = pid, 0.0
        self._ended = threading.Event()

    def sample(self) -> None:
        """Look again and again until the process is gone."""
        while not self._ended.wait(_SAMPLE_SECONDS):
            try:
                parent = psutil.Process(self._pid)
                family = [parent, *parent.children(recursive=True)]
            except psutil.NoSuchProcess:
                return
            total = 0.0
            for member in family:
                try:
                    total += member.memory_full_info().pss
                except psutil.Error:
                    continue
            self._most = max(self._most, total)

    def __call__(self) -> float:
        """The most, in MiB."""
        self._ended.set()
        return self._most / 2**20
