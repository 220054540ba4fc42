"""What was seen of a run: its exit code, each scenario's verdict, and how often the trouble was met."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.trust.scenarios import SCENARIOS

RED = ("failed", "contradiction", "blocked")
"""Verdicts of a broken promise: of the scenario's own, or of one that it needs."""
_OF_RUN = {"could not tell": "inconclusive", "error": "error"}
_OF_EXIT = {2: "inconclusive", 3: "error"}


@dataclass(frozen=True, slots=True)
class Seen:
    """A scenario's verdict. `cause` is the stable word of an inconclusive one, `message` its first line."""

    verdict: str
    cause: str = ""
    message: str = ""
    finished: bool = True

    @property
    def words(self) -> str:
        """As a table shows it."""
        return f"{self.verdict} ({self.cause})" if self.cause else self.verdict


@dataclass(frozen=True, slots=True)
class Ran:
    """One run. `exit` is None where it had to be killed; `met` counts by the scenario's key, "" is outside of any.

    `left` is the number of accounts that were still there afterwards.
    """

    exit: int | None
    scenarios: Mapping[str, Seen]
    met: Mapping[str, int]
    said: str
    seconds: float
    left: int = 0
    notes: tuple[str, ...] = field(default=())

    @property
    def times_met(self) -> int:
        """How often the trouble was met in the whole run."""
        return sum(self.met.values())


def read_seen(reports: Path, keys: Collection[str], exit_code: int | None) -> dict[str, Seen]:
    """The verdict of each scenario by its key. One that did not finish has the verdict of the run."""
    verdict = _verdict(reports)
    finished: dict[tuple[str, str], Seen] = {}
    for one in verdict.get("scenarios", []):
        failure = one["failure"] or {}
        first = str(failure.get("message", "")).partition("\n")[0]
        finished[Path(one["feature"]).stem, one["name"]] = Seen(one["verdict"], failure.get("cause", ""), first)
    whole = _OF_RUN.get(verdict.get("verdict", "")) or _OF_EXIT.get(exit_code or 0) or "nothing"
    rest = Seen(whole, message=verdict.get("reason", ""), finished=False)
    return {key: finished.get((SCENARIOS[key].feature, SCENARIOS[key].name), rest) for key in keys}


def _verdict(reports: Path) -> dict[str, Any]:
    """The run's verdict.json; empty where there is none."""
    found = [path for path in reports.glob("*/verdict.json") if not path.parent.is_symlink()]
    try:
        return dict(json.loads(found[0].read_text(encoding="utf-8"))) if found else {}
    except ValueError:
        return {}
