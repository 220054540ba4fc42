"""The suite written by hand beside the same four scenarios of ours: what each costs, and that the former is honest."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.cost import ROOT, Cost, measure
from tests.planted.copies import apply, copy_reference
from tests.support.served import Served

PAIRS = 7
BY_HAND = [sys.executable, "-m", "behave", "tests/bench/by_hand"]
MATCHING = "smoke and (T1 or T2 or T3) or seed and L2"
"""The scenarios of ours that the suite by hand has as well: one of each of the plan's four tests."""

BUGS = ("no_forced_reset", "end_leaves_pointer", "host_from_navigation_only", "ended_cards_stay")
"""One planted bug for each of the four: a suite that does not find them is no measure."""

GREENROOM = [sys.executable, "-m", "greenroom.cli.main", "run", "-q"]


class NotGreen(Exception):
    """A measured run did not pass, so that its time means nothing. Says which."""


@dataclass(frozen=True)
class Compared:
    """What both sides cost, run by run."""

    by_hand: list[Cost]
    ours: list[Cost]

    @property
    def ratio(self) -> float:
        """How many times as long ours takes: the median of the pairs, whose two runs met the same machine."""
        return statistics.median(ours.wall / hand.wall for hand, ours in zip(self.by_hand, self.ours, strict=True))

    @property
    def cpu_ratio(self) -> float:
        """The same for CPU time."""
        return statistics.median(ours.cpu / hand.cpu for hand, ours in zip(self.by_hand, self.ours, strict=True))


def compare(served: Served, pairs: int, tell: Callable[[str], object]) -> Compared:
    """Run both in turn against a running reference. The first run of each is not counted. Raises NotGreen."""
    by_hand, ours = [], []
    for number in range(pairs + 1):
        tell(f"by hand and ours in turn, {number} of {pairs} …")
        by_hand.append(_green("the suite by hand", measure(BY_HAND, served.environment)))
        ours.append(run_ours(served, MATCHING, scenarios=4))
    return Compared(by_hand[1:], ours[1:])


def run_ours(served: Served, tags: str, *, scenarios: int) -> Cost:
    """`greenroom run` of what the tags select, against a running reference. Raises NotGreen."""
    with tempfile.TemporaryDirectory(prefix="greenroom-bench-") as folder:
        cost = measure([*GREENROOM, "--target", served.name, "--reports", folder, "-t", tags], served.environment)
        verdict = json.loads((Path(folder) / "latest" / "verdict.json").read_text())
    if verdict["counts"]["passed"] != scenarios:
        raise NotGreen(f"of ours, {scenarios} scenarios should have passed: {verdict['counts']}")
    return _green("our run", cost)


def missed_bugs(tell: Callable[[str], object]) -> list[str]:
    """The planted bugs that the suite by hand does not find."""
    missed = []
    for bug in BUGS:
        tell(f"by hand against the bug {bug} …")
        with tempfile.TemporaryDirectory(prefix="greenroom-bench-") as folder:
            copy = copy_reference(Path(folder) / "copy", ROOT / ".greenroom" / "cache")
            apply(next((ROOT / "tests" / "planted").rglob(f"{bug}.patch")), copy)
            with _started(copy) as environment:
                if measure(BY_HAND, environment).exit == 0:
                    missed.append(bug)
    return missed


@contextmanager
def _started(copy: Path) -> Iterator[Mapping[str, str]]:
    """The reference of that copy, while it runs: the environment that says where it is."""
    process = subprocess.Popen(
        [sys.executable, "-m", "reference", "up", "--stdin"],
        cwd=copy, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin is not None and process.stdout is not None
    try:
        ready = json.loads(process.stdout.readline())
        yield os.environ | {f"SERVED_{key.upper()}": str(value) for key, value in ready.items()}
    finally:
        process.stdin.close()
        process.wait(10)


def _green(what: str, cost: Cost) -> Cost:
    if cost.exit != 0:
        raise NotGreen(f"{what} ended with {cost.exit}")
    return cost
