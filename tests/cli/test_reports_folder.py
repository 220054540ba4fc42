"""Where no reports can be written, nothing is run: said before the first scenario, in a line with its hint."""

from __future__ import annotations

import resource
import subprocess
from pathlib import Path

import pytest

from greenroom.core.project import ROOT
from tests.support.command_line import GREENROOM, LONGEST, Ran, greenroom, new_process
from tests.support.plain_environment import environment

FEATURE = "Feature: f\n  @E1\n  Scenario: s\n    Given Ada has a room\n    Then Ada's room is at rest\n"
_MEGABYTE = 2**20


@pytest.fixture
def feature(tmp_path: Path) -> str:
    path = tmp_path / "one.feature"
    path.write_text(FEATURE, encoding="utf-8")
    return str(path)


@pytest.fixture
def no_folder(tmp_path: Path) -> str:
    """What is in the place of the folder."""
    path = tmp_path / "file"
    path.write_text("not a folder")
    return str(path)


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["one process", "two workers"])
def test_a_place_that_is_no_folder(feature: str, no_folder: str, workers: tuple[str, ...]) -> None:
    ran = greenroom("run", feature, "--reports", no_folder, *workers)
    assert ran.code == 3
    assert ran.complaint == [
        f"reports can't be written to {no_folder} (Not a directory)",
        "  hint: make it a writable folder with 4 MB of room, or name another with --reports",
    ]


def test_a_disk_without_room(feature: str, tmp_path: Path) -> None:
    """Files of a certain size are as good as a disk of that size."""
    reports = tmp_path / "new" / "reports"

    def fill() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (_MEGABYTE, _MEGABYTE))

    done = subprocess.run(
        [*GREENROOM, "run", feature, "--reports", str(reports)], cwd=ROOT, env=environment(),
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LONGEST, check=False, preexec_fn=fill,
    )  # fmt: skip
    ran = Ran(done.returncode, done.stdout, done.stderr)
    assert ran.code == 3
    assert ran.complaint[0] == f"reports can't be written to {reports} (File too large)"
    assert not (tmp_path / "new").exists(), "nothing is left of the try"


def test_plain_pytest_says_so_too(feature: str, no_folder: str) -> None:
    ran = new_process("pytest", feature, "--reports", no_folder)
    assert ran.code == 3
    assert f"reports can't be written to {no_folder} (Not a directory)" in ran.said


def test_a_plan_needs_no_reports(feature: str, no_folder: str) -> None:
    assert greenroom("run", feature, "--reports", no_folder, "--plan").code == 0
