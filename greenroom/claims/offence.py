"""Offended invariants as a failure."""

from __future__ import annotations

from collections.abc import Sequence

from greenroom.claims.history import HISTORY
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
    shown = _changes(first, names) if first.invariant in HISTORY else _rows(first, names)
    text = "\n".join([f"invariant broken: {first.invariant.sentence}", *shown])
    return OffendedInvariant(text, first.invariant.promise, wrong=list(dict.fromkeys(wrong)))


def _rows(offence: Violation, names: Names) -> list[str]:
    """Rows that must not be there."""
    shown = [
        "  ".join(f"{column} {show(value, names, column)}" for column, value in row.items())
        for row in offence.rows[:_SHOWN]
    ]
    return ["  expected  no such rows", *(f"  found     {row}" for row in shown)]


def _changes(offence: Violation, names: Names) -> list[str]:
    """What was so before, what it is now, and since when."""
    lines: list[str] = []
    for row in offence.rows[:_SHOWN]:
        whose = " / ".join(show(value, names, column) for column, value in row.items() if column.endswith("_id"))
        column = str(row["column"])
        was, now = (show(row[when], names, column.rpartition(".")[2]) for when in ("was", "is"))
        lines += [f"  expected  {whose}: {column} {was}, as before", f"  found     {whose}: {column} {now}"]
    return [*lines, f"  since     {offence.rows[0]['since']}"]
