"""Calls of the command line, as a person makes them: with the environment of a plain shell, and nothing to type in."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenroom.core.project import ROOT
from tests.support import forked_command
from tests.support.plain_environment import environment

LONGEST = 110.0
"""Seconds that a call may take; none takes a tenth of it on a machine that is not busy."""
GREENROOM = (sys.executable, "-m", "greenroom.cli.main")
"""The command in a new process, without its arguments."""


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


def greenroom(
    *arguments: str, cwd: Path = ROOT, variables: Mapping[str, str] | None = None, longest: float = LONGEST
) -> Ran:
    """Call `greenroom` with these arguments, and these variables in its environment, for so many seconds at the most.

    It runs in a fork of a process that has imported it already, which costs a third: for tests about what it does.
    """
    return _plain(Ran(*forked_command.run(arguments, cwd, environment(variables), longest)))


def new_process(*command: str, cwd: Path = ROOT) -> Ran:
    """Call a module with its arguments in a new Python, as a shell does: for tests about how it starts and ends."""
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=cwd,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    return _plain(Ran(done.returncode, done.stdout, done.stderr))


def verdict_of(reports: Path) -> dict[str, Any]:
    """The verdict.json of the last run that wrote there."""
    return dict(json.loads((reports / "latest" / "verdict.json").read_text(encoding="utf-8")))


def _plain(ran: Ran) -> Ran:
    """Wherever a command is piped to, it writes no colours, and never a traceback."""
    assert "\x1b" not in ran.said and "Traceback" not in ran.said, ran.said
    return ran
