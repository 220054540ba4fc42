"""Whether records are the shards of one run: all of them, each once, none of another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from greenroom.core.errors import GreenroomError
from greenroom.record.events import Header
from greenroom.record.reader import Record


def in_order(records: Sequence[Record]) -> list[Record]:
    """The records in the order of their shards. Raises GreenroomError (code "bad-shards") naming every shard that is
    missing, there twice, or of another run."""
    problems = [*_no_shards(records)] or [*_foreign(records)] or [*_doubled(records), *_missing(records)]
    if problems:
        raise GreenroomError(
            "\n".join(problems),
            hint="each shard's record once, all of one suite, target, seed and number of shards",
            code="bad-shards",
        )
    return sorted(records, key=lambda record: _number(record.header))


def _no_shards(records: Sequence[Record]) -> Iterator[str]:
    for record in records:
        run = record.header.run
        if run in ("", ".", "..") or Path(run).name != run:
            yield f"the run {run!r} has no name for a folder: its record was edited"
        elif record.header.shard is None:
            why = "it was put together already" if record.header.merged else "it ran with no --shard"
            yield f"{run} is no shard: {why}"


def _foreign(records: Sequence[Record]) -> Iterator[str]:
    """What the most say is right; where as many say otherwise, the first."""
    headers = [record.header for record in records]
    for what, tell in _SHARED.items():
        said = [(header, tell(header)) for header in headers]
        counts = Counter(value for _, value in said if value)
        if len(counts) < 2:
            continue
        right = counts.most_common(1)[0][0]
        for header, value in said:
            if value not in ("", right):
                yield f"{_named(header)} is foreign: {what} {value}, the others {right}"


def _doubled(records: Sequence[Record]) -> Iterator[str]:
    runs: dict[int, list[str]] = {}
    for record in records:
        runs.setdefault(_number(record.header), []).append(record.header.run)
    for number, found in sorted(runs.items()):
        if len(found) > 1:
            yield f"shard {number} is there {len(found)} times: {' and '.join(found)}"
    ids = Counter(id_ for record in records for id_ in {scenario.id for scenario in record.scenarios})
    if len(runs) == len(records):
        for id_ in sorted(id_ for id_, count in ids.items() if count > 1)[:1]:
            yield f"the scenario {id_} is in more than one shard: they were not shared out by the same times"


def _missing(records: Sequence[Record]) -> Iterator[str]:
    shard = records[0].header.shard
    assert shard is not None
    there = {_number(record.header) for record in records}
    gone = [number for number in range(1, shard.of + 1) if number not in there]
    if gone:
        listed = ", ".join(map(str, gone))
        yield f"of {shard.of} shards {len(gone)} {'is' if len(gone) == 1 else 'are'} missing: {listed}"


def _number(header: Header) -> int:
    assert header.shard is not None
    return header.shard.number


def _named(header: Header) -> str:
    assert header.shard is not None
    return f"{header.run} (shard {header.shard.number} of {header.shard.of})"


def _hosts(header: Header) -> str:
    return " ".join(sorted({urlsplit(address).hostname or "" for address in header.target.addresses.values()} - {""}))


_SHARED: dict[str, Callable[[Header], str]] = {
    "number of shards": lambda header: str(header.shard.of) if header.shard else "",
    "target": lambda header: header.target.name,
    "digest of the target": lambda header: header.suite.target if header.suite else "",
    "version of the target": lambda header: header.target.version,
    "hosts of the target": _hosts,
    "digest of the suite": lambda header: header.suite.digest if header.suite else "",
    "seed": lambda header: str(header.seed),
    "repetitions": lambda header: str(header.repeat),
    "shared out as": lambda header: header.shard.digest if header.shard else "",
}
"""What all shards of a run have in common; "" where a shard ended before it was known."""
