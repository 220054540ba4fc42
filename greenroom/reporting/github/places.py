"""Where a line of a feature file is, as GitHub knows it: relative to the checked-out repository."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from greenroom.core.project import ROOT
from greenroom.record.events import ScenarioFinished


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file below the workspace, and a line in it from 1."""

    file: str
    line: int


def place_in(scenario: ScenarioFinished, workspace: str) -> FileLine | None:
    """The failing step's line where it is known, else the scenario's. None for a file outside of `workspace`, where
    GitHub shows nothing. A record's path is relative to where the run was started, or to the project."""
    if not workspace:
        return None
    line = scenario.failure.line if scenario.failure and scenario.failure.line else scenario.line
    here = Path(scenario.feature)
    found = here if here.exists() or here.is_absolute() else ROOT / here
    try:
        inside = found.resolve().relative_to(Path(workspace).resolve())
    except (ValueError, OSError):
        return None
    return FileLine(inside.as_posix(), line)
