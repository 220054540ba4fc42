"""`greenroom run --repeat`: each scenario several times, in changing order, in one process and in several."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from greenroom.record.reader import Record, read_record
from tests.support.broken_reference import broken_reference
from tests.support.command_line import greenroom, verdict_of

FEATURE = """\
@E
Feature: Rest

  @E1
  Scenario Outline: <who> rests
    Given <who> has a room
    Then <who>'s room is at rest

    Examples:
      | who   |
      | Grace |
      | Joan  |
      | Ada   |
"""


def record_in(reports: Path) -> Record:
    return read_record(reports / "latest" / "record.jsonl")


@pytest.mark.integration
@pytest.mark.parametrize("workers", [[], ["-n", "2"]])
def test_each_scenario_runs_so_often_in_changing_order(tmp_path: Path, workers: list[str]) -> None:
    feature, reports = tmp_path / "rest.feature", tmp_path / "reports"
    feature.write_text(FEATURE, encoding="utf-8")
    ran = greenroom("run", str(feature), "--repeat", "4", "--seed", "3", "--reports", str(reports), *workers)
    assert ran.code == 0 and "3 scenarios, each 4 times" in ran.out, ran.said
    record = record_in(reports)
    assert Counter(one.id for one in record.scenarios) == {one.id: 4 for one in record.scenarios}
    assert (record.header.planned, record.header.repeat) == (12, 4)
    assert record.header.suite is not None and record.header.suite.scenarios == 3
    assert all(one.example["who"] in one.steps[0].text for one in record.scenarios)
    assert len({room for one in record.scenarios for room in one.people.values()}) == 12, "nobody is in two of them"
    if not workers:
        rounds = [[one.id for one in record.scenarios[start : start + 3]] for start in (0, 3, 6, 9)]
        assert all(set(one) == set(rounds[0]) for one in rounds) and len(set(map(tuple, rounds))) > 1


@pytest.mark.integration
def test_of_a_broken_one_every_time_is_told_and_the_exit_code_is_one(tmp_path: Path) -> None:
    copy, reports = broken_reference(tmp_path / "copy", "end_leaves_pointer"), tmp_path / "reports"
    target = ["--target", str(copy / "targets" / "reference"), "--reports", str(reports)]
    arguments = ["-k", "the host ends the room through the gateway", "-t", "E1", "--repeat", "2", *target]
    ran = greenroom("run", *arguments, variables={"GREENROOM_REFERENCE": str(copy)})
    assert ran.code == 1 and "passed 0 of 2 times: at least 0 % of runs" in ran.out, ran.said
    assert len(verdict_of(reports)["causes"]) == 1


def test_a_plan_counts_every_time(tmp_path: Path) -> None:
    feature = tmp_path / "rest.feature"
    feature.write_text(FEATURE, encoding="utf-8")
    assert greenroom("run", str(feature), "--repeat", "5", "--plan").out.startswith("15 scenarios")
    assert greenroom("run", str(feature), "--repeat", "0", "--plan").code == 3
