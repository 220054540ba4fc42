"""A feature file that can't be run, among good ones: exit 3 with the finding, and nothing runs or is started."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command_line import greenroom, new_process

GOOD = "Feature: f\n  @E1\n  Scenario: s\n    Given Ada has a room\n    Then Ada's room is at rest\n"
BAD = "Feature: f\n  @E1\n  Scenario: s\n    Given Ada has a boat\n    Then Ada's room is at rest\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "features"
    found.mkdir()
    (found / "good.feature").write_text(GOOD, encoding="utf-8")
    (found / "bad.feature").write_text(BAD, encoding="utf-8")
    return found


@pytest.mark.parametrize("options", [(), ("-n", "2"), ("--plan",), ("--plan", "-n", "2")], ids=" ".join)
def test_the_good_ones_do_not_run(folder: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    """It is no integration test: were the target opened, it would fail."""
    reports = tmp_path / "reports"
    ran = greenroom("run", str(folder), "--reports", str(reports), *options)
    assert ran.code == 3
    assert ran.complaint[0] == f"{folder}/bad.feature:4: unknown step: Given Ada has a boat"
    assert not reports.exists()


@pytest.mark.parametrize("options", [(), ("-n", "2"), ("--plan",)], ids=" ".join)
def test_nor_under_plain_pytest(folder: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    ran = new_process("pytest", str(folder), "--reports", str(tmp_path / "reports"), *options)
    assert ran.code == 3
    assert "bad.feature:4: unknown step: Given Ada has a boat" in ran.said
    assert "passed" not in ran.out
