"""A database that is only looked at: the server itself refuses every write, and nobody is waited for long."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from greenroom.core.errors import BadTarget, TargetUnavailable
from greenroom.drivers.database import Database
from greenroom.relations.sql_lines import line_of_query

LOCK_SECONDS = 5
"""The longest wait for somebody else's lock."""
STATEMENT_SECONDS = 60
"""The longest time that one query may take."""

_PLANNER = {"work_mem": "64MB", "enable_mergejoin": "off", "jit": "off"}
"""For queries over whole tables. Columns that are cast have no statistics: PostgreSQL expects thousands of times
more rows of their joins than there are, and would rather sort both sides on disk than keep one in memory."""

_READS = "set transaction isolation level repeatable read, read only"
_WRITES = (psycopg.errors.ReadOnlySqlTransaction, psycopg.errors.ActiveSqlTransaction)
"""A write, and a try to be allowed one."""


class ReadOnlyDatabase(Database):
    """The relations of a database that must stay as it is, such as that of production."""

    @contextmanager
    def one_look(self) -> Iterator[None]:
        """Everything within is read in one read-only transaction, which sees one moment and is rolled back.

        Raises BadTarget naming the relation that writes or fails, TargetUnavailable when a lock or a query took too
        long.
        """
        try:
            with self._connection.undone() as transaction:
                transaction.execute(_READS)
                transaction.execute(_limits())
                yield
        except (psycopg.Error, BadTarget) as error:
            raise self._at_fault(error) from None
        except TargetUnavailable as error:
            raise _too_long(error) from None

    @contextmanager
    def undone_writes(self) -> Iterator[psycopg.Connection[dict[str, Any]]]:
        """A transaction that may write, sees one moment otherwise, and is rolled back: nothing of it stays.

        A statement that follows a rollback of the statements' own is refused: outside of it the connection only reads.
        Raises TargetUnavailable when a lock or a query took too long, or another transaction came between.
        """
        try:
            with self._connection.undone() as transaction:
                transaction.execute("set transaction isolation level repeatable read, read write")
                transaction.execute(_limits())
                yield transaction
        except TargetUnavailable as error:
            raise _too_long(error) from None

    def is_standby(self) -> bool:
        """Whether the server is a hot standby, which follows another one and refuses every write."""
        return bool(self._connection.read("select pg_is_in_recovery() as so")[0]["so"])

    def _at_fault(self, error: psycopg.Error | BadTarget) -> BadTarget:
        """What to say of a relation that can't be read: which one it is, is found out by reading each by itself."""
        for name, relation in self.relations.items():
            try:
                with self._connection.undone() as transaction:
                    transaction.execute(_READS)
                    transaction.execute(_limits())
                    transaction.execute(f"select count(r) from (\n{relation}\n) r".encode(), {})
            except psycopg.Error as own:
                return self._fault(name, own)
        return error if isinstance(error, BadTarget) else self._fault("", error)

    def _fault(self, relation: str, error: psycopg.Error) -> BadTarget:
        file = self._folder / "relations.sql"
        place = f"{self._folder.name}/{file.name}"
        if relation:
            place += f":{line_of_query(file.read_text(encoding='utf-8'), relation)}: {relation}"
        said = error.diag.message_primary or str(error).splitlines()[0]
        context = (error.diag.context or "").splitlines()
        called = f", in {context[-1]}" if context else ""
        if isinstance(error, _WRITES):
            hint = (
                "PostgreSQL refused it, and nothing was changed: a relation only reads, and so must all that it calls"
            )
            return BadTarget(f"{place} writes: {said}{called}", hint=hint)
        return BadTarget(f"{place} can't be read: {said}{called}", hint="the SELECT of that relation")


def _limits() -> sql.Composed:
    settings = {
        "lock_timeout": f"{LOCK_SECONDS}s",
        "statement_timeout": f"{STATEMENT_SECONDS}s",
        "idle_in_transaction_session_timeout": f"{STATEMENT_SECONDS}s",
    } | _PLANNER
    every = (
        sql.SQL("set local {} = {}").format(sql.Identifier(name), sql.Literal(value))
        for name, value in settings.items()
    )
    return sql.SQL("; ").join(every)


def _too_long(error: TargetUnavailable) -> TargetUnavailable:
    match error.__context__:
        case psycopg.errors.LockNotAvailable():
            return TargetUnavailable(
                "locked",
                f"somebody holds a lock on one of the target's tables for more than {LOCK_SECONDS} s",
                hint="a migration or another long transaction is under way: try again when it is over",
            )
        case psycopg.errors.QueryCanceled():
            return TargetUnavailable(
                "too-slow",
                f"the database did not answer a query within {STATEMENT_SECONDS} s",
                hint="is an index missing for a SELECT of relations.sql, or is the database busy?",
            )
        case psycopg.errors.DeadlockDetected():
            return TargetUnavailable(
                "changed-meanwhile", "somebody changed the same rows at the same moment", hint="try again"
            )
        case psycopg.errors.SerializationFailure() as error_of_server if "recovery" not in str(error_of_server):
            return TargetUnavailable(
                "changed-meanwhile", "somebody changed the same rows at the same moment", hint="try again"
            )
        case psycopg.errors.SerializationFailure():
            return TargetUnavailable(
                "standby-conflict",
                "the standby broke the audit off: its primary changed what was being read",
                hint="try again; max_standby_streaming_delay says how long a standby waits for who reads",
            )
    return error
