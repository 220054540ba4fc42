"""The scenarios of the suite as the runner orders them: which are quick, which are pages, how long each takes."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from greenroom.gherkin.identity import scenario_id
from greenroom.gherkin.index import promises_of, read_feature
from greenroom.gherkin.selection import candidates
from tests.planted.copies import ROOT

_SUITE = ("features", "steps", "fixtures", "greenroom", "reference", "targets")
SLOW = 3.0
"""Seconds from which on a scenario is left for the end."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """`place` is FILE:LINE, as the command line takes it."""

    id: str
    name: str
    place: Path
    promises: tuple[str, ...]
    is_page: bool
    is_smoke: bool
    seconds: float


def read_suite(times: Mapping[str, float]) -> list[Scenario]:
    """Every scenario of features/, the quickest first. `times` are seconds, by the scenario's id."""
    found = []
    for path in sorted((ROOT / "features").rglob("*.feature")):
        for one in candidates(read_feature(path)):
            id_, place = scenario_id(one), path.relative_to(ROOT)
            seconds = times.get(id_, 1.0)
            tags = one.case.tags
            at = Path(f"{place}:{one.case.line}")
            found.append(
                Scenario(id_, one.case.name, at, tuple(promises_of(tags)), "browser" in tags, "smoke" in tags, seconds)
            )
    return sorted(found, key=lambda one: one.seconds)


def suite_digest(folders: Sequence[str] = _SUITE) -> str:
    """Changes whenever a verdict could, or, of some folders only, whenever they do."""
    digest = hashlib.sha256()
    for path in sorted(path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()):
        if "__pycache__" not in path.parts:
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def one_of_each_promise_first(suite: Iterable[Scenario]) -> list[Scenario]:
    """The same scenarios: first one of each promise, then a second one of each, and so on."""
    count: Counter[tuple[str, ...]] = Counter()
    ranked = []
    for one in suite:
        ranked.append((count[one.promises], one))
        count[one.promises] += 1
    return [one for _, one in sorted(ranked, key=lambda pair: pair[0])]


def killers_first(suite: Iterable[Scenario], kills: Mapping[str, int], most: int) -> list[Scenario]:
    """At most so many scenarios, those that have killed most."""
    ranked = sorted((one for one in suite if kills.get(one.id)), key=lambda one: -kills[one.id])
    return ranked[:most]
