"""What `--history` of several commands means: the folder with the former runs of a target."""

from __future__ import annotations

from pathlib import Path

from greenroom.core.errors import GreenroomError
from greenroom.record.former_runs import former_runs
from greenroom.record.reader import Record
from greenroom.reporting.conclusion import Conclusion, conclude


def check_history(folder: str) -> None:
    """Raises GreenroomError (code "usage") for a folder that was named and is none."""
    if folder and not Path(folder).is_dir():
        raise GreenroomError(
            f"--history {folder} is no folder", hint="the folder that runs write to, for example reports", code="usage"
        )


def conclude_with_history(record: Record, folder: Path) -> Conclusion:
    """What a record comes to, with the former runs of its target in that folder; not with the shards it was made of."""
    header = record.header
    former = former_runs(folder, header.target.name, header.started, [header.run, *header.merged])
    return conclude(record, former)
