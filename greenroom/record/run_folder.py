"""What a run is called and when it is; the folders of former runs."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Iterator
from pathlib import Path

from greenroom.core.errors import GreenroomError
from greenroom.record.reader import LATEST, RECORD, Record, read_record

_LOOKED_AT = 30
"""So many former runs are looked at for times."""


def new_run_id() -> str:
    """A run's name: sorts by time, and its last four letters mark what it makes."""
    letters = "".join(secrets.choice("abcdefghijkmnpqrstuvwxyz23456789") for _ in range(4))
    return f"{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S}-{letters}"


def now() -> str:
    """The present moment as the record writes it."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def latest(reports: Path, run_id: str) -> None:
    """`reports/latest` points to this run; swapped in one move, so that it always points somewhere."""
    link, fresh = reports / LATEST, reports / f".latest-{run_id}"
    try:
        fresh.symlink_to(run_id, target_is_directory=True)
        fresh.replace(link)
    except OSError:  # a file system without links: the run's own folder is there all the same
        fresh.unlink(missing_ok=True)


def shown_as(reports: Path, run_id: str) -> Path:
    """The folder to name to people: `reports/latest`, or the run's own where that is another run's by now, or none."""
    try:
        is_ours = (reports / LATEST).samefile(reports / run_id)
    except OSError:
        is_ours = False
    return reports / (LATEST if is_ours else run_id)


def last_record(reports: Path) -> Path | None:
    """The record of the last run that wrote to `reports`; None where there is none."""
    linked = reports / LATEST / RECORD
    return linked if linked.is_file() else next(_records(reports), None)


def whole_record(reports: Path, target: str) -> Path | None:
    """The newest record in `reports` of a whole run of that target, or of a merged one; None where there is none.

    A shard's own record is none: shards that run one after the other would each be shared out by other times.
    """
    for _, path in zip(range(_LOOKED_AT), _records(reports), strict=False):
        try:
            with path.open("rb") as file:
                head = json.loads(file.readline())
            if head.get("shard") is None and head["target"]["name"] == target and _is_whole(read_record(path)):
                return path
        except (OSError, ValueError, LookupError, TypeError, AttributeError, GreenroomError):
            continue  # no record, or one of a time to come
    return None


def _is_whole(record: Record) -> bool:
    return record.footer is not None and record.footer.complete and not record.truncated


def _records(reports: Path) -> Iterator[Path]:
    """The newest first."""
    folders = sorted((path for path in reports.glob("*") if path.name != LATEST), reverse=True)
    return (path / RECORD for path in folders if (path / RECORD).is_file())
