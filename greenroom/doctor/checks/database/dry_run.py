"""Carries out arrangements inside a transaction that is rolled back: nobody ever sees what they write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from psycopg import sql

from greenroom.core import clock
from greenroom.doctor.examination import Examination
from greenroom.doctor.own_connection import connect, select
from greenroom.drivers.opened_connection import Connection
from greenroom.targetfile.arrangements import USUALLY

Rows = list[dict[str, Any]]


class WrongEffect(Exception):
    """An arrangement runs, and does not do what its name says."""


class DryRun:
    """One transaction for all arrangements; each has a savepoint of its own."""

    def __init__(self, examination: Examination, connection: Connection, queries: dict[str, str]) -> None:
        self._examination, self._connection, self.queries = examination, connection, queries
        self.mark, self.states = examination.mark, examination.target.states
        self.presence = examination.target.presence
        host, guest = examination.host, examination.guest
        self.room, self.host, self.guest = host.room_id, host.account_id, guest.account_id
        self.proofs = host.account.proofs if host.account is not None else []
        self.began = clock.database_now().replace(microsecond=0) - dt.timedelta(hours=5)  # any column can hold it
        self.ended = self.began + dt.timedelta(hours=1)

    @contextmanager
    def rolled_back(self) -> Iterator[None]:
        """What happens within is rolled back at its end."""
        with self._connection.transaction(force_rollback=True):
            yield

    def arrange(self, arrangement: str, /, **values: Any) -> Rows:
        """Carry out a statement of arrange.sql. Raises psycopg.Error."""
        cursor = self._connection.execute(sql.SQL(self.queries[arrangement]), {**USUALLY, **values})
        return cursor.fetchall() if cursor.description else []

    def rows(self, query: str, **values: Any) -> Rows:
        """Rows of the relations as this transaction sees them."""
        return select(self._examination, self._connection, query, values)

    def row(self, relation: str, column: str, value: str) -> dict[str, Any]:
        """The row of a relation with that value. Raises WrongEffect when there is none."""
        rows = self.rows(f"select * from {relation} where {column} = %(value)s", value=value)
        if not rows:
            raise WrongEffect(f"afterwards the relation {relation} has no row with {column} {value!r}")
        return rows[0]

    def room_status(self, status: str) -> str | None:
        """The room's status, once it was set to that one. Raises psycopg.Error, or WrongEffect."""
        self.arrange("set_room", room_id=self.room, status=status, session_id=None, host_present=False)
        found: str | None = self.row("rooms", "room_id", self.room)["status"]
        return found

    def session_status(self, status: str) -> str | None:
        """The status of a session that was added with that one. Raises psycopg.Error, or WrongEffect."""
        found: str | None = self.row("sessions", "session_id", self.session(status))["status"]
        return found

    def session(self, status: str) -> str:
        """A session of that status, arranged; its id. Raises WrongEffect when the statement does not return it."""
        closed = status in ("ended", "cancelled")
        rows = self.arrange(
            "add_session",
            room_id=self.room,
            title=self.mark,
            status=status,
            starts_at=self.began,
            ended_at=self.ended if closed else None,
        )
        if not rows or rows[0].get("session_id") is None:
            raise WrongEffect("it does not return session_id")
        return str(rows[0]["session_id"])


@contextmanager
def dry_run(examination: Examination, queries: dict[str, str]) -> Iterator[DryRun]:
    """A dry run; when it is over nothing of it is left."""
    with connect(examination, read_only=False) as connection, connection.transaction(force_rollback=True):
        yield DryRun(examination, connection, queries)


def expect(what: str, wanted: object, found: object) -> None:
    """Raises WrongEffect when two values are not the same."""
    if wanted != found:
        raise WrongEffect(f"afterwards {what} is {_said(found)}, not {_said(wanted)}")


def _said(value: object) -> str:
    return value.isoformat(" ") if isinstance(value, dt.datetime) else repr(value)
