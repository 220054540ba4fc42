"""With workers, scenarios that do little but wait begin first, so that nobody waits for them at the end."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.record.reader import read_record
from tests.support.command_line import greenroom

pytestmark = pytest.mark.integration


def test_what_waits_is_the_first_workers(tmp_path: Path) -> None:
    feature = tmp_path / "two.feature"
    feature.write_text(
        """\
Feature: Two

  @P1
  Scenario: one that asks and goes
    Given Ada is live with Grace as a guest
    When Ada ends the room through the gateway
    Then Ada's room is at rest

  @P3
  Scenario: one that waits
    Given Ada is live with Grace as a guest, and a planned end soon
    When the planned end has passed
    And Ada goes live through the gateway
    Then Ada is live with exactly one open session
""",
        encoding="utf-8",
    )
    ran = greenroom("run", str(feature), "-n", "2", "--reports", str(tmp_path / "reports"))
    assert ran.code == 0, ran.said
    record = read_record(tmp_path / "reports" / "latest" / "record.jsonl")
    assert {scenario.promises[0]: scenario.worker for scenario in record.scenarios} == {"P3": "gw0", "P1": "gw1"}
