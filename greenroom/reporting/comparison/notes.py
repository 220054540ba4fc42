"""What limits a comparison, and has to be said with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from greenroom.core.wording import plural
from greenroom.record.events import TargetInfo
from greenroom.record.reader import Record
from greenroom.reporting.comparison.transition import Compared, Transition


def is_whole(record: Record) -> bool:
    """Whether the run got to each of its scenarios."""
    return record.footer is not None and not record.truncated and record.footer.complete and not record.unfinished


def notes_of(before: Record, after: Record, compared: Sequence[Compared]) -> Iterator[str]:
    """One sentence each."""
    one, other = before.header, after.header
    if one.target.name != other.target.name:
        yield f"two targets: {one.target.name} before, {other.target.name} after"
    elif one.target.version != other.target.version:
        yield f"two versions of {one.target.name}: {_version(one.target)} before, {_version(other.target)} after"
    if one.selection != other.selection:
        yield f"two selections: {one.selection or 'all'} before, {other.selection or 'all'} after"
    for record, when in ((before, "first"), (after, "second")):
        if not is_whole(record):
            yield f"the {when} run did not get to its end: what it did not get to is not judged"
    for record, when in ((before, "first"), (after, "second")):
        if record.header.shard is not None:
            shard = record.header.shard
            yield f"the {when} run is shard {shard.number} of {shard.of} only: greenroom merge puts shards together"
    told = [
        _counted(compared, Transition.NEW, "only in the second run"),
        _counted(compared, Transition.GONE, "only in the first"),
    ]
    if any(told):
        yield f"not the same scenarios: {'; '.join(filter(None, told))}. These are no regression"
    moved = sum(bool(one.moved_from) for one in compared)
    if moved:
        them = "is" if moved == 1 else "are"
        yield f"{plural(moved, 'scenario')} stood elsewhere before, and {them} compared all the same"


def _counted(compared: Iterable[Compared], transition: Transition, where: str) -> str:
    number = sum(one.transition is transition for one in compared)
    return f"{number} {where}" if number else ""


def _version(target: TargetInfo) -> str:
    return target.version or "unknown"
