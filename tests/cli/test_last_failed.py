"""`greenroom run --last-failed`, `--failed-first` and `--list`: by the last record, also after a file was renamed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from greenroom.core.verdict import Verdict
from greenroom.record.events import Event, ScenarioStarted, Shard
from greenroom.record.run_folder import last_record, latest, whole_record
from tests.support.command_line import Ran, greenroom
from tests.support.samples import build

FEATURE = """\
@E
Feature: Rest

  @E1 @quick
  Scenario: first
    Given Ada has a room
    Then Ada's room is at rest

  @E2
  Scenario Outline: <who> rests
    Given <who> has a room
    Then <who>'s room is at rest

    Examples:
      | who   |
      | Grace |
      | Joan  |
"""
FIRST, GRACE, JOAN = "first", "<who> rests[Grace]", "<who> rests[Joan]"


@pytest.fixture
def feature(tmp_path: Path) -> Path:
    path = tmp_path / "rest.feature"
    path.write_text(FEATURE, encoding="utf-8")
    return path


def recorded(reports: Path, feature: Path, *, run: str = "20260101-000000-aaaa", **verdicts: Verdict) -> None:
    """A former run of the scenarios of `feature`: all passed but these, by their number."""
    scenarios = [
        build.scenario(
            inside,
            id=f"{feature}::{inside}",
            feature=str(feature),
            verdict=verdicts.get(f"s{number}", Verdict.PASSED),
        )
        for number, inside in enumerate((FIRST, GRACE, JOAN))
    ]
    build.write(build.events(scenarios, build.header(run=run, planned=3)), reports / run)
    latest(reports, run)


def listed(feature: Path, *arguments: str) -> list[str]:
    """What would be run, in its order, by the part of the ids within the file."""
    ran = greenroom("run", str(feature), "--list", "--json", *arguments)
    assert ran.code == 0 and ran.err == "", ran
    found: dict[str, Any] = json.loads(ran.out)
    assert found["schema"] == "greenroom.list/1"
    return [one["id"].partition("::")[2] for one in found["scenarios"]]


def test_only_what_was_not_right_is_run(feature: Path, tmp_path: Path) -> None:
    recorded(tmp_path / "r", feature, s1=Verdict.FAILED, s2=Verdict.INCONCLUSIVE)
    assert listed(feature, "--last-failed", "--reports", str(tmp_path / "r")) == [GRACE, JOAN]
    assert listed(feature, "--last-failed", "-t", "E2", "--reports", str(tmp_path / "r")) == [GRACE, JOAN]


def test_what_was_not_right_comes_first(feature: Path, tmp_path: Path) -> None:
    recorded(tmp_path / "r", feature, s2=Verdict.BLOCKED)
    assert listed(feature, "--failed-first", "--reports", str(tmp_path / "r")) == [JOAN, FIRST, GRACE]
    assert listed(feature, "--failed-first", "--reports", str(tmp_path / "new")) == [FIRST, GRACE, JOAN]


def test_a_renamed_file_is_the_same(feature: Path, tmp_path: Path) -> None:
    recorded(tmp_path / "r", tmp_path / "formerly.feature", s1=Verdict.FAILED)
    assert listed(feature, "--last-failed", "--reports", str(tmp_path / "r")) == [GRACE]


def test_what_never_finished_is_run_again(feature: Path, tmp_path: Path) -> None:
    told: list[Event] = [build.header(), ScenarioStarted(id=f"{feature}::{JOAN}", at=build.at(1))]
    build.write(told, tmp_path / "r" / "20260101-000000-aaaa")
    assert listed(feature, "--last-failed", "--reports", str(tmp_path / "r")) == [JOAN]


@pytest.mark.parametrize("how", [[], ["--list"], ["--plan"]])
def test_where_nothing_failed_nothing_is_run_and_that_is_three(feature: Path, tmp_path: Path, how: list[str]) -> None:
    recorded(tmp_path / "r", feature, s0=Verdict.KNOWN_FAILURE)
    ran = greenroom("run", str(feature), "--last-failed", "--reports", str(tmp_path / "r"), *how)
    assert ran.code == 3 and ran.complaint[0].startswith("nothing failed in the last run, 20260101-000000-aaaa")


def refused(*arguments: str) -> str:
    ran: Ran = greenroom("run", *arguments)
    assert ran.code == 3 and ran.complaint[1].startswith("  hint: "), ran
    return ran.complaint[0]


def test_misuse_is_three(feature: Path, tmp_path: Path) -> None:
    recorded(tmp_path / "r", feature, s1=Verdict.FAILED)
    here, reports = str(feature), ["--reports", str(tmp_path / "r")]
    assert "there is no run in" in refused(here, "--last-failed", "--reports", str(tmp_path / "none"))
    assert "none of the 1 scenario" in refused(here, "--last-failed", "-t", "E1", "--list", *reports)
    assert "contradict" in refused(here, "--last-failed", "--failed-first")
    assert "--json goes with --list" in refused(here, "--json")
    assert "--times goes with --shard" in refused(here, "--times", str(tmp_path))
    assert "the record can't be read" in refused(here, "--shard", "1/2", "--times", str(tmp_path / "none"))
    assert "is no shard" in refused(here, "--shard", "3/2", "--list")
    assert "can't be shared out to 4 shards" in refused(here, "--shard", "1/4", "--list", *reports)


def test_a_list_for_a_pipe_has_a_scenario_a_line(feature: Path) -> None:
    ran = greenroom("run", str(feature), "--list", "-t", "quick")
    assert ran.out == f"{feature}::first\tE1\tE E1 quick\t{feature}:5\n" and ran.code == 0
    assert greenroom("run", str(feature), "--list", "-t", "slow").code == 3


def test_shards_listed_are_the_list(feature: Path, tmp_path: Path) -> None:
    reports = ["--reports", str(tmp_path / "r")]
    whole = listed(feature, *reports)
    shards = [listed(feature, "--shard", f"{number}/2", *reports) for number in (1, 2)]
    assert sorted(shards[0] + shards[1]) == sorted(whole) and all(shards)


def test_times_come_of_whole_runs_of_the_target_only(feature: Path, tmp_path: Path) -> None:
    reports = tmp_path / "r"
    assert whole_record(reports, "reference") is None and last_record(reports) is None
    recorded(reports, feature, run="20260101-000000-aaaa")
    shard = build.header(run="20260102-000000-bbbb", shard=Shard(number=1, of=2))
    build.write(build.events([build.scenario()], shard), reports / shard.run)
    cut = build.header(run="20260103-000000-cccc")
    build.write(build.events([build.scenario()], cut)[:-1], reports / cut.run)
    (reports / "20260104-000000-dddd").mkdir()
    (reports / "20260104-000000-dddd" / "record.jsonl").write_text("no record\n", encoding="utf-8")
    assert whole_record(reports, "reference") == reports / "20260101-000000-aaaa" / "record.jsonl"
    assert whole_record(reports, "staging") is None
    (reports / "latest").unlink()
    assert last_record(reports) == reports / "20260104-000000-dddd" / "record.jsonl"
