"""A worker that goes away, as when the machine is out of memory: its scenario is in every report, and is no success."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from greenroom.core.verdict import Verdict
from greenroom.record.reader import read_record
from tests.support.command_line import greenroom, verdict_of
from tests.support.life import watched

pytestmark = [pytest.mark.integration, pytest.mark.long]

FEATURE = """\
Feature: One of them is lost

  @E1
  Scenario Outline: round <n>
    Given Ada is live with Grace as a guest
    When Ada ends the room through the gateway
    Then Ada's room is at rest

    Examples:
      | n |
"""
ROUNDS = 6
GOES_AWAY = """\
import os, pathlib, signal, pytest

ONCE = pathlib.Path(__file__).with_name("gone")

@pytest.hookimpl(tryfirst=True)
def {hook}:
    if "PYTEST_XDIST_WORKER" in os.environ:
        try:
            ONCE.touch(exist_ok=False)
        except FileExistsError:
            return
        os.kill(os.getpid(), signal.SIGKILL)
"""
"""The first worker that comes to this hook is killed there."""


def _rounds(folder: Path, hook: str) -> Path:
    (folder / "conftest.py").write_text(GOES_AWAY.format(hook=hook), encoding="utf-8")
    feature = folder / "rounds.feature"
    feature.write_text(FEATURE + "".join(f"      | {number} |\n" for number in range(ROUNDS)), encoding="utf-8")
    return feature


def test_its_scenario_is_in_every_report(tmp_path: Path) -> None:
    feature, reports = _rounds(tmp_path, "pytest_runtest_call()"), tmp_path / "reports"
    with watched(reports, str(feature), "-n", "2") as run:
        run.await_scenarios(2)
        ran = run.ended()
        assert run.left() == []
    assert ran.code == 3 and "Traceback" not in ran.said, ran
    record = read_record(reports / "latest" / "record.jsonl")
    lost = [one for one in record.scenarios if one.verdict is not Verdict.PASSED]
    assert len(record.scenarios) == ROUNDS and len(lost) == 1 and not record.unfinished
    assert lost[0].failure is not None and lost[0].failure.cause == "worker-lost"
    words = lost[0].failure.message
    assert words.startswith("the worker process gw") and words in " ".join(ran.out.split())
    found = verdict_of(reports)
    assert (found["verdict"], found["exit"], found["reason"]) == ("error", 3, words)
    latest = reports / "latest"
    for name in ("junit.xml", "report.html", "verdict.json"):
        text = (latest / name).read_text(encoding="utf-8")
        assert words in text and not re.search(r"All \d+ scenarios passed", text), name
    assert any(words in path.read_text(encoding="utf-8") for path in (latest / "allure-results").glob("*.json"))


@pytest.mark.parametrize("hook", ["pytest_runtest_logfinish()", "pytest_runtest_protocol()"])
def test_one_that_is_lost_between_two_scenarios_takes_none_with_it(tmp_path: Path, hook: str) -> None:
    feature, reports = _rounds(tmp_path, hook), tmp_path / "reports"
    ran = greenroom("run", str(feature), "-n", "2", "--reports", str(reports))
    record = read_record(reports / "latest" / "record.jsonl")
    assert (tmp_path / "gone").exists() and "went away between two scenarios" in ran.err, ran
    assert ran.code == 0 and [one.verdict for one in record.scenarios] == [Verdict.PASSED] * ROUNDS, ran
