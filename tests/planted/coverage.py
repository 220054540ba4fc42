"""Which promises have scenarios at all, and the tag expression that selects those of some promises."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from greenroom.gherkin.index import promises_of, read_feature
from tests.planted.copies import ROOT


def promises_with_scenarios(features: Path = ROOT / "features") -> frozenset[str]:
    """Every promise that a scenario is tagged with. Raises BadFeature."""
    tags = {
        tag
        for path in sorted(features.rglob("*.feature"))
        for scenario in read_feature(path).scenarios
        for case in scenario.cases
        for tag in case.tags
    }
    return frozenset(promises_of(tags))


def selection(promises: Iterable[str], covered: frozenset[str]) -> str:
    """The tag expression for the scenarios of these promises; empty where none of them has any."""
    return " or ".join(promise for promise in promises if promise in covered)
