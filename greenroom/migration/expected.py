"""What a cleanup has to repair, and what it may, found by a query over the five relations that changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from greenroom.drivers.database import Database
from greenroom.migration.population import THRESHOLD_MINUTES
from greenroom.relations.canonical import CLOSED_SESSION, OPEN_SESSION
from greenroom.relations.state import KEYS

Row = dict[str, Any]
Key = tuple[str, ...]

_COLUMNS = {
    "sessions": ("session_id", "room_id", "status", "starts_at"),
    "rooms": ("room_id", "host_id", "status", "session_id", "session_status", "host_present"),
    "attendance": ("session_id", "account_id", "role", "joined_at"),
    "listing": ("room_id", "status", "started_at"),
}
"""How a row is shown."""
REPAIRED = ("sessions", "rooms", "attendance", "listing")
"""The relations that a cleanup repairs, in the order of the session fix."""

_OLD = f"""(s.status in ('lobby', 'scheduled')
      and s.starts_at < clock_timestamp() - interval '{THRESHOLD_MINUTES} minutes')"""

_QUERY = f"""
, judged as materialized (
  select r.*, s.status as session_status, s.room_id as session_of,
    {_OLD} as old
  from rooms r left join sessions s on s.session_id = r.session_id
), due_rooms as materialized (
  select *, case
      when status = 'idle' then false
      when session_status is null or session_status in {CLOSED_SESSION} or old then true
    end as due
  from judged
  where (status <> 'idle' and (session_status is null or session_status in {CLOSED_SESSION} or old
      or status in {CLOSED_SESSION} or session_of <> room_id or session_status <> status))
    or (status = 'idle' and (session_id is not null or host_present))
), due_sessions as materialized (
  select s.*,
    {_OLD} as due
  from sessions s left join rooms r on r.session_id = s.session_id and r.room_id = s.room_id
  where (s.status in {OPEN_SESSION} and (
      {_OLD}
      or r.room_id is null or r.status not in {OPEN_SESSION}))
    or (s.status in {CLOSED_SESSION} and s.ended_at is null)
)
select 'sessions' as relation, coalesce(due, false) as due, to_jsonb(d) - 'due' as row from (
  select session_id, room_id, status, starts_at, due from due_sessions) d
union all
select 'rooms', coalesce(due, false), to_jsonb(d) - 'due' from (
  select room_id, host_id, status, session_id, session_status, host_present, due from due_rooms) d
union all
select 'attendance', coalesce(due, false), to_jsonb(d) - 'due' from (
  select a.session_id, a.account_id, a.role, a.joined_at, s.status in {CLOSED_SESSION} or coalesce(o.due, false) as due
  from attendance a
  left join sessions s on s.session_id = a.session_id
  left join due_sessions o on o.session_id = a.session_id
  where a.left_at is null and (s.session_id is null or s.status in {CLOSED_SESSION} or o.session_id is not null)) d
union all
select 'listing', coalesce(due, false), to_jsonb(d) - 'due' from (
  select l.room_id, l.status, l.started_at,
    l.status <> 'ended' and r.room_id is not null and (r.status = 'idle' or coalesce(o.due, false)) as due
  from listing l left join rooms r on r.room_id = l.room_id left join due_rooms o on o.room_id = l.room_id
  where (l.status <> 'ended' and (r.room_id is null or r.status = 'idle' or o.room_id is not null))
    or (l.status = 'ended' and l.ended_at is null)) d
"""


@dataclass(frozen=True)
class Repairs:
    """Rows, by relation, each with what identifies it: `due` has to be repaired (M1 to M4), and `allowed` is odd enough
    that a cleanup may repair it as well, though none has to. Whatever is in neither is well, and has to stay (M5)."""

    due: dict[str, list[Row]]
    allowed: dict[str, list[Row]]

    @property
    def nothing_is_due(self) -> bool:
        """Whether there is nothing to repair."""
        return not any(self.due.values())

    def may_change(self) -> set[tuple[str, Key]]:
        """What identifies the rows that a cleanup may change."""
        return {
            (relation, key_of(relation, row))
            for rows in (self.due, self.allowed)
            for relation, found in rows.items()
            for row in found
        }

    def rooms(self) -> set[str]:
        """The rooms that such a row is of."""
        return {
            str(row["room_id"])
            for rows in (self.due, self.allowed)
            for relation in ("rooms", "sessions", "listing")
            for row in rows[relation]
        }


def expected(database: Database) -> Repairs:
    """Look at the whole database. Raises what `Database.query` does."""
    due: dict[str, list[Row]] = {relation: [] for relation in REPAIRED}
    allowed: dict[str, list[Row]] = {relation: [] for relation in REPAIRED}
    for found in database.query(_QUERY):
        relation, row = found["relation"], found["row"]
        (due if found["due"] else allowed)[relation].append({column: row[column] for column in _COLUMNS[relation]})
    return Repairs(_in_order(due), _in_order(allowed))


def key_of(relation: str, row: Row) -> Key:
    """What identifies a row."""
    return tuple(str(row[column]) for column in KEYS[relation])


def _in_order(rows: dict[str, list[Row]]) -> dict[str, list[Row]]:
    return {relation: sorted(found, key=lambda row: list(_order(relation, row))) for relation, found in rows.items()}


def _order(relation: str, row: Row) -> Iterator[str]:
    for column in ("starts_at", "started_at", "joined_at"):
        yield str(row.get(column) or "")  # the oldest first
    yield from key_of(relation, row)
