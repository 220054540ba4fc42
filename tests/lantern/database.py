"""Connections, and how rows become values."""

from __future__ import annotations

from datetime import datetime
from typing import Any, LiteralString, TypeVar

import psycopg
from psycopg.rows import class_row
from psycopg_pool import ConnectionPool

T = TypeVar("T")
Database = psycopg.Connection[tuple[Any, ...]]
Pool = ConnectionPool[Database]

MOST = 24
PATIENCE = 20.0
"""Seconds that a request waits for a connection."""


def open_pool(address: str) -> Pool:
    """Connections to Lantern's schema; each is one transaction, from the first statement to the end of its `with`."""
    options = "-c search_path=lantern -c timezone=UTC"
    return ConnectionPool(address, kwargs={"options": options}, min_size=2, max_size=MOST, timeout=PATIENCE, open=True)


def one(db: Database, kind: type[T], query: LiteralString, **values: object) -> T | None:
    """The first row as a `kind`, or None."""
    with db.cursor(row_factory=class_row(kind)) as cursor:
        return cursor.execute(query, values).fetchone()


def many(db: Database, kind: type[T], query: LiteralString, **values: object) -> list[T]:
    """Every row as a `kind`."""
    with db.cursor(row_factory=class_row(kind)) as cursor:
        return cursor.execute(query, values).fetchall()


def number(db: Database, query: LiteralString, **values: object) -> int:
    """The one number that a query returns."""
    row = db.execute(query, values).fetchone()
    assert row is not None
    return int(row[0])


def clock(db: Database) -> datetime:
    """The time now. Not the transaction's: it may have begun before it got the lock that it waited for."""
    row = db.execute("select clock_timestamp()").fetchone()
    assert row is not None
    moment: datetime = row[0]
    return moment
