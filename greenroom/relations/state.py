"""The state of a scenario's own rooms, as rows of the five relations at one moment, and how two states differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from greenroom.record.events import Change
from greenroom.relations.canonical import CLOSED_SESSION, OPEN_SESSION, RELATIONS

Row = Mapping[str, Any]
Names = Mapping[tuple[str, str], str]  # ("room", id) -> the words a reader knows it by

_TIME = re.compile(r"\d{4}-\d\d-\d\dT(\d\d:\d\d:\d\d)(\.\d{1,3})?\d*(?:Z|\+00:00)")
KEYS = {
    "accounts": ("account_id",),
    "rooms": ("room_id",),
    "sessions": ("session_id",),
    "attendance": ("session_id", "account_id", "joined_at"),
    "listing": ("room_id",),
}
"""The columns that identify a row of each relation."""

# What an id in a column is the id of: with ids that are numbers, account 1 and room 1 are two things.
_KIND_OF = {"account_id": "account", "host_id": "account", "room_id": "room", "session_id": "session"}
_KIND_OF |= {"room_points_to": "session", "session_of": "room"}

SNAPSHOT = """
, own_rooms as (
  select room_id from rooms where room_id = any(%(rooms)s) or host_id = any(%(accounts)s)
), own_sessions as (
  select session_id from sessions where room_id in (select room_id from own_rooms)
)
select 'accounts' as relation, to_jsonb(r) as row from accounts r where account_id = any(%(accounts)s)
union all select 'rooms', to_jsonb(r) from rooms r where room_id in (select room_id from own_rooms)
union all select 'sessions', to_jsonb(r) from sessions r where session_id in (select session_id from own_sessions)
union all select 'attendance', to_jsonb(r) from attendance r where session_id in (select session_id from own_sessions)
union all select 'listing', to_jsonb(r) from listing r where room_id in (select room_id from own_rooms)
"""


class Unseen(Exception):
    """A claim is about something that no source shows. `what` is a relation, or one of its columns."""

    def __init__(self, what: str) -> None:
        super().__init__(f"nobody shows {what}")
        self.what = what


class PartlySeen(dict[str, Any]):
    """A row of which some columns are not shown. Reading one of those raises Unseen."""

    def __missing__(self, column: str) -> Any:
        raise Unseen(column.replace("_", " "))

    def get(self, column: str, default: Any = None) -> Any:
        """The same as reading it: a default would be taken for what is there, though nobody has seen it."""
        return self[column]


@dataclass(frozen=True)
class State:
    """Rows of the five relations. Ids are text, times are ISO 8601 text.

    `sees` are the relations that are shown at all: to read another raises Unseen, so that what nobody can see is
    never taken for empty.
    """

    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    sees: frozenset[str] = frozenset(RELATIONS)

    @staticmethod
    def of(pairs: Iterable[tuple[str, Row]], sees: Iterable[str] = RELATIONS) -> State:
        """A state from (relation, row) pairs. Rows are sorted, so that two states with the same rows are equal."""
        found: dict[str, list[Row]] = {name: [] for name in RELATIONS if name in set(sees)}
        for relation, row in pairs:
            found[relation].append(row)
        rows = {name: tuple(sorted(rows, key=lambda row: _key(name, row))) for name, rows in found.items()}
        return State(rows, frozenset(found))

    def all(self, relation: str) -> tuple[Row, ...]:
        """All rows of a relation. Raises Unseen when nobody shows it."""
        if relation not in self.sees:
            raise Unseen(relation)
        return self.rows.get(relation, ())

    def joined(self, relation: str, rows: Iterable[Row]) -> State:
        """This state with a relation that somebody else shows."""
        pairs = [(name, row) for name in self.sees for row in self.rows[name]]
        return State.of([*pairs, *((relation, row) for row in rows)], self.sees | {relation})

    def room(self, room_id: str) -> Row | None:
        """The room, or None."""
        return next((row for row in self.all("rooms") if row["room_id"] == room_id), None)

    def rooms_of(self, account_id: str) -> list[Row]:
        """Every room that the account hosts. Raises Unseen where rooms are shown one by one only."""
        self.all("accounts")
        return [row for row in self.all("rooms") if row["host_id"] == account_id]

    def session(self, session_id: str) -> Row | None:
        """The session, or None."""
        return next((row for row in self.all("sessions") if row["session_id"] == session_id), None)

    def sessions_of(self, room_id: str) -> list[Row]:
        """Every session of the room."""
        return [row for row in self.all("sessions") if row["room_id"] == room_id]

    @staticmethod
    def marked(rows: Iterable[Row], mark: str) -> list[Row]:
        """Those whose title bears the mark: the room of a leased account has a past of its own."""
        return [row for row in rows if mark in str(row["title"])]

    def open_sessions(self, room_id: str) -> list[Row]:
        """The room's sessions that are not over."""
        return [row for row in self.sessions_of(room_id) if row["status"] in OPEN_SESSION]

    def closed_sessions(self, room_id: str) -> list[Row]:
        """The room's sessions that are over."""
        return [row for row in self.sessions_of(room_id) if row["status"] in CLOSED_SESSION]

    def attendance_of(self, session_id: str) -> list[Row]:
        """Everyone who was or is inside the session."""
        return [row for row in self.all("attendance") if row["session_id"] == session_id]

    def inside(self, session_id: str) -> list[Row]:
        """Those who have not left the session."""
        return [row for row in self.attendance_of(session_id) if row["left_at"] is None]

    def entries(self, room_id: str) -> list[Row]:
        """The room's entries in the listing."""
        return [row for row in self.all("listing") if row["room_id"] == room_id]

    def only(self, room_ids: Iterable[str], account_ids: Iterable[str] = ()) -> State:
        """The part of the state that belongs to these rooms and accounts."""
        rooms, accounts = set(room_ids), set(account_ids)
        sessions = {row["session_id"] for row in self.rows.get("sessions", ()) if row["room_id"] in rooms}
        whose = {"accounts": ("account_id", accounts), "attendance": ("session_id", sessions)}
        mine = [
            (name, row)
            for name in self.sees
            for column, ids in [whose.get(name, ("room_id", rooms))]
            for row in self.rows.get(name, ())
            if row[column] in ids
        ]
        return State.of(mine, self.sees)


def moment(text: str | None) -> datetime | None:
    """A time of a row as a datetime with its zone."""
    return datetime.fromisoformat(text) if text else None


def differences(before: State, after: State, names: Names) -> list[Change]:
    """What changed from one state to the next; `names` are the words a reader knows ids by."""
    changes: list[Change] = []
    for relation in [name for name in RELATIONS if name in before.sees & after.sees]:
        old = {_key(relation, row): row for row in before.all(relation)}
        new = {_key(relation, row): row for row in after.all(relation)}
        for key in old.keys() | new.keys():
            was, now = old.get(key), new.get(key)
            label = _label(relation, was or now or {}, names)
            if was is None or now is None:
                row = _brief(relation, now or was or {}, names)
                changes.append(
                    Change(
                        relation=relation, key=label, field="", before=row if was else None, after=row if now else None
                    )
                )
                continue
            changes.extend(
                Change(
                    relation=relation,
                    key=label,
                    field=column,
                    before=show(was[column], names, column),
                    after=show(now[column], names, column),
                )
                for column in RELATIONS[relation]
                if column in was and column in now and was[column] != now[column]
            )
    return sorted(changes, key=lambda change: (list(RELATIONS).index(change.relation), change.key, change.field))


def show(value: Any, names: Names | None = None, column: str = "") -> str:
    """A value as a report shows it: names for ids, "-" for nothing, yes and no, seconds for times."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    if names and (kind_of(column), text) in names:
        return names[kind_of(column), text]
    if len(text) == 36 and text.count("-") == 4:
        return text[:8] + "…"
    time = _TIME.fullmatch(text)
    return f"{time[1]}{(time[2] or '').rstrip('0').rstrip('.')}Z" if time else text


def show_times(*times: str | None) -> list[str]:
    """Times as `show` shows them, each with its day where they are not all of one day."""
    days = {time[:10] for time in times if time}
    return [
        f"{time[:10]} {show(time)}" if time and len(days) > 1 and _TIME.fullmatch(time) else show(time)
        for time in times
    ]


def kind_of(column: str) -> str:
    """What the ids in a column are ids of: account, room or session; the column's own name for any other."""
    return _KIND_OF.get(column, column)


def _key(relation: str, row: Row) -> tuple[str, ...]:
    return tuple(str(row.get(column)) for column in KEYS[relation])


def _label(relation: str, row: Row, names: Names) -> str:
    return " / ".join(show(row.get(column), names, column) for column in KEYS[relation] if column != "joined_at")


def _brief(relation: str, row: Row, names: Names) -> str:
    shown = [column for column in RELATIONS[relation] if column not in KEYS[relation] and column in row]
    return "  ".join(f"{column} {show(row.get(column), names, column)}" for column in shown)
