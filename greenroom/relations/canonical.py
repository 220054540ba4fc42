"""The five canonical relations, over which every SQL assertion is written once (docs/targets.md, "Relations").

A target's `relations.sql` says how its own tables look as these five, as plain SELECTs. They are put in front of our
query as common table expressions, so that neither a view nor write access is needed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Literal, get_args

import aiosql
from aiosql import SQLLoadException, SQLParseException

from greenroom.core.errors import BadTarget
from greenroom.core.text_files import read_text
from greenroom.relations.sql_lines import doubled_queries, line_of_query

RELATIONS: dict[str, tuple[str, ...]] = {
    "accounts": ("account_id", "name", "room_id"),
    "rooms": ("room_id", "host_id", "status", "session_id", "host_present"),
    "sessions": ("session_id", "room_id", "title", "status", "starts_at", "ended_at"),
    "attendance": ("session_id", "account_id", "role", "joined_at", "left_at"),
    "listing": ("room_id", "title", "host_id", "status", "started_at", "ended_at"),
}
RoomStatus = Literal["idle", "scheduled", "lobby", "live", "ended", "cancelled"]
SessionStatus = Literal["scheduled", "lobby", "live", "ended", "cancelled"]
ROOM_STATUSES: tuple[RoomStatus, ...] = get_args(RoomStatus)
SESSION_STATUSES: tuple[SessionStatus, ...] = get_args(SessionStatus)
LISTING_STATUSES = ("upcoming", "live", "ended")
STATUSES: Mapping[str, tuple[str, ...]] = {
    "rooms": ROOM_STATUSES,
    "sessions": SESSION_STATUSES,
    "listing": LISTING_STATUSES,
}

_LONE_PERCENT = re.compile(r"%(?!\(\w+\)s)")

OPEN_SESSION = ("scheduled", "lobby", "live")
CLOSED_SESSION = ("ended", "cancelled")
LIVE_ROOM = ("lobby", "live")


def load_queries(file: Path) -> dict[str, str]:
    """The named queries of an SQL file, their placeholders as psycopg writes them.

    Raises BadTarget when the file is missing or its names are not those of aiosql.
    """
    shown = f"{file.parent.name}/{file.name}"
    if not file.exists():
        raise BadTarget(f"{shown} is missing", hint="docs/targets.md shows one")
    text = read_text(file, lambda message, hint: BadTarget(message, hint=hint), shown=shown)
    for line, name in doubled_queries(text):
        raise BadTarget(f"{shown}:{line}: a second query is called {name!r}", hint="take one of them out")
    try:
        queries = aiosql.from_str(text, "psycopg")
    except (SQLLoadException, SQLParseException) as error:
        query = re.search(r"in query (?P<name>\w+)", str(error))
        line = line_of_query(text, query["name"]) if query else 1
        hint = 'each query begins "-- name: rooms()"; in the brackets stand the parameters that it uses'
        raise BadTarget(f"{shown}:{line}: {error}", hint=hint) from None
    found: dict[str, str] = {}
    for name in queries.available_queries:
        if not name.endswith("_cursor"):
            text = getattr(queries, name).sql.rstrip().rstrip(";")
            found[name] = _LONE_PERCENT.sub("%%", text)  # a percent sign of SQL is none of psycopg's
    return found


def load_relations(file: Path, *, elsewhere: Collection[str] = ()) -> dict[str, str]:
    """The SELECT of each relation. Raises BadTarget when one is missing that is not shown `elsewhere`."""
    queries = load_queries(file)
    for name in RELATIONS:
        if name not in queries and name not in elsewhere:
            or_else = "; or describe [operations.listing], which reads it over HTTP" if name == "listing" else ""
            raise BadTarget(
                f"{file.parent.name}/{file.name}: the relation {name!r} is missing",
                hint=f'add "-- name: {name}()" and a SELECT of {", ".join(RELATIONS[name])}{or_else}',
            )
    return {name: queries[name] for name in RELATIONS if name in queries}


def over_relations(relations: Mapping[str, str], query: str) -> str:
    """`query`, able to select from the five relations by name.

    The target's own SELECTs stand under names of their own first, so that none of them can see a relation of ours where
    it means a table of its own that is called the same.
    """
    theirs = [
        f"target_{name} as not materialized (\n{relations.get(name) or _no_rows(columns)}\n)"
        for name, columns in RELATIONS.items()
    ]
    ours = [
        f"{name} as not materialized (select {', '.join(map(canonical, columns))} from target_{name})"
        for name, columns in RELATIONS.items()
    ]
    return "with " + ",\n".join(theirs + ours) + "\n" + query


def canonical(column: str) -> str:
    """A column as our own queries take it, whatever type the target's own has: ids may be numbers or UUIDs, statuses an
    enumeration. A time without a zone is taken for UTC, as the session's is."""
    return f"{column}::{_type_of(column)} as {column}"


def _type_of(column: str) -> str:
    return "boolean" if column == "host_present" else "timestamptz" if column.endswith("_at") else "text"


def _no_rows(columns: Collection[str]) -> str:
    """A relation that is no table of the database: it is there for queries to name, and holds nothing."""
    typed = (f"null::{_type_of(column)} as {column}" for column in columns)
    return f"select {', '.join(typed)} where false"
