"""Races run again and again: what counts as caught every time, and what is run."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tests.planted.bug import Bug, races, read_bugs
from tests.planted.copies import ROOT
from tests.planted.race_page import page_of, with_races
from tests.planted.repeat import lines
from tests.planted.series import Series, race_features

BUG = Bug("meets", Path("meets.patch"), ("C1", "E12"), "", "a story", "so it was", "two | meet.")


def series(bug: Bug | None, **verdicts: dict[str, int]) -> Series:
    return Series(bug, 3, {name: Counter(seen) for name, seen in verdicts.items()})


@pytest.mark.parametrize(
    ("verdicts", "good"),
    [
        ({"a": {"failed": 3}, "b": {"passed": 3}}, True),
        ({"a": {"failed": 1, "contradiction": 2}}, True),
        ({"a": {"failed": 2, "passed": 1}, "b": {"failed": 1, "passed": 2}}, False),
        ({"a": {"failed": 2, "inconclusive": 1}}, False),
        ({"a": {"error": 3}}, False),
        ({}, False),
    ],
)
def test_one_scenario_has_to_be_red_every_time(verdicts: dict[str, dict[str, int]], good: bool) -> None:
    assert series(BUG, **verdicts).good is good


@pytest.mark.parametrize(
    ("verdicts", "good"), [({"a": {"passed": 3}}, True), ({"a": {"passed": 2, "failed": 1}}, False), ({}, False)]
)
def test_correct_reference_has_to_pass_every_time(verdicts: dict[str, dict[str, int]], good: bool) -> None:
    assert series(None, **verdicts).good is good


def test_verdicts_are_counted_by_scenario() -> None:
    counted = Series(BUG, 2)
    for verdict in ("failed", "passed"):
        counted.count([{"name": "a", "verdict": verdict}, {"name": "b", "verdict": "failed"}])
    assert counted.verdicts == {"a": {"failed": 1, "passed": 1}, "b": {"failed": 2}}
    assert counted.sure == ["b"]
    assert lines(counted) == ["   1 of 2 red  a  (failed 1, passed 1)", "   2 of 2 red  b  (failed 2)"]


def test_page_names_what_was_red_how_often() -> None:
    page = page_of([series(None, a={"passed": 3}), series(BUG, a={"failed": 3}, b={"passed": 3})])
    assert "The correct reference: 1 scenarios, 3 runs, 3 passed." in page
    assert "**C1** `meets` (also E12): two | meet." in page
    assert "| a | 3 of 3 |" in page and "| b |" not in page


def test_only_the_race_that_was_run_is_written_anew() -> None:
    """One race costs some minutes, and not half an hour; a race that is gone goes from the page."""
    kept, gone, run = (replace(BUG, name=name) for name in ("kept", "gone", "run"))
    first = [series(bug, a={"failed": 3}, b={"passed": 3}) for bug in (kept, gone, run)]
    before = page_of([series(None, a={"passed": 3}), *first])
    again = series(run, a={"failed": 2, "passed": 1})
    assert with_races(before, [series(None, a={"failed": 3}), again], [kept, run]) == page_of(
        [series(None, a={"passed": 3}), first[0], again]
    )


def test_every_race_has_a_scenario_that_checks_it_and_stands_on_the_page() -> None:
    page = (ROOT / "docs" / "races.md").read_text(encoding="utf-8")
    for bug in races(read_bugs()):
        assert race_features(frozenset(bug.breaks)), bug.name
        assert f"`{bug.name}`" in page, f"out of date: python -m tests.planted.repeat {bug.name} --page docs/races.md"


def test_only_features_with_a_race_of_the_promise_are_run(tmp_path: Path) -> None:
    for name, tags in (("race", "@C1 @race"), ("none", "@C1"), ("other", "@C2 @race")):
        text = f"Feature: f\n  {tags}\n  Scenario: s\n    Given x\n"
        (tmp_path / f"{name}.feature").write_text(text, encoding="utf-8")
    assert race_features(frozenset({"C1"}), tmp_path) == {tmp_path / "race.feature": {"C1"}}
