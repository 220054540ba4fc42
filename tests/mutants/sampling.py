"""Which mutants are tried: a sample by a seed that does not change when other mutants come or go."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from tests.mutants import page, python, sql
from tests.mutants.mutant import Kind, Mutant
from tests.mutants.undrawn import is_drawn
from tests.planted.copies import ROOT

_MAKERS = {Kind.SQL: sql.mutants, Kind.PYTHON: python.mutants, Kind.PAGE: page.mutants}


def population(kinds: Sequence[Kind], root: Path = ROOT) -> list[Mutant]:
    """Every mutant of these kinds, in the order of the files."""
    return [mutant for kind in kinds for mutant in _MAKERS[kind](root)]


def drawn(mutants: Sequence[Mutant], seed: int, number: int | None) -> list[Mutant]:
    """So many of them, or all, in the order of the seed: a larger sample holds the smaller one. What no promise could
    speak of is left out."""
    drawable = filter(is_drawn, mutants)
    ordered = sorted(drawable, key=lambda one: hashlib.sha256(f"{seed}|{one.key}".encode()).digest())
    return ordered[:number]


def part(mutants: Sequence[Mutant], shard: str) -> list[Mutant]:
    """`2/5` is the second fifth of a sample. Raises ValueError for what is no shard."""
    try:
        number, of = (int(word) for word in shard.split("/"))
    except ValueError:
        number, of = 0, 0
    if not 1 <= number <= of:
        raise ValueError(f"a shard is like 2/5, and not {shard!r}")
    return list(mutants[number - 1 :: of])
