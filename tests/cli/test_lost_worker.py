"""A worker that goes away, as when the machine is out of memory: its scenario is in every report, and is no success."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from greenroom.core.verdict import Verdict
from greenroom.record.reader import read_record
from tests.support.command_line import verdict_of
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
ROUNDS = 40


def test_its_scenario_is_in_every_report(tmp_path: Path) -> None:
    feature, reports = tmp_path / "rounds.feature", tmp_path / "reports"
    feature.write_text(FEATURE + "".join(f"      | {number} |\n" for number in range(ROUNDS)), encoding="utf-8")
    with watched(reports, str(feature), "-n", "2") as run:
        run.await_scenarios(2)
        run.workers()[0].kill()
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
