"""The doctor's own connections to the database, and where its queries stand in the target's folder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg import sql

from greenroom.doctor.examination import Examination
from greenroom.doctor.prerequisites import DATABASE
from greenroom.drivers.opened_connection import Connection, open_connection
from greenroom.relations.canonical import over_relations
from greenroom.relations.sql_lines import line_of_query

STATEMENT_MILLISECONDS = 15_000

WRAPPER = "select * from (\n"
"""What the doctor puts before a relation's query: the database counts positions from its beginning."""


def connect(examination: Examination, *, read_only: bool) -> Connection:
    """A connection on which no statement and no wait for a lock takes long."""
    described = examination.target.database
    assert described is not None
    settings = {
        "timezone": "UTC",
        "statement_timeout": str(STATEMENT_MILLISECONDS),
        "lock_timeout": str(STATEMENT_MILLISECONDS // 3),
    } | ({"default_transaction_read_only": "on"} if read_only else {})
    return open_connection(described.dsn, settings, called="greenroom doctor").raw


def select(
    examination: Examination, connection: Connection, query: str, values: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The rows of a query over the five relations."""
    relations = examination.get(DATABASE).relations
    return connection.execute(sql.SQL(over_relations(relations, query)), values).fetchall()


def where_query(
    examination: Examination, file: str, name: str, query: str = "", error: psycopg.Error | None = None
) -> str:
    """Where a query of relations.sql or arrange.sql stands, or the place in it that the database complains about."""
    text = (examination.target.folder / file).read_text(encoding="utf-8")
    position = int(error.diag.statement_position or 0) if error is not None else 0
    line = line_of_query(text, name, query, max(0, position - len(WRAPPER)))
    return examination.where().replace(examination.file.path.name, f"{file}:{line}")
