"""A race, run again and again: which of its scenarios found it how often."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from greenroom.gherkin.index import promises_of, read_feature
from tests.planted.bug import Bug
from tests.planted.copies import ROOT, apply, copy_reference
from tests.planted.finding import RED
from tests.planted.harness import Harness, Order

RACE_TAG = "race"


@dataclass(frozen=True, slots=True)
class Series:
    """What came of running the scenarios of a race so many times: by scenario, how often it had which verdict.

    `bug` is None for the correct reference.
    """

    bug: Bug | None
    times: int
    verdicts: dict[str, Counter[str]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What was run."""
        return self.bug.name if self.bug else "the correct reference"

    def reds(self, scenario: str) -> int:
        """How often the scenario found something broken."""
        return sum(self.verdicts[scenario][verdict] for verdict in RED)

    @property
    def sure(self) -> list[str]:
        """The scenarios that found the bug every time."""
        return [name for name in self.verdicts if self.reds(name) == self.times]

    @property
    def good(self) -> bool:
        """A bug was caught every time by one and the same scenario; the correct reference passed every time."""
        if self.bug is not None:
            return bool(self.sure)
        return bool(self.verdicts) and all(seen["passed"] == self.times for seen in self.verdicts.values())

    def count(self, scenarios: Iterable[Mapping[str, Any]]) -> None:
        """Adds what a verdict.json says of its scenarios."""
        for one in scenarios:
            self.verdicts.setdefault(one["name"], Counter())[one["verdict"]] += 1


class Repeater:
    """Works in the folder `work`. Copies of the feature files, as many as runs, are one run of the command line: each
    scenario has people and rooms of its own, so that one run knows nothing of another."""

    def __init__(self, work: Path, times: int, batch: int, tags: str = "") -> None:
        self._work, self._times, self._batch, self._tags = work, times, batch, tags
        self._harness = Harness()

    def series(self, bug: Bug | None, promises: Sequence[str], *, tell: Callable[[int], object]) -> Series:
        """Runs the race scenarios of these promises on a copy with the bug; `tell` hears how many runs are done.

        Raises BadPatch, HarnessFailed or BadFeature.
        """
        found = Series(bug, self._times)
        files = race_features(frozenset(promises))
        checked = {promise for of_file in files.values() for promise in of_file} & set(promises)
        copy = copy_reference(self._work / "copies" / (bug.name if bug else "correct"), self._work / "cache")
        try:
            if bug is not None:
                apply(bug.patch, copy)
            for first in range(0, self._times, self._batch):
                runs = range(first, min(first + self._batch, self._times))
                folder = self._work / "runs" / copy.name / str(first)
                features = tuple(_copied(file, folder / "features", run) for run in runs for file in files)
                order = Order(copy, folder / "reports", self._expression(sorted(checked)), features=features)
                found.count(self._harness.run(order)["scenarios"])
                tell(runs.stop)
        finally:
            shutil.rmtree(copy, ignore_errors=True)
        return found

    def stop(self) -> None:
        """Ends what is under way."""
        self._harness.stop()

    def _expression(self, promises: Iterable[str]) -> str:
        expression = f"({' or '.join(promises)}) and {RACE_TAG}"
        return f"{expression} and ({self._tags})" if self._tags else expression


def race_features(promises: frozenset[str], folder: Path = ROOT / "features") -> dict[Path, frozenset[str]]:
    """The feature files with a scenario that checks a race of one of these promises, and the promises whose races each
    checks. Raises BadFeature."""
    found = {path: frozenset(_race_promises(path)) for path in sorted(folder.rglob("*.feature"))}
    return {path: of_file for path, of_file in found.items() if of_file & promises}


def _race_promises(path: Path) -> Iterator[str]:
    for scenario in read_feature(path).scenarios:
        for case in scenario.cases:
            if RACE_TAG in case.tags:
                yield from promises_of(case.tags)


def _copied(file: Path, folder: Path, run: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(file, folder / f"{file.stem}_{run + 1:03}.feature"))
