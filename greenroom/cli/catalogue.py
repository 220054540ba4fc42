"""Asks the step definitions, which live behind pytest, in a process of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from greenroom.core.errors import GreenroomError
from greenroom.core.project import ROOT

_SECONDS = 60


def ask_catalogue(arguments: Sequence[str] = ()) -> list[dict[str, Any]]:
    """What `python -m fixtures.plugin.catalogue` prints. Raises GreenroomError when the steps can't be imported."""
    command = [sys.executable, "-c", _START, str(ROOT), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    if done.returncode != 0:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        raise GreenroomError(
            f"the step definitions can't be read: {lines[-1] if lines else 'no reason given'}",
            hint="python -m fixtures.plugin.catalogue shows where",
        )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


# Paths on the command line are relative to where the command was given, so the folder is not changed for it.
_START = """
import sys
sys.path.insert(0, sys.argv.pop(1))
from fixtures.plugin.catalogue import main
sys.exit(main())
"""
