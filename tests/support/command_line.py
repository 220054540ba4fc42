"""Calls of the command line, as a person makes them: in a process of its own, with the environment of a plain shell."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenroom.core.project import ROOT

LONGEST = 110.0
"""Seconds that a call may take; none takes a tenth of it on a machine that is not busy."""
GREENROOM = [sys.executable, "-m", "greenroom.cli.main"]
"""The command, without its arguments."""
_FOREIGN = ("GREENROOM_", "PYTEST_", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "PYTHONDONTWRITEBYTECODE")


@dataclass(frozen=True)
class Ran:
    """How a call ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err

    @property
    def complaint(self) -> list[str]:
        """The lines on standard error: one to a few, and nothing on standard output."""
        lines = self.err.rstrip("\n").split("\n")
        assert self.out == "" and 1 <= len(lines) <= 6, self
        return lines


def environment(different: Mapping[str, str] | None = None) -> dict[str, str]:
    """That of a person's shell, whatever the test's own is."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    return plain | dict(different or {})


def call(*command: str, cwd: Path = ROOT, **different: str) -> Ran:
    """Call a command of the project's Python. Wherever it is piped to, it writes no colours, and never a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=cwd,
        env=environment(different),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    ran = Ran(done.returncode, done.stdout, done.stderr)
    assert "\x1b" not in ran.said and "Traceback" not in ran.said, ran.said
    return ran


def greenroom(*arguments: str, cwd: Path = ROOT, **different: str) -> Ran:
    """Call `greenroom` with these arguments; `different` are variables of its environment."""
    return call("greenroom.cli.main", *arguments, cwd=cwd, **different)


def verdict_of(reports: Path) -> dict[str, Any]:
    """The verdict.json of the last run that wrote there."""
    return dict(json.loads((reports / "latest" / "verdict.json").read_text(encoding="utf-8")))
