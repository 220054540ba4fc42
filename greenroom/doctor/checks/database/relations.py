"""Each of the five relations can be read, and has the canonical columns, types and values."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import psycopg
from psycopg import sql

from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Condition, Finding, counted, ok, wrong
from greenroom.doctor.own_connection import WRAPPER, connect, where_query
from greenroom.doctor.prerequisites import DATABASE, READABLE_RELATIONS
from greenroom.drivers.opened_connection import Connection
from greenroom.relations.canonical import RELATIONS, STATUSES, canonical

_BOOL = {16: "boolean"}  # by PostgreSQL's oid of the type
_TIME = {1184: "timestamptz"}
_TIMES = ("starts_at", "started_at", "ended_at", "joined_at", "left_at")
_ROLES = ("host", "guest")


@doctor_check(CheckSubject.DATABASE, "relations", needs=(DATABASE,), provides=(READABLE_RELATIONS,))
def check_relations(examination: Examination) -> Iterator[Finding]:
    """Each relation's SELECT runs, and returns the canonical columns with canonical values."""
    all_ok = True
    with connect(examination, read_only=True) as connection:
        for name in examination.get(DATABASE).relations:
            finding = _check_relation(examination, connection, name)
            all_ok = all_ok and finding.condition is Condition.OK
            yield finding
    if all_ok:
        examination.establish(READABLE_RELATIONS)


def _check_relation(examination: Examination, connection: Connection, name: str) -> Finding:
    query, check = examination.get(DATABASE).relations[name], f"relation {name}"
    where = where_query(examination, "relations.sql", name)
    try:
        cursor = connection.execute(sql.SQL(f"{WRAPPER}{query}\n) r limit 0"), {})
    except psycopg.errors.InsufficientPrivilege as error:
        return wrong(check, f"{where}: {_said(error)}", "grant select on it to the role of [database] dsn")
    except psycopg.Error as error:
        where = where_query(examination, "relations.sql", name, query, error)
        hint = error.diag.message_hint or f"the SELECT of the relation {name!r}, over the target's own tables"
        return wrong(check, f"{where}: {_said(error)}", hint)
    types = {column.name: column.type_code for column in cursor.description or ()}
    missing = [column for column in RELATIONS[name] if column not in types]
    if missing:
        return wrong(check, f"{where}: lacks the column {missing[0]!r}", f"select {', '.join(RELATIONS[name])}")
    for column in RELATIONS[name]:
        wanted = _types_for(column)
        if wanted and types[column] not in wanted:
            found = _type_name(connection, types[column])
            cast = next(iter(wanted.values()))
            detail = f"{where}: {column} is {found}, and must be {cast}"
            return wrong(check, detail, _cast_hint(column, cast, found))
    try:
        return _check_values(examination, connection, name, where)
    except psycopg.Error as error:
        return wrong(check, f"{where}: {_said(error)}", "some row of it can't be read this way")


def _check_values(examination: Examination, connection: Connection, name: str, where: str) -> Finding:
    column, allowed = ("role", _ROLES) if name == "attendance" else ("status", _statuses(examination, name))
    columns, own = ", ".join(map(canonical, RELATIONS[name])), examination.get(DATABASE).relations[name]
    source = f"(select {columns} from (\n{own}\n) own) {name}"  # alone: another relation may be wrong

    def rows(query: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        return connection.execute(sql.SQL(query), values).fetchall()

    count = int(rows(f"select count(*) as rows from {source}", {})[0]["rows"])
    if allowed:
        query = (
            f"select distinct {column} as found from {source} where {column} is null or {column} <> all(%(allowed)s)"
        )
        strange = [row["found"] for row in rows(query, {"allowed": list(allowed)})]
        if strange:
            shown = ", ".join("null" if one is None else repr(one) for one in strange[:4])
            hint = f"a case in its SELECT maps the target's own words to: {', '.join(allowed)}"
            if set(strange) <= set(STATUSES.get(name, ())):
                hint = f"[states] {name} says which there can be: add it there"
            return wrong(f"relation {name}", f"{where}: {column} holds {shown}", hint)
    if name == "rooms" and rows(f"select 1 from {source} where host_present is null limit 1", {}):
        return wrong("relation rooms", f"{where}: host_present is null", "coalesce(..., false)")
    return ok(f"relation {name}", counted(count, "row"))


def _statuses(examination: Examination, name: str) -> Collection[str]:
    """The statuses that the relation's rows can have, by what the target says."""
    states = examination.target.states
    said: Mapping[str, Collection[str]] = {"rooms": states.rooms, "sessions": states.sessions}
    return said.get(name, STATUSES.get(name, ()))


def _types_for(column: str) -> dict[int, str]:
    """None for ids and words: they are taken as text, whatever they are."""
    return _BOOL if column == "host_present" else _TIME if column in _TIMES else {}


def _cast_hint(column: str, cast: str, found: str) -> str:
    if cast == "timestamptz" and found in ("integer", "bigint", "numeric", "double precision"):
        return f"seconds since 1970 become a time by to_timestamp({column}) as {column}"
    if cast == "timestamptz":
        return f"times are compared with the clock: ({column} at time zone 'UTC') as {column}"
    return f"a condition, such as (... is true) as {column}"


def _type_name(connection: Connection, oid: int) -> str:
    return str(connection.execute("select format_type(%s, null) as name", [oid]).fetchall()[0]["name"])


def _said(error: psycopg.Error) -> str:
    return error.diag.message_primary or str(error).splitlines()[0]
