"""A run in which nothing was carried out is never green, whatever keeps it from that."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from greenroom.core.project import ROOT
from tests.support.command_line import greenroom, verdict_of
from tests.support.plain_environment import environment

pytestmark = pytest.mark.integration

FAILING = """Feature: f
  Scenario: it fails
    Given Ada has a room
    Then Ada is live with exactly one open session
"""


@pytest.mark.parametrize(
    "option", ["--setup-plan", "--collect-only", "--fixtures", "--help", "--setup-only", "-k nothing"]
)
def test_options_for_tests_do_not_reach_a_run(tmp_path: Path, option: str) -> None:
    file = tmp_path / "failing.feature"
    file.write_text(FAILING, encoding="utf-8")
    ran = greenroom("run", str(file), "-q", "--reports", str(tmp_path), variables={"PYTEST_ADDOPTS": option})
    assert ran.code == 1, ran.said
    assert verdict_of(tmp_path)["counts"]["failed"] == 1


def test_under_plain_pytest_steps_that_are_left_out_are_an_error(tmp_path: Path) -> None:
    file = tmp_path / "failing.feature"
    file.write_text(FAILING, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", str(file), "--setup-plan", "--reports", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 3, done.stdout
    assert "the scenario was not carried out: 0 of its 2 steps ran" in done.stdout


@pytest.mark.parametrize("workers", [(), ("-n", "2")])
def test_a_run_that_was_asked_to_stop_at_the_first_is_a_verdict(tmp_path: Path, workers: tuple[str, ...]) -> None:
    file = tmp_path / "failing.feature"
    another = FAILING.partition("\n")[2]
    file.write_text(FAILING + "".join(another.replace("it fails", f"it fails {n}") for n in range(9)), encoding="utf-8")
    ran = greenroom("run", str(file), "-x", "-q", *workers, "--reports", str(tmp_path))
    assert ran.code == 1, ran.said
    verdict = verdict_of(tmp_path)
    tried = len(verdict["scenarios"])
    assert verdict["verdict"] == "not conformant" and 1 <= tried < 5
    assert verdict["reason"] == f"stopped after the first that was not right: {10 - tried} did not run"
    assert "stopped after the first" in ran.out and "interrupted" not in ran.said


def test_a_broken_promise_stays_proven_beside_an_error(tmp_path: Path) -> None:
    file = tmp_path / "both.feature"
    misuse = "  Scenario: it is misused\n    Given Ada has a room\n    Then Grace is refused as not live\n"
    file.write_text(FAILING + misuse, encoding="utf-8")
    ran = greenroom("run", str(file), "-q", "--reports", str(tmp_path))
    assert ran.code == 1, ran.said
    verdict = verdict_of(tmp_path)
    assert {one["verdict"] for one in verdict["scenarios"]} == {"failed", "error"}
    assert (verdict["verdict"], verdict["reason"]) == ("not conformant", "1 error besides")
