"""Which scenarios check which promise, and the tag expression that selects those of some promises."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from greenroom.gherkin.index import promises_of, read_feature
from tests.planted.copies import ROOT


@dataclass(frozen=True, slots=True)
class Coverage:
    """`scenarios` are the names of the scenarios of each promise, by the feature file that they are in."""

    scenarios: Mapping[str, Mapping[Path, frozenset[str]]]

    def tags(self, promises: Iterable[str]) -> str:
        """The tag expression for the scenarios of these promises; empty where none of them has any."""
        return " or ".join(promise for promise in promises if promise in self.scenarios)

    def files(self, promises: Iterable[str]) -> tuple[Path, ...]:
        """The feature files with scenarios of these promises."""
        return tuple(sorted({path for promise in promises for path in self.scenarios.get(promise, {})}))

    def files_of(self, promise: str, name: str) -> tuple[Path, ...]:
        """The feature files in which a scenario of that promise is called so."""
        return tuple(path for path, names in self.scenarios.get(promise, {}).items() if name in names)


def read_coverage(folder: Path = ROOT / "features") -> Coverage:
    """What the feature files of a folder cover. Raises BadFeature."""
    scenarios: dict[str, dict[Path, frozenset[str]]] = {}
    for path in sorted(folder.rglob("*.feature")):
        for promise, names in _names(path).items():
            scenarios.setdefault(promise, {})[path] = frozenset(names)
    return Coverage(scenarios)


def _names(path: Path) -> dict[str, Collection[str]]:
    names: dict[str, set[str]] = {}
    for scenario in read_feature(path).scenarios:
        for case in scenario.cases:
            for promise in promises_of(case.tags):
                names.setdefault(promise, set()).add(case.name)
    return dict(names)
