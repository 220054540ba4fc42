"""The figures of a database: what `greenroom audit` finds, as a watch tells it."""

from __future__ import annotations

from typing import Any

from greenroom.claims.audit import AuditedInvariant, audit
from greenroom.claims.invariants import INVARIANTS, OF_ROOMS
from greenroom.claims.watching.seen import AuditSeen, OffendingRows
from greenroom.drivers.database import Database

ROWS = 10
"""So many rows of each figure are kept and told."""
_FIGURES = {"nothing-stuck": "stuck_rooms", "no-orphan": "orphaned_sessions"}
_LISTING = "listing-live-is-true"
_BOTH_WAYS = """
, v as materialized ({query})
select v.room_status in ('lobby', 'live') is true as live, count(distinct v.room_id) as rooms from v group by 1
"""


def look_at_rows(database: Database) -> AuditSeen:
    """One audit of the whole database. Raises what `Database.query` does."""
    found = audit(database, rows=5 * ROWS)  # of the listing they are of two kinds
    figures = {name: OffendingRows(0) for name in _FIGURES.values()} | {"broken_invariants": OffendingRows(0)}
    for one in found.found:
        name = one.invariant.name
        if name in _FIGURES:
            figures[_FIGURES[name]] = _rows(one)
        elif name == _LISTING:
            figures |= _listing(database, one)
        elif one.count:
            figures["broken_invariants"] = _more(figures["broken_invariants"], one)
    return AuditSeen(figures, found.documented_stuck)


def _rows(one: AuditedInvariant) -> OffendingRows:
    return OffendingRows(one.count, one.since or None, one.rows[:ROWS])


def _more(rows: OffendingRows, one: AuditedInvariant) -> OffendingRows:
    told = tuple({"invariant": one.invariant.name, **row} for row in one.rows)
    since = min(filter(None, (rows.since, one.since)), default=None)
    return OffendingRows(rows.count + one.count, since, (*rows.rows, *told)[:ROWS])


def _listing(database: Database, one: AuditedInvariant) -> dict[str, OffendingRows]:
    """Both ways in which listing and rooms disagree, each counted by itself."""
    counts = {True: 0, False: 0}
    if one.count:
        invariant = next(known for known in INVARIANTS if known.name == _LISTING)
        query = _BOTH_WAYS.format(query=invariant.query.replace(OF_ROOMS, "is not null"))
        counts |= {bool(row["live"]): int(row["rooms"]) for row in database.query(query, {"rooms": None})}
    split: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
    for row in one.rows:
        split[row["room_status"] in ("lobby", "live")].append(row)
    return {
        "unlisted_sessions": _one_way(counts[True], split[True]),
        "falsely_listed": _one_way(counts[False], split[False]),
    }


def _one_way(count: int, rows: list[dict[str, Any]]) -> OffendingRows:
    return OffendingRows(count, next((str(row["since"]) for row in rows if row["since"]), None), tuple(rows[:ROWS]))
