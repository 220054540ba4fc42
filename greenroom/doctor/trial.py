"""Tries arrangements inside a transaction that is rolled back: nobody ever sees what they write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from greenroom.doctor.database import connected, select
from greenroom.doctor.patient import Patient

Rows = list[dict[str, Any]]


class Amiss(Exception):
    """An arrangement runs, and does not do what its name says."""


class Trial:
    """One transaction for all arrangements; each has a savepoint of its own."""

    def __init__(
        self, patient: Patient, connection: psycopg.Connection[dict[str, Any]], queries: dict[str, str]
    ) -> None:
        self.patient, self.queries = patient, queries
        self._connection = connection
        self.room, self.host, self.guest = patient.host.room_id, patient.host.account_id, patient.guest.account_id
        self.began = dt.datetime.now(dt.UTC) - dt.timedelta(hours=5)
        self.ended = self.began + dt.timedelta(hours=1)

    @contextmanager
    def undone(self) -> Iterator[None]:
        """What happens within is undone at its end."""
        with self._connection.transaction(force_rollback=True):
            yield

    def do(self, arrangement: str, /, **values: Any) -> Rows:
        """Carry out a statement of arrange.sql. Raises psycopg.Error."""
        cursor = self._connection.execute(sql.SQL(self.queries[arrangement]), values)
        return cursor.fetchall() if cursor.description else []

    def see(self, query: str, **values: Any) -> Rows:
        """Rows of the relations as this transaction sees them."""
        return select(self.patient, self._connection, query, values)

    def one(self, relation: str, column: str, value: str) -> dict[str, Any]:
        """The row of a relation with that value. Raises Amiss when there is none."""
        rows = self.see(f"select * from {relation} where {column} = %(value)s", value=value)
        if not rows:
            raise Amiss(f"afterwards the relation {relation} has no row with {column} {value!r}")
        return rows[0]

    def session(self, status: str) -> str:
        """A session of that status, arranged; its id. Raises Amiss when the statement does not return it."""
        closed = status in ("ended", "cancelled")
        rows = self.do(
            "add_session",
            room_id=self.room,
            title=self.patient.mark,
            status=status,
            starts_at=self.began,
            ended_at=self.ended if closed else None,
        )
        if not rows or rows[0].get("session_id") is None:
            raise Amiss("it does not return session_id")
        return str(rows[0]["session_id"])


@contextmanager
def trial(patient: Patient, queries: dict[str, str]) -> Iterator[Trial]:
    """A trial; when it is over nothing of it is left."""
    with connected(patient, read_only=False) as connection, connection.transaction(force_rollback=True):
        yield Trial(patient, connection, queries)


def expect(what: str, wanted: object, found: object) -> None:
    """Raises Amiss when two values are not the same."""
    if wanted != found:
        raise Amiss(f"afterwards {what} is {found!r}, not {wanted!r}")
