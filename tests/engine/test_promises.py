"""docs/promises.md and features/ agree: every promise has a scenario, and every number on a scenario is a promise."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

import pytest

from greenroom.core.project import ROOT
from greenroom.gherkin.index import FeatureIndex, promises_of, read_feature
from greenroom.gherkin.promises import read_promises, read_subjects
from greenroom.targetfile.capabilities import CAPABILITIES

FILE = ROOT / "docs" / "promises.md"
PROMISES = read_promises(FILE)
FEATURES = [read_feature(path) for path in sorted((ROOT / "features").rglob("*.feature"))]


def cases_of(feature: FeatureIndex) -> list[tuple[str, frozenset[str]]]:
    return [(f"{feature.path.name}:{case.line}", case.tags) for one in feature.scenarios for case in one.cases]


CASES = [case for feature in FEATURES for case in cases_of(feature)]
COVERED = {promise for _, tags in CASES for promise in promises_of(tags)}


def test_every_line_of_the_file_that_names_a_promise_is_read() -> None:
    text = FILE.read_text(encoding="utf-8")
    looks_like_one = re.findall(r"^\s*[-*]?\s*\**([A-Z]\d{1,2})\b", text, re.MULTILINE)
    assert looks_like_one == list(PROMISES)
    assert len(looks_like_one) == len(set(looks_like_one))
    assert all(len(sentence) > 15 for sentence in PROMISES.values())


def test_numbers_have_no_gaps_and_subjects_have_headings() -> None:
    subjects = read_subjects(FILE)
    for letter, numbers in groupby(PROMISES, key=lambda number: number[0]):
        assert letter in subjects
        found = [int(number[1:]) for number in numbers]
        assert found == list(range(1, len(found) + 1)), letter


@pytest.mark.parametrize("promise", PROMISES)
def test_every_promise_has_a_scenario(promise: str) -> None:
    assert promise in COVERED, f"no scenario is tagged @{promise}: {PROMISES[promise]}"


def test_every_number_on_a_scenario_is_a_promise() -> None:
    wrong = [(place, promise) for place, tags in CASES for promise in promises_of(tags) if promise not in PROMISES]
    assert wrong == []


def test_every_scenario_checks_a_promise() -> None:
    assert [place for place, tags in CASES if not promises_of(tags)] == []


def test_every_capability_on_a_scenario_is_known() -> None:
    needed = {tag.removeprefix("needs-") for _, tags in CASES for tag in tags if tag.startswith("needs-")}
    assert needed <= set(CAPABILITIES)


@pytest.mark.parametrize("number", ["T1", "T2", "T3", "T4"])
def test_the_documents_own_tests_are_there(number: str) -> None:
    mine = [tags for _, tags in CASES if number in tags]
    assert mine
    assert all("browser" in tags for tags in mine)


def test_no_file_no_promises(tmp_path: Path) -> None:
    assert read_promises(tmp_path / "none.md") == read_subjects(tmp_path / "none.md") == {}
