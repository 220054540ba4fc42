"""A change of rows in a few words, the same in every message."""

from __future__ import annotations

from collections.abc import Sequence

from greenroom.record.step import Change


def words_of_change(change: Change, among: Sequence[Change]) -> str:
    """`rooms.status: live -> idle`, with the row where `among` the changes it would not be known which; `listing: new
    Ada's room` for one that came, or is gone."""
    if not change.field:
        return f"{change.relation}: {'gone' if change.after is None else 'new'} {change.key}"
    alone = len({other.key for other in among if other.relation == change.relation}) == 1
    row = "" if alone and change.relation != "attendance" else f" of {change.key}"
    return f"{change.relation}.{change.field}{row}: {change.before} -> {change.after}"
