"""Advisory locks behind a pooler, where a session is nobody's own: they last as long as a transaction."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import psycopg

from greenroom.core.errors import TargetUnavailable
from greenroom.drivers.opened_connection import Connection


class TransactionLocks:
    """The locks of one harness. They are held by one transaction, which is open for as long as any of them is."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        self._connect = connect
        self._raw: Connection | None = None
        self._held: set[int] = set()

    def try_lock(self, number: int) -> bool:
        """Take the lock of that number, if nobody holds it. Raises TargetUnavailable when a lock was lost meanwhile."""
        if self._raw is None or self._raw.closed:
            self._raw = self._begun()
        taken = _take(self._raw, number)
        if taken:
            self._held.add(number)
        return taken

    def unlock(self, number: int) -> None:
        """Let it go. Others get it when the last lock has gone."""
        self._held.discard(number)
        if not self._held:
            self.close()

    def close(self) -> None:
        """Let all of them go."""
        self._held.clear()
        if self._raw is not None:
            with suppress(psycopg.Error):  # whoever has lost the connection has lost the locks
                self._raw.rollback()
            self._raw.close()
            self._raw = None

    def _begun(self) -> Connection:
        raw = self._connect()
        raw.autocommit = False
        if not all(_take(raw, number) for number in self._held):
            raw.close()
            self._held.clear()
            raise TargetUnavailable(
                "database", "the database broke off, and an account that was leased was taken by another run"
            )
        return raw


def _take(raw: Connection, number: int) -> bool:
    try:
        row = raw.execute("select pg_try_advisory_xact_lock(%s) as taken", [number]).fetchone()
    except psycopg.OperationalError as error:
        raise TargetUnavailable("database", f"the database broke off: {error}") from None
    return row is not None and bool(row["taken"])
