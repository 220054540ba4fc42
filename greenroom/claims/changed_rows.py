"""Rows that should be what they were: a fact that tells only what is other now, row by row and column by column."""

from __future__ import annotations

from collections.abc import Sequence

from greenroom.claims.fact import Fact
from greenroom.record.events import Change
from greenroom.relations.state import Row, State, differences

CHANGED = "changed"
"""How rows are wrong that should not have changed, for machines."""

_AS_IT_WAS = "as it was"
_MOST = 4


def rows_kept(relation: str, old: Sequence[Row], new: Sequence[Row], name: str = "") -> Fact:
    """These rows of a relation are the `old` ones. Where they are not, both sides name the rows and columns that
    differ, and nothing else: among many rows nobody finds the one that matters."""
    if list(old) == list(new):
        return Fact(name or relation, _AS_IT_WAS, _AS_IT_WAS, True, about=relation, wrong=CHANGED)
    before, after = (State.of([(relation, row) for row in rows], [relation]) for rows in (old, new))
    changes = differences(before, after, {})
    if not changes:  # the same row twice
        return Fact(name or relation, _counted(old), _counted(new), False, about=relation, wrong=CHANGED)
    expected, found = _told(changes, before=True), _told(changes, before=False)
    return Fact(name or relation, expected, found, False, about=relation, wrong=CHANGED)


def _told(changes: Sequence[Change], *, before: bool) -> str:
    more = f"; and {len(changes) - _MOST} more" if len(changes) > _MOST else ""
    return "; ".join(_side(change, before=before) for change in changes[:_MOST]) + more


def _side(change: Change, *, before: bool) -> str:
    value = change.before if before else change.after
    if change.field:
        return f"{change.key} {change.field} {value}"
    return f"{change.key} {value}" if value is not None else f"{change.key} no row"


def _counted(rows: Sequence[Row]) -> str:
    return f"{len(rows)} rows" if len(rows) != 1 else "1 row"
