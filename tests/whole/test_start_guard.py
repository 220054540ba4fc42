"""What keeps the quick tests quick: one that is not marked as an integration test can't start what takes long."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from greenroom.core.project import ROOT
from tests.support.command_line import greenroom
from tests.support.start_guard.sitecustomize import NOTES


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that takes the notes, in the place of the one that would fail this test."""
    path = tmp_path / "notes"
    monkeypatch.setenv(NOTES, str(path))
    return path


@pytest.mark.parametrize(
    ("command", "what"),
    [
        ([sys.executable, "-m", "reference", "up", "--stdin"], "an implementation"),
        ([sys.executable, "-m", "tests.lantern"], "an implementation"),
        (["/somewhere/bin/postgres", "-D", "data"], "a database"),
        (["/somewhere/playwright/driver/node", "cli.js", "run-driver"], "a browser"),
    ],
)
def test_what_takes_long_is_refused_and_noted(notes: Path, command: list[str], what: str) -> None:
    with pytest.raises(PermissionError, match=f"must not start {what}"):
        sys.audit("subprocess.Popen", command[0], command, None, None)
    assert notes.read_text(encoding="utf-8").startswith(f"{what}: {command[0]}")


@pytest.mark.parametrize("command", [["git", "apply"], [sys.executable, "-m", "greenroom.cli.main"], "reference"])
def test_anything_else_is_let_through(notes: Path, command: list[str] | str) -> None:
    sys.audit("subprocess.Popen", "program", command, None, None)
    assert not notes.exists()


def test_a_new_python_is_refused_as_well(notes: Path) -> None:
    """And what it makes of the refusal does not matter."""
    program = "import contextlib, subprocess, sys\nwith contextlib.suppress(OSError):\n"
    program += "    subprocess.Popen([sys.executable, '-m', 'reference', 'up'])\n"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=os.environ, check=False)
    assert done.returncode == 0 and notes.read_text(encoding="utf-8").startswith("an implementation: ")


def test_a_command_in_a_fork_is_refused_as_well(notes: Path, tmp_path: Path) -> None:
    ran = greenroom("run", "features/end_persistence.feature:16", "--reports", str(tmp_path / "reports"))
    assert ran.code == 3 and "must not start an implementation" in ran.said
    assert notes.read_text(encoding="utf-8").startswith("an implementation: ")
