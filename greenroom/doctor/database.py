"""The database answers, and its tables look as the five relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from greenroom.doctor.finding import Finding, counted, not_declared, ok, wrong
from greenroom.doctor.patient import Patient
from greenroom.drivers.database import Database
from greenroom.relations.canonical import RELATIONS, STATUSES, over_relations
from greenroom.relations.sql_lines import line_of_query

_MILLISECONDS = 15_000
_TEXT = {25: "text", 1043: "varchar", 1042: "char", 19: "name"}
_BOOL = {16: "boolean"}
_TIME = {1184: "timestamptz"}
_IDS = ("account_id", "room_id", "host_id", "session_id", "title", "name", "status", "role")
_TIMES = ("starts_at", "started_at", "ended_at", "joined_at", "left_at")
_ROLES = ("host", "guest")
_BEFORE = "select * from (\n"


def answers(patient: Patient) -> Iterator[Finding]:
    """It lets us in, and relations.sql is there. Gives `the database`."""
    described = patient.target.database
    if described is None:
        patient.undeclared.add("the database")
        hint = "uncomment [database] and say where it is"
        yield not_declared("database", "no [database]: nothing is checked in SQL, no state is arranged", hint)
        return
    patient.database = Database(
        described.dsn,
        patient.target.folder,
        writable=described.access == "write",
        elsewhere=patient.target.shown_over_http,
    )
    patient.things.add("the database")
    yield ok("database", f"PostgreSQL {patient.database.version()}, access {described.access}")


def relations(patient: Patient) -> Iterator[Finding]:
    """Each relation's SELECT runs, and returns the canonical columns with canonical values. Gives `the relations`."""
    assert patient.database is not None
    right = True
    with connected(patient, read_only=True) as connection:
        for name in patient.database.relations:
            finding = _relation(patient, connection, name)
            right = right and finding.state == "ok"
            yield finding
    if right:
        patient.things.add("the relations")


def connected(patient: Patient, *, read_only: bool) -> psycopg.Connection[dict[str, Any]]:
    """A connection of the doctor's own, on which no statement and no wait for a lock takes long."""
    assert patient.target.database is not None
    options = f"-c timezone=UTC -c statement_timeout={_MILLISECONDS} -c lock_timeout={_MILLISECONDS // 3}"
    options += " -c default_transaction_read_only=on" if read_only else ""
    return psycopg.connect(
        patient.target.database.dsn,
        autocommit=True,
        row_factory=dict_row,
        connect_timeout=10,
        options=options,
        application_name="greenroom doctor",
    )


def select(
    patient: Patient, connection: psycopg.Connection[dict[str, Any]], query: str, values: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The rows of a query over the five relations, on a connection of the doctor's own."""
    assert patient.database is not None
    return connection.execute(sql.SQL(over_relations(patient.database.relations, query)), values).fetchall()


def place(patient: Patient, file: str, name: str, query: str = "", error: psycopg.Error | None = None) -> str:
    """Where a query of relations.sql or arrange.sql stands, or the place in it that the database complains about."""
    text = (patient.target.folder / file).read_text(encoding="utf-8")
    position = int(error.diag.statement_position or 0) if error is not None else 0
    line = line_of_query(text, name, query, max(0, position - len(_BEFORE)))
    return patient.where().replace(patient.file.path.name, f"{file}:{line}")


def _relation(patient: Patient, connection: psycopg.Connection[dict[str, Any]], name: str) -> Finding:
    assert patient.database is not None
    query, check = patient.database.relations[name], f"relation {name}"
    where = place(patient, "relations.sql", name)
    try:
        cursor = connection.execute(sql.SQL(f"{_BEFORE}{query}\n) r limit 0"), {})
    except psycopg.errors.InsufficientPrivilege as error:
        return wrong(check, f"{where}: {_said(error)}", "grant select on it to the role of [database] dsn")
    except psycopg.Error as error:
        where = place(patient, "relations.sql", name, query, error)
        hint = error.diag.message_hint or f"the SELECT of the relation {name!r}, over the target's own tables"
        return wrong(check, f"{where}: {_said(error)}", hint)
    types = {column.name: column.type_code for column in cursor.description or ()}
    missing = [column for column in RELATIONS[name] if column not in types]
    if missing:
        return wrong(check, f"{where}: lacks the column {missing[0]!r}", f"select {', '.join(RELATIONS[name])}")
    for column in RELATIONS[name]:
        wanted = _wanted(column)
        if types[column] not in wanted:
            found = _type_name(connection, types[column])
            cast = next(iter(wanted.values()))
            detail = f"{where}: {column} is {found}, and must be {cast}"
            return wrong(check, detail, _cast_hint(column, cast))
    try:
        return _values(patient, connection, name, where)
    except psycopg.Error as error:
        return wrong(check, f"{where}: {_said(error)}", "some row of it can't be read this way")


def _values(patient: Patient, connection: psycopg.Connection[dict[str, Any]], name: str, where: str) -> Finding:
    column, allowed = ("role", _ROLES) if name == "attendance" else ("status", STATUSES.get(name, ()))
    assert patient.database is not None
    source = f"(\n{patient.database.relations[name]}\n) {name}"  # alone: another relation may be wrong

    def rows_of(query: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        return connection.execute(sql.SQL(query), values).fetchall()

    rows = int(rows_of(f"select count(*) as rows from {source}", {})[0]["rows"])
    if allowed:
        query = (
            f"select distinct {column} as found from {source} where {column} is null or {column} <> all(%(allowed)s)"
        )
        strange = [row["found"] for row in rows_of(query, {"allowed": list(allowed)})]
        if strange:
            shown = ", ".join("null" if one is None else repr(one) for one in strange[:4])
            hint = f"a case in its SELECT maps the target's own words to: {', '.join(allowed)}"
            return wrong(f"relation {name}", f"{where}: {column} holds {shown}", hint)
    if name == "rooms" and rows_of(f"select 1 from {source} where host_present is null limit 1", {}):
        return wrong("relation rooms", f"{where}: host_present is null", "coalesce(..., false)")
    return ok(f"relation {name}", counted(rows, "row"))


def _wanted(column: str) -> dict[int, str]:
    return _BOOL if column == "host_present" else _TIME if column in _TIMES else _TEXT


def _cast_hint(column: str, cast: str) -> str:
    if cast == "timestamptz":
        return f"times are compared with the clock: ({column} at time zone 'UTC') as {column}"
    if cast == "boolean":
        return f"a condition, such as (... is true) as {column}"
    return f"ids and words are compared as text: {column}::text as {column}"


def _type_name(connection: psycopg.Connection[dict[str, Any]], oid: int) -> str:
    return str(connection.execute("select format_type(%s, null) as name", [oid]).fetchall()[0]["name"])


def _said(error: psycopg.Error) -> str:
    return error.diag.message_primary or str(error).splitlines()[0]
