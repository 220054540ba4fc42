"""What is run of the scenarios that are selected, and in what order: what failed last, one shard, chance."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from greenroom.core.errors import GreenroomError
from greenroom.core.wording import plural
from greenroom.gherkin.identity import known_case, scenario_id, suite_of
from greenroom.gherkin.selection import Selectable
from greenroom.gherkin.shards import Part, divide
from greenroom.record.events import Shard, Suite
from greenroom.record.former import failed_in, not_right, times_in
from greenroom.record.reader import Record, read_record

Case = TypeVar("Case", bound=Selectable)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for beyond a selection. Paths are those of records; None where nothing is asked for."""

    failed_in: Path | None = None
    failed_first_in: Path | None = None
    part: Part | None = None
    times: Path | None = None
    shuffle: int | None = None
    """The seed of a random order."""


@dataclass(frozen=True, slots=True)
class Narrowed(Generic[Case]):
    """What is run, in its order; the suite that it is of, and which part of it."""

    cases: list[Case]
    suite: Suite
    shard: Shard | None


def narrow(cases: Sequence[Case], wish: Wish, target: str) -> Narrowed[Case]:
    """What of `cases` is run. `target` is the digest of the target's files.

    Raises GreenroomError (code "nothing-failed") when only what failed is asked for, and nothing did; what reading a
    record raises; and code "usage" when there are more shards than scenarios.
    """
    kept = list(cases)
    if wish.failed_in is not None:
        kept = _failed(kept, wish.failed_in)
    suite = suite_of(kept, target)
    shard = None
    if wish.part is not None:
        kept, shard = _shard(kept, wish.part, wish.times)
    if wish.shuffle is not None:
        random.Random(wish.shuffle).shuffle(kept)
    if wish.failed_first_in is not None:
        first = failed_in(read_record(wish.failed_first_in), map(known_case, kept))
        kept.sort(key=lambda one: scenario_id(one) not in first)
    return Narrowed(kept, suite, shard)


def some_failed(record: Record) -> set[str]:
    """The ids of what was not right in the record. Raises GreenroomError (code "nothing-failed") where nothing was."""
    failed = not_right(record)
    if not failed:
        raise GreenroomError(
            f"nothing failed in the last run, {_named(record)}: nothing is run",
            hint="leave --last-failed out to run everything",
            code="nothing-failed",
        )
    return failed


def _named(record: Record) -> str:
    return f"{record.header.run} (target {record.header.target.name})"


def _failed(cases: Sequence[Case], path: Path) -> list[Case]:
    record = read_record(path)
    failed, run = some_failed(record), _named(record)
    here = failed_in(record, map(known_case, cases))
    if not here:
        raise GreenroomError(
            f"none of the {plural(len(failed), 'scenario')} that failed in the last run, {run}, is selected here",
            hint="name the feature files and tags of that run, or leave them out",
            code="nothing-failed",
        )
    return [one for one in cases if scenario_id(one) in here]


def _shard(cases: Sequence[Case], part: Part, times: Path | None) -> tuple[list[Case], Shard]:
    former = read_record(times) if times is not None else None
    known = [known_case(one) for one in cases]
    seconds = times_in(former, known) if former is not None else {}
    division = divide([one.id for one in known], part.of, seconds)
    mine = division.shards[part.number - 1]
    by = former.header.run if former is not None and seconds else ""
    shard = Shard(number=part.number, of=part.of, digest=division.digest, times=by)
    return [one for one, told in zip(cases, known, strict=True) if told.id in mine], shard
