"""Runs a feature file several times in a process of its own, as a person would, and counts how often it failed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from greenroom.core.verdict import CHARGED, Verdict

_ANSWERS = "verdict.json"
_LONGEST = 900.0
"""Seconds that all runs of one file may take."""


@dataclass(frozen=True)
class Rerun:
    """How often a feature file failed, and how often that could be told; `said` is what the run said where it was no
    run at all."""

    failed: int
    told: int
    said: str = ""

    @property
    def rate(self) -> str:
        """In words."""
        return f"{self.failed} of {self.told}"


def rerun(file: Path, target: str, times: int) -> Rerun:
    """`greenroom run FILE --repeat TIMES` against the target of that name."""
    with tempfile.TemporaryDirectory(prefix="greenroom-explore-") as folder:
        command = [sys.executable, "-m", "greenroom.cli.main", "run", str(file), "-q", "--reports", folder]
        command += ["--repeat", str(times)] if times > 1 else []
        command += ["--target", target] if target else []
        environment = {key: value for key, value in os.environ.items() if key != "GREENROOM_COMMAND"}
        try:
            done = subprocess.run(
                command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=_LONGEST,
                check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return Rerun(0, 0, f"it ran for over {_LONGEST:g} s")
        answers = Path(folder) / "latest" / _ANSWERS
        if not answers.is_file():
            return Rerun(0, 0, (done.stderr or done.stdout).strip()[:500])
        verdicts = [Verdict(one["verdict"]) for one in json.loads(answers.read_text(encoding="utf-8"))["scenarios"]]
    told = [one for one in verdicts if one in CHARGED or one is Verdict.PASSED]
    return Rerun(sum(one in CHARGED for one in told), len(told))
