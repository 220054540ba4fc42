"""The command `greenroom`, called in a process that has imported the harness already."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

import pytest  # noqa: F401  imported before the fork: a run then finds it loaded

from greenroom.cli.main import main


def run(arguments: Sequence[str], folder: Path, environment: Mapping[str, str], said: Path) -> NoReturn:
    """All that a fork does: the command, in this folder and environment. What it prints goes to the file `said`.

    Raises SystemExit with the exit code.
    """
    os.setsid()  # Ctrl-C is the runner's to handle
    with said.open("wb") as out:
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    command(arguments)


def command(arguments: Sequence[str]) -> NoReturn:
    """`greenroom` with these arguments. Raises SystemExit with the exit code."""
    sys.argv = ["greenroom", *arguments]
    main()
    raise AssertionError("the command line ends by itself")
