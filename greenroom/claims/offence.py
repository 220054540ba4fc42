"""Offended invariants as a failure."""

from __future__ import annotations

from collections.abc import Sequence

from greenroom.claims.invariants import Violation
from greenroom.claims.wrong_rows import offended
from greenroom.core.errors import OffendedInvariant
from greenroom.relations.state import Names, show

_SHOWN = 3


def offence_of(offences: Sequence[Violation], names: Names) -> OffendedInvariant:
    """The first of them in words, with the first of its rows, and all of them for machines. `names` are the words that
    a reader knows ids by."""
    first = offences[0]
    wrong = [what for one in offences for row in one.rows for what in offended(one.invariant.name, row)]
    shown = [
        "  ".join(f"{column} {show(value, names, column)}" for column, value in row.items())
        for row in first.rows[:_SHOWN]
    ]
    lines = [f"invariant broken: {first.invariant.sentence}", "  expected  no such rows"]
    text = "\n".join([*lines, *(f"  found     {row}" for row in shown)])
    return OffendedInvariant(text, first.invariant.promise, wrong=list(dict.fromkeys(wrong)))
