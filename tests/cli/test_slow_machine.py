"""At a twentieth of a core: what fails by a deadline is no broken promise, and what was seen at a look still is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.core.verdict import Verdict
from greenroom.record.reader import read_record
from tests.support.broken_reference import broken_reference
from tests.support.command_line import verdict_of
from tests.support.life import watched
from tests.support.slow_machine import slowed

pytestmark = [pytest.mark.integration, pytest.mark.long]

FEATURE = """\
Feature: A machine that gets slow

  @E1
  Scenario: before
    Given Ada has a room
    Then Ada's room is at rest

  @E1
  Scenario: by a deadline
    Given Ada is live with Grace as a guest
    When Ada ends the room through the gateway
    Then Ada's room is at rest
"""


def test_a_broken_promise_can_not_be_told_from_a_slow_machine(tmp_path: Path) -> None:
    copy, reports = broken_reference(tmp_path / "copy", "end_leaves_pointer"), tmp_path / "reports"
    feature = tmp_path / "slow.feature"
    feature.write_text(FEATURE, encoding="utf-8")
    with watched(reports, str(feature), "--target", str(copy / "targets" / "reference")) as run:
        run.await_scenarios(1)
        with slowed(run.process.pid, 0.05):
            ran = run.ended()
    assert ran.code == 2, ran
    assert verdict_of(reports)["verdict"] == "could not tell"
    before, late = read_record(reports / "latest" / "record.jsonl").scenarios
    assert (before.verdict, late.verdict) == (Verdict.PASSED, Verdict.INCONCLUSIVE)
    assert late.failure is not None and late.failure.cause == "machine-too-slow"
    assert late.failure.message.startswith("this machine was too slow to tell: of the ")
    assert "expected that Ada's room is at rest, found: " in late.failure.message
