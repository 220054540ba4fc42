"""Shares a suite out to several runs: each scenario to exactly one of them, the same way in each."""

from __future__ import annotations

import re
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heapreplace

from greenroom.core.errors import GreenroomError
from greenroom.core.wording import plural
from greenroom.gherkin.identity import digest_of

SEED = 1
"""The seed of shards that are given none: it has to be the same for all of them."""


@dataclass(frozen=True, slots=True)
class Part:
    """The shard `number`, from 1, of `of`."""

    number: int
    of: int


def read_part(text: str) -> Part:
    """`2/5` as a part. Raises GreenroomError (code "usage") for anything else."""
    found = re.fullmatch(r"([1-9]\d{0,3})/([1-9]\d{0,3})", text.strip(), re.ASCII)
    part = Part(int(found[1]), int(found[2])) if found else Part(0, 0)
    if not 1 <= part.number <= part.of:
        raise GreenroomError(f"--shard {text!r} is no shard", hint="--shard 2/5 is the second of five", code="usage")
    return part


@dataclass(frozen=True, slots=True)
class Division:
    """Who runs what: for each shard its scenarios' ids. The digest is the same for all shards of one division."""

    shards: tuple[frozenset[str], ...]
    digest: str


def divide(ids: Sequence[str], of: int, seconds: Mapping[str, float]) -> Division:
    """Share these scenarios out to `of` shards, so that each takes about as long; `seconds` are their times, as far as
    they are known. The others take as long as the middle one; where none is known, all shards get the same number.

    Depends on nothing else, not even on the order of `ids`. Raises GreenroomError (code "usage") when a shard would
    have nothing to run.
    """
    if len(ids) < of:
        raise GreenroomError(
            f"{plural(len(ids), 'scenario')} can't be shared out to {of} shards: one would have nothing to run",
            hint=f"at most --shard 1/{len(ids)}",
            code="usage",
        )
    usual = statistics.median(seconds[id_] for id_ in ids if id_ in seconds) if set(ids) & set(seconds) else 1.0
    shards: list[set[str]] = [set() for _ in range(of)]
    load = [(0.0, 0, number) for number in range(of)]  # seconds, scenarios, shard: the least loaded comes first
    heapify(load)
    for id_ in sorted(ids, key=lambda one: (-seconds.get(one, usual), one)):
        took, count, number = load[0]
        shards[number].add(id_)
        heapreplace(load, (took + seconds.get(id_, usual), count + 1, number))
    told = [f"{number} {id_}" for number, shard in enumerate(shards) for id_ in sorted(shard)]
    return Division(tuple(map(frozenset, shards)), digest_of(told))
