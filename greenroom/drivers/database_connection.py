"""A connection to the target's database that outlives a drop: what only reads is asked again, once, on a new one."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from psycopg.pq import TransactionStatus

from greenroom.core.errors import TargetUnavailable
from greenroom.drivers.database_hints import READ_ONLY, what_to_do
from greenroom.drivers.opened_connection import Connection, Opened, open_connection
from greenroom.drivers.statement_deadline import StatementDeadline
from greenroom.drivers.transaction_locks import TransactionLocks

_ANSWER_SECONDS, _LONG_ANSWER_SECONDS = 40.0, 70.0
"""Until a statement is answered: what waits for a row or a table waits less. Of a connection that only reads, longer
than the server is given for it."""

_ZONE = {"timezone": "UTC"}
_READ_ONLY = {"default_transaction_read_only": "on", "lock_timeout": "5s", "statement_timeout": "60s"}
# A firewall that forgets a connection says nothing: without these, who waits for an answer waits for hours.
_KEEPALIVE: dict[str, Any] = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}

_TAKES_NONE = "the database takes no writes"
_UNDONE = (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure)
_TIMES_CROSSED = 3

Rows = list[dict[str, Any]]
Statement = LiteralString | sql.SQL | sql.Composed


class _Dropped(TargetUnavailable):
    """The connection was lost in the midst of a statement, and there is a new one."""


class _Crossed(TargetUnavailable):
    """The server has undone a statement, since it and another waited for each other, or could not both have been."""


class DatabaseConnection:
    """Every statement is its own transaction, so that nothing of ours holds a lock, and a drop breaks off one alone."""

    def __init__(self, dsn: str, *, writable: bool, answer: float = 0.0) -> None:
        """Connect; one that is not `writable` refuses every write, and waits for no lock for long. A connection is lost
        on which a statement is not answered within `answer` seconds. Raises TargetUnavailable when the database can't
        be reached."""
        self._dsn, self._writable = dsn, writable
        self._deadline = StatementDeadline(answer or (_ANSWER_SECONDS if writable else _LONG_ANSWER_SECONDS))
        self._guard = threading.RLock()
        self._locks: set[int] = set()
        self._pooled_locks = TransactionLocks(lambda: self._connect().raw)
        self._use(self._connect())
        self.version = self.raw.info.parameter_status("server_version") or ""
        """The server's version, as it said when it was first reached."""

    def close(self) -> None:
        """Let go of it."""
        self._deadline.close()
        self._pooled_locks.close()
        self.raw.close()

    def read(self, statement: Statement, values: Mapping[str, Any] | None = None, *, again: bool = False) -> Rows:
        """The rows of a statement that changes nothing; `again` for one that will be carried out again and again.

        Raises TargetUnavailable when the connection is lost twice, or the server breaks the statement off for good.
        """
        try:
            return self._run(statement, values, again=again)
        except (_Dropped, _Crossed):
            return self._run(statement, values, again=again)

    def write(self, statement: Statement, values: Mapping[str, Any] | None = None) -> Rows:
        """The rows of a statement that may change something. Where it may have been carried out it is never sent twice;
        the server itself undoes one that met others of the target crosswise, and asks for it to be tried again. Raises
        TargetUnavailable when the connection is lost in its midst."""
        self.read("select 1")  # a connection that was lost before is found out, and replaced
        for _ in range(_TIMES_CROSSED):
            with suppress(_Crossed):
                return self._run(statement, values)
        return self._run(statement, values)

    def check_writes(self) -> None:
        """Raises TargetUnavailable when the server takes no writes from us: nothing could be removed again."""
        if self.read("select current_setting('transaction_read_only') as setting")[0]["setting"] == "on":
            raise TargetUnavailable("database", _TAKES_NONE, hint=READ_ONLY)

    @contextmanager
    def undone(self) -> Iterator[Connection]:
        """A transaction of which nothing stays. Raises TargetUnavailable when the connection is lost in its midst."""
        self.read("select 1")
        try:
            with self._deadline.kept(self.raw), self.raw.transaction(force_rollback=True):
                yield self.raw
        except psycopg.OperationalError as error:
            raise _broke_off(error) from None

    def waits_at_most(self, seconds: float) -> AbstractContextManager[None]:
        """In the block the connection is lost on which a statement is not answered within that time."""
        return self._deadline.at_most(seconds)

    @property
    def is_pooled(self) -> bool:
        """Whether a pooler stands between us and the server."""
        return self._opened.is_pooled

    def try_lock(self, number: int) -> bool:
        """Take the advisory lock of that number, if nobody holds it. It is kept over a drop."""
        if self.is_pooled:
            return self._pooled_locks.try_lock(number)
        taken = self.read("select pg_try_advisory_lock(%(number)s) as taken", {"number": number})
        if taken[0]["taken"]:
            self._locks.add(number)
        return bool(taken[0]["taken"])

    def unlock(self, number: int) -> None:
        """Let the advisory lock go."""
        if self.is_pooled:
            self._pooled_locks.unlock(number)
        else:
            self._locks.discard(number)
            self.read("select pg_advisory_unlock(%(number)s)", {"number": number})

    def _connect(self) -> Opened:
        settings = _ZONE if self._writable else _ZONE | _READ_ONLY
        try:
            return open_connection(self._dsn, settings, called="greenroom", deadline=self._deadline, **_KEEPALIVE)
        except psycopg.Error as error:
            hint = what_to_do(error, "[database] dsn of the target")
            raise TargetUnavailable(
                "database", f"the database can't be reached: {first_line(error)}", hint=hint
            ) from None

    def _use(self, opened: Opened) -> None:
        self._opened, self.raw = opened, opened.raw

    def _connect_again(self, lost: Connection) -> None:
        """Replace a connection that was lost, unless another thread has. Raises TargetUnavailable, also when somebody
        else has taken a lock of ours meanwhile."""
        with self._guard:
            if self.raw is not lost:
                return
            lost.close()
            self._use(self._connect())
            for number in self._locks:
                row = self.raw.execute("select pg_try_advisory_lock(%s) as taken", [number]).fetchone()
                if row is None or not row["taken"]:
                    self._locks.clear()
                    raise TargetUnavailable(
                        "database", "the database broke off, and an account that was leased was taken by another run"
                    )

    def _was_interrupted(self) -> bool:
        """Whether a statement was sent whose answer nobody waits for any more."""
        active = self.raw.info.transaction_status is TransactionStatus.ACTIVE
        return active and not self.raw.lock.locked()

    def _run(self, statement: Statement, values: Mapping[str, Any] | None, *, again: bool = False) -> Rows:
        if self.raw.closed or self._was_interrupted():
            self._connect_again(self.raw)  # what removes everything after a Ctrl-C must not fail
        connection = self.raw
        prepare = True if again and self._opened.plans_once else None  # None leaves it to psycopg, which counts
        try:
            with self._deadline.kept(connection):
                cursor = connection.execute(statement, values, prepare=prepare)
        except psycopg.OperationalError as error:
            if isinstance(error, _UNDONE):
                raise _Crossed("database", _broke_off(error).message) from None
            if not connection.closed:
                raise _broke_off(error) from None
            self._connect_again(connection)
            raise _Dropped("database", _broke_off(error).message) from None
        except psycopg.errors.ReadOnlySqlTransaction as error:
            if not self._writable:
                raise
            raise TargetUnavailable("database", f"{_TAKES_NONE}: {first_line(error)}", hint=READ_ONLY) from None
        return cursor.fetchall() if cursor.description else []


def first_line(error: psycopg.Error) -> str:
    """What the database complains about, in a line."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__


def _broke_off(error: psycopg.OperationalError) -> TargetUnavailable:
    return TargetUnavailable("database", f"the database broke off: {first_line(error)}", hint=what_to_do(error))
