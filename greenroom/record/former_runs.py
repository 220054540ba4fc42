"""What former runs of a target said of each scenario, read from the folders that they left: no server keeps it.

Of a run its verdict.json is read, which is small; where there is none, its record.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenroom.core.verdict import Verdict
from greenroom.record.reader import LATEST, RECORD
from greenroom.record.same_scenarios import Known

MOST = 30
"""So many former runs are looked at, the newest."""
_LOOKED_AT = 300
"""So many folders are looked at for them, among which those of other targets may be."""
_VERDICT = "verdict.json"


@dataclass(frozen=True, slots=True)
class FormerRun:
    """One run, as far as its scenarios' verdicts go."""

    run: str
    started: str
    scenarios: tuple[Known, ...]
    verdicts: dict[str, Verdict]
    """Id -> the worst verdict that the scenario had."""


def former_runs(folder: Path, target: str, before: str, without: Iterable[str] = ()) -> list[FormerRun]:
    """The runs of `target` in the folders below `folder` that began before the moment `before`, the oldest first; not
    those whose ids are in `without`. What can't be read is no run."""
    leave_out = set(without)
    found: list[FormerRun] = []
    for place in sorted(_folders(folder), reverse=True)[:_LOOKED_AT]:  # a run's name begins with its time
        if len(found) == MOST:
            break
        told = _told(place)
        if told is None or told["target"] != target or told["run"] in leave_out or not told["started"] < before:
            continue
        try:
            found.append(_run_of(told))
        except (ValueError, LookupError, TypeError, AttributeError):
            continue  # of a time to come
        leave_out.add(told["run"])
    return sorted(found, key=lambda run: run.started)


def _folders(folder: Path) -> Iterator[Path]:
    try:
        yield from (path for path in folder.iterdir() if path.name != LATEST and path.is_dir())
    except OSError:
        return


def _told(place: Path) -> dict[str, Any] | None:
    """What verdict.json says of the run in the folder `place`, or the same of its record."""
    try:
        if (place / _VERDICT).is_file():
            found: dict[str, Any] = json.loads((place / _VERDICT).read_bytes())
            return found if {"run", "target", "started", "scenarios"} <= found.keys() else None
        head, *others = (place / RECORD).read_bytes().splitlines()
        header = json.loads(head)
        events = (json.loads(line) for line in others if line.startswith(b'{"event":"scenario"'))
        return {
            "run": header["run"],
            "target": header["target"]["name"],
            "started": header["started"],
            "scenarios": list(events),
        }
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _run_of(told: dict[str, Any]) -> FormerRun:
    verdicts: dict[str, Verdict] = {}
    known: dict[str, Known] = {}
    for one in told["scenarios"]:
        verdict = Verdict(one["verdict"])
        worst = verdicts.get(one["id"], verdict)
        verdicts[one["id"]] = verdict if verdict.rank > worst.rank else worst
        known[one["id"]] = Known(str(one["id"]), str(one["feature"]), tuple(one["promises"]))
    return FormerRun(str(told["run"]), str(told["started"]), tuple(known.values()), verdicts)
