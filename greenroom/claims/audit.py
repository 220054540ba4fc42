"""Every invariant over a whole database: how many rows offend it, and since when, the oldest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from greenroom.claims.invariants import INVARIANTS, OF_ROOMS, Invariant
from greenroom.claims.since import LAST_END, SINCE
from greenroom.drivers.database import Database
from greenroom.relations.canonical import CLOSED_SESSION

DOCUMENTED_STUCK = f"""
, v as materialized (
  select r.room_id from rooms r
  left join (select session_id from sessions where status in {CLOSED_SESSION}) over on over.session_id = r.session_id
  where r.status in ('lobby', 'scheduled', 'live') and (r.session_id is null or over.session_id is not null)
)
select count(*) as count,
  to_jsonb(min({LAST_END.expression}) filter (where {LAST_END.expression} <= clock_timestamp())) #>> '{{}}' as since
from v {LAST_END.join}
"""
"""The count that the session fix itself watches ("Stuck Rooms Count"), over the relations."""


@dataclass(frozen=True)
class AuditedInvariant:
    """What offends one invariant: how many rows, since when at the latest, and those that were asked for, oldest first.

    Times are ISO 8601 UTC; since "" nobody can tell. A row is its columns and `since`.
    """

    invariant: Invariant
    count: int
    since: str
    rows: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Audit:
    """What an audit saw at one moment, by the database's clock."""

    at: str
    found: tuple[AuditedInvariant, ...]
    documented_stuck: int
    documented_since: str

    @property
    def broken(self) -> tuple[AuditedInvariant, ...]:
        """The invariants that something offends."""
        return tuple(one for one in self.found if one.count)


def audit(database: Database, *, rows: int | None, tell: Callable[[str], object] = lambda _: None) -> Audit:
    """Look at every invariant over the whole database, one query each; at most so many `rows` of each are kept, None
    for all. `tell` is told which one is looked at.

    An invariant about a relation that the database does not hold is left out. Raises what `Database.query` does.
    """
    found = []
    looked_at = [one for one in INVARIANTS if database.holds(one.needs)]
    for number, one in enumerate(looked_at, 1):
        tell(f"{number} of {len(looked_at)}: {one.sentence}")
        found.append(_found(database, one, rows))
    tell("the stuck rooms as the session fix counts them")
    (stuck,) = database.query(DOCUMENTED_STUCK)
    return Audit(database.now(), tuple(found), int(stuck["count"]), stuck["since"] or "")


def query_of(invariant: Invariant) -> str:
    """The query over the whole database: `row` with its columns in their order, `since`, and `of_all`, the count.

    What offends is found first, and since when looked for then: that takes a look at all sessions, and no more.
    """
    since = SINCE[invariant.name]
    everywhere = invariant.everywhere or invariant.query.replace(OF_ROOMS, "is not null")
    known = f"case when {since.expression} <= clock_timestamp() then {since.expression} end as since"
    return f"""
        , v as materialized ({everywhere})
        select to_json(d) as row from (
          select v.*, {known}, count(*) over () as of_all from v {since.join}
          order by since nulls last, 1 limit %(rows)s
        ) d"""


def _found(database: Database, invariant: Invariant, limit: int | None) -> AuditedInvariant:
    asked = 1 if limit == 0 else limit  # a row at least: it carries the count
    rows = database.query(query_of(invariant), {"rooms": None, "rows": asked})
    if not rows:
        return AuditedInvariant(invariant, 0, "", ())
    first = rows[0]["row"]
    return AuditedInvariant(invariant, int(first["of_all"]), first["since"] or "", tuple(_shown(rows[:limit])))


def _shown(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for row in rows:
        found = dict(row["row"])
        del found["of_all"]
        yield {"since": found.pop("since"), **found}
