"""A hot standby shows what has happened a little later than its primary does: who reads there waits until it has caught
up. Without that a step would be charged with what the steps before it have changed."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import psycopg

from greenroom.core.deadlines import eventually
from greenroom.core.errors import TargetUnavailable
from greenroom.drivers.database_connection import DatabaseConnection

_ON_ITS_WAY = 0.25
"""Seconds in which a standby is sent what its primary has committed. It is not told what it has not been sent yet, so
there is nothing else to wait for."""


@dataclass(frozen=True)
class Standby:
    """A server that follows another one. What it was sent it has within `seconds`."""

    connection: DatabaseConnection
    seconds: float

    @staticmethod
    def behind(connection: DatabaseConnection, seconds: float) -> Standby | None:
        """The standby that the connection leads to; None where it leads to a primary, or to no PostgreSQL."""
        try:
            follows = connection.read("select pg_is_in_recovery() as so")[0]["so"]
        except psycopg.Error:
            return None
        return Standby(connection, seconds) if follows else None

    def catch_up(self) -> None:
        """Return once all that had been committed before can be read on the standby. One that is fed by files, and not
        by its primary, can't tell. Raises TargetUnavailable when it takes longer than it may."""
        time.sleep(_ON_ITS_WAY)  # what has not been sent yet shows nowhere on a standby: no condition to wait for
        sent = self.connection.read("select pg_last_wal_receive_lsn()::text as position")[0]["position"]
        if sent is None:
            return
        shown, _ = eventually(lambda: self._shows(sent), bool, self.seconds)
        if not shown:
            message = f"the database is a hot standby, and more than {self.seconds:g} s behind its primary"
            hint = "[database] dsn of the primary, or a longer [deadlines] settle"
            raise TargetUnavailable("standby-behind", message, hint=hint)

    def _shows(self, position: Any) -> bool:
        query = "select pg_last_wal_replay_lsn() >= %(position)s::pg_lsn as so"
        return bool(self.connection.read(query, {"position": position})[0]["so"])
