"""`make bench`: start-up, a scenario over HTTP, one in the browser, the harness's own share, memory.

Runs the command line as a user does, and reads the record it writes. Numbers are of this machine and this moment:
compare them with others of the same machine only.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from greenroom.record.events import ScenarioFinished
from greenroom.record.reader import Record, read_record

ROOT = Path(__file__).resolve().parents[2]
_SAMPLE_SECONDS = 2.0  # reading shared pages is not free: sampled more often, it shows in the times


@dataclass(frozen=True)
class Measured:
    """One run: wall time, peak memory of all its processes, and its record."""

    wall: float
    peak_mib: float
    record: Record


def main() -> int:
    """Measure and print; 1 when a run was not conformant, since its times mean nothing then."""
    console = Console(highlight=False)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with console.status("one scenario, for the start-up …"):
        one = _run(environment, "-t", "E4")
    with console.status("the whole suite …"):
        whole = _run(environment)
    with console.status("the whole suite in two workers …"):
        two = _run(environment, "-n", "2")
    rows = [*_start_up(one), *_scenarios(whole.record), *_whole("one process", whole), *_whole("-n 2", two)]
    table = Table("what", "value", box=None, pad_edge=False)
    for name, value in rows:
        table.add_row(name, value)
    console.print(table)
    return 0 if all(run.record.footer and run.record.footer.exit == 0 for run in (one, whole, two)) else 1


def _start_up(one: Measured) -> list[tuple[str, str]]:
    inside = sum(each.seconds + each.teardown_seconds for each in one.record.scenarios)
    return [("start-up and reports, without a browser", f"{one.wall - inside:.2f} s")]


def _scenarios(record: Record) -> list[tuple[str, str]]:
    browser = [each for each in record.scenarios if "browser" in each.channels]
    http = [each for each in record.scenarios if "browser" not in each.channels]
    slowest = max(record.scenarios, key=lambda each: each.seconds)
    target = sum(_in_target(each) for each in http) / max(sum(each.seconds for each in http), 0.001)
    return [
        ("scenarios", f"{len(record.scenarios)}, {len(browser)} of them in the browser"),
        ("a scenario over HTTP, median", f"{_median(http) * 1000:.0f} ms"),
        ("a scenario in the browser, median", f"{_median(browser) * 1000:.0f} ms"),
        ("the slowest", f"{slowest.seconds:.2f} s: {slowest.name}"),
        ("share of the harness in a scenario over HTTP", f"{(1 - target) * 100:.0f} %"),
        (
            "making and removing people, median",
            f"{statistics.median(each.teardown_seconds for each in http) * 1000:.0f} ms",
        ),
    ]


def _whole(name: str, run: Measured) -> list[tuple[str, str]]:
    return [(f"the whole suite, {name}", f"{run.wall:.1f} s wall, {run.peak_mib:.0f} MiB at the peak")]


def _in_target(scenario: ScenarioFinished) -> float:
    return sum(exchange.seconds for step in scenario.steps for exchange in step.exchanges)


def _median(scenarios: list[ScenarioFinished]) -> float:
    return statistics.median(each.seconds for each in scenarios)


def _run(environment: dict[str, str], *arguments: str) -> Measured:
    with tempfile.TemporaryDirectory(prefix="greenroom-bench-") as folder:
        command = [sys.executable, "-m", "greenroom.cli.main", "run", "-q", "--reports", folder, *arguments]
        began = time.monotonic()
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        peak = _watch(process)
        process.wait()
        wall = time.monotonic() - began
        record = read_record(Path(folder) / "latest" / "record.jsonl")
        if record.footer is None or record.footer.exit:
            verdict = json.loads((Path(folder) / "latest" / "verdict.json").read_text())
            print(f"not conformant: {verdict['reason'] or verdict['counts']}", file=sys.stderr)
        return Measured(wall, peak(), record)


def _watch(process: subprocess.Popen[bytes]) -> Peak:
    peak = Peak(process.pid)
    threading.Thread(target=peak.sample, daemon=True).start()
    return peak


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


if __name__ == "__main__":
    sys.exit(main())
