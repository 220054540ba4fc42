"""The target's database: reads the five relations, and carries out its arrangements where it allows them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.pq import TransactionStatus
from psycopg.rows import dict_row

from greenroom.core.errors import BadTarget, NotApplicable, TargetUnavailable
from greenroom.drivers.trust import trusting_dsn
from greenroom.relations.canonical import RELATIONS, load_queries, load_relations, over_relations
from greenroom.relations.sql_lines import line_of_query
from greenroom.relations.state import SNAPSHOT, State

_CONNECT_SECONDS = 10
_READ_ONLY = " -c default_transaction_read_only=on -c lock_timeout=5s -c statement_timeout=60s"


class Database:
    """One worker's connection. Every statement is its own transaction, so that nothing of ours holds a lock."""

    def __init__(self, dsn: str, folder: Path, *, writable: bool, elsewhere: Collection[str] = ()) -> None:
        """Connect and read the target's SQL; relations that are shown `elsewhere` may be missing in it.

        Raises TargetUnavailable when the database can't be reached, BadTarget when the files are wrong.
        """
        self.dsn, self._folder, self._writable = dsn, folder, writable
        self.relations = load_relations(folder / "relations.sql", elsewhere=elsewhere)
        arrange = folder / "arrange.sql"
        self._arrange = load_queries(arrange) if arrange.is_file() and writable else {}
        self._connection = self._connect()
        self._planned_once = self._plans_once()
        self._queries: dict[str, str] = {}

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def check_relations(self) -> None:
        """Raises BadTarget when a relation's SELECT fails or lacks a column."""
        text = (self._folder / "relations.sql").read_text(encoding="utf-8")
        for name in self.relations:
            columns = RELATIONS[name]
            where = f"{self._folder.name}/relations.sql:{line_of_query(text, name)}: {name}"
            try:
                cursor = self._connection.execute(f"select * from (\n{self.relations[name]}\n) r limit 0".encode(), {})
            except psycopg.OperationalError as error:  # a lock, or a connection that broke: no fault of the file
                raise TargetUnavailable("database", f"the database broke off: {_first_line(error)}") from None
            except psycopg.Error as error:
                raise BadTarget(f"{where}: {_first_line(error)}", hint="the SELECT of that relation") from None
            found = [column.name for column in cursor.description or ()]
            missing = [column for column in columns if column not in found]
            if missing:
                raise BadTarget(f"{where} lacks the column {missing[0]!r}", hint=f"it must select {', '.join(columns)}")

    def holds(self, relation: str) -> bool:
        """Whether the relation is a table of this database, as far as the target's SQL says."""
        return relation in self.relations

    def snapshot(self, rooms: Sequence[str], accounts: Sequence[str]) -> State:
        """All rows of the five relations that belong to these rooms and accounts."""
        found = self.query(SNAPSHOT, {"rooms": list(rooms), "accounts": list(accounts)})
        return State.of((row["relation"], row["row"]) for row in found)

    def query(self, query: str, values: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """The rows of a query over the five relations. Raises TargetUnavailable when the connection is lost."""
        text = self._queries.get(query)
        if text is None:
            text = self._queries[query] = over_relations(self.relations, query)
        return self._run(text, values or {}, again=True)

    def can_arrange(self, name: str) -> bool:
        """Whether the target describes the arrangement `name` and may be written to."""
        return name in self._arrange

    def arrange(self, arrangement: str, /, **values: Any) -> list[dict[str, Any]]:
        """Carry out an arrangement by its name. Raises NotApplicable when the target has none of that name."""
        query = self.arrangement(arrangement)
        try:
            return self._run(query, values)
        except psycopg.Error as error:
            where = f"{self._folder.name}/arrange.sql: {arrangement}"
            raise BadTarget(f"{where}: {_first_line(error)}", hint="the statement of that arrangement") from None

    def refuses(self, arrangement: str, /, **values: Any) -> str:
        """The constraint's complaint when the schema refuses an arrangement, or "" when not. Undone either way."""
        query = self.arrangement(arrangement)
        try:
            with self._connection.transaction(force_rollback=True):
                self._connection.execute(sql.SQL(query), values)
        except psycopg.IntegrityError as error:
            return _first_line(error)
        return ""

    def arrangement(self, name: str) -> str:
        """The statement of an arrangement. Raises NotApplicable when the target has none of that name."""
        if name not in self._arrange:
            raise NotApplicable(f"arrange:{name}", f"the target's arrange.sql has no {name!r}")
        return self._arrange[name]

    def scalar(self, query: str) -> int:
        """The one number that a query of the harness's own gives."""
        return int(next(iter(self._run(query, {})[0].values())))

    def script(self, statements: sql.Composed) -> None:
        """Carry out statements of the harness's own, all or none."""
        self._connection.execute(statements)

    def try_lock(self, number: int) -> bool:
        """Take the advisory lock of that number for this connection, if nobody holds it."""
        return bool(self._run("select pg_try_advisory_lock(%(number)s) as taken", {"number": number})[0]["taken"])

    def unlock(self, number: int) -> None:
        """Let the advisory lock go."""
        self._run("select pg_advisory_unlock(%(number)s)", {"number": number})

    def command(self, statement: sql.Composed) -> None:
        """One statement of the harness's own that can't be part of a transaction."""
        self._connection.execute(statement)

    def rows(self, query: sql.Composed) -> list[dict[str, Any]]:
        """The rows of a query of the harness's own over the target's own tables."""
        return self._connection.execute(query).fetchall()

    def now(self) -> str:
        """The database's clock, ISO 8601."""
        return str(self._run("select to_jsonb(clock_timestamp()) #>> '{}' as now", {})[0]["now"])

    def version(self) -> str:
        """The server's version, for the record."""
        return str(self._run("select current_setting('server_version') as version", {})[0]["version"])

    def _connect(self) -> psycopg.Connection[dict[str, Any]]:
        try:
            return psycopg.connect(
                trusting_dsn(self.dsn),
                autocommit=True,
                row_factory=dict_row,
                connect_timeout=_CONNECT_SECONDS,
                application_name="greenroom",
                options="-c timezone=UTC" + ("" if self._writable else _READ_ONLY),
            )
        except psycopg.Error as error:
            raise TargetUnavailable(
                "database", f"the database can't be reached: {_first_line(error)}", hint="[database] dsn of the target"
            ) from None

    def _was_interrupted(self) -> bool:
        """Whether a statement was sent whose answer nobody waits for any more."""
        active = self._connection.info.transaction_status is TransactionStatus.ACTIVE
        return active and not self._connection.lock.locked()

    def _connect_again(self) -> None:
        self._connection.close()
        self._connection = self._connect()
        self._planned_once = self._plans_once()

    def _plans_once(self) -> bool:
        """Have a query that is prepared planned once, for all values: over five relations planning takes longer than
        the query itself, and PostgreSQL would plan it anew five times.

        Only where the server itself answers. Behind a pooler a prepared query or a setting would reach a connection
        that is somebody else's next; a pooler shows by the server process, which is not the one that it names.
        """
        own = "select set_config('plan_cache_mode', 'force_generic_plan', false) where pg_backend_pid() = %(pid)s"
        try:
            cursor = self._connection.execute(own, {"pid": self._connection.info.backend_pid}, prepare=False)
        except psycopg.Error:  # before PostgreSQL 12 there is no such setting
            return False
        return cursor.fetchone() is not None

    def _run(self, text: str, values: Mapping[str, Any], *, again: bool = False) -> list[dict[str, Any]]:
        """Rows of a statement; `again` for one that will be carried out again and again."""
        if self._was_interrupted():
            self._connect_again()  # what removes everything after a Ctrl-C must not fail
        prepare = True if again and self._planned_once else None  # None leaves it to psycopg, which counts
        try:
            try:
                cursor = self._connection.execute(sql.SQL(text), values, prepare=prepare)
            except psycopg.errors.FeatureNotSupported:  # a migration changed a column since the query was prepared
                cursor = self._connection.execute(sql.SQL(text), values, prepare=False)
        except psycopg.OperationalError as error:
            if self._connection.closed:
                self._connect_again()
            raise TargetUnavailable("database", f"the database broke off: {_first_line(error)}") from None
        return cursor.fetchall() if cursor.description else []


def _first_line(error: psycopg.Error) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__
