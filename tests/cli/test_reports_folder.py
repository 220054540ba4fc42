"""Where no reports can be written, nothing is run: said before the first scenario, in a line with its hint."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from greenroom.core.project import ROOT
from tests.support.command_line import LONGEST, Ran
from tests.support.plain_environment import environment

FEATURE = "Feature: f\n  @E1\n  Scenario: s\n    Given Ada has a room\n    Then Ada's room is at rest\n"
_MEGABYTE = 2**20


def run(folder: Path, reports: Path, *options: str, program: str = "", before: Callable[[], None] | None = None) -> Ran:
    feature = folder / "one.feature"
    feature.write_text(FEATURE, encoding="utf-8")
    command = ["pytest", str(feature)] if program == "pytest" else ["greenroom.cli.main", "run", str(feature)]
    done = subprocess.run(
        [sys.executable, "-m", *command, "--reports", str(reports), *options],
        cwd=ROOT, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LONGEST,
        check=False, preexec_fn=before,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["one process", "two workers"])
def test_a_place_that_is_no_folder(tmp_path: Path, workers: tuple[str, ...]) -> None:
    (tmp_path / "file").write_text("not a folder")
    ran = run(tmp_path, tmp_path / "file", *workers)
    assert ran.code == 3
    assert ran.complaint == [
        f"reports can't be written to {tmp_path}/file (Not a directory)",
        "  hint: make it a writable folder with 4 MB of room, or name another with --reports",
    ]


def test_a_disk_without_room(tmp_path: Path) -> None:
    """Files of a certain size are as good as a disk of that size."""
    reports = tmp_path / "new" / "reports"

    def fill() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (_MEGABYTE, _MEGABYTE))

    ran = run(tmp_path, reports, before=fill)
    assert ran.code == 3
    assert ran.complaint[0] == f"reports can't be written to {reports} (File too large)"
    assert not (tmp_path / "new").exists(), "nothing is left of the try"


def test_plain_pytest_says_so_too(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    ran = run(tmp_path, tmp_path / "file", program="pytest")
    assert ran.code == 3
    assert f"reports can't be written to {tmp_path}/file (Not a directory)" in ran.said


def test_a_plan_needs_no_reports(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert run(tmp_path, tmp_path / "file", "--plan").code == 0
