"""The target's database: reads the five relations, and carries out its arrangements where it allows them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from greenroom.core.errors import BadTarget, NotApplicable
from greenroom.drivers.database_connection import DatabaseConnection, first_line
from greenroom.drivers.database_hints import of_a_relation, what_to_do
from greenroom.drivers.standby import Standby
from greenroom.relations.canonical import RELATIONS, canonical, load_queries, load_relations, over_relations
from greenroom.relations.sql_lines import line_of_query
from greenroom.relations.state import SNAPSHOT, State
from greenroom.targetfile.arrangements import USUALLY

_FORBIDDEN = (
    psycopg.errors.CheckViolation,
    psycopg.errors.ForeignKeyViolation,
    psycopg.errors.InvalidTextRepresentation,
    psycopg.errors.RaiseException,
)

_PING_SECONDS = 5.0


class Database:
    """One worker's database, read in the five relations, and written to by arrangements."""

    def __init__(
        self, dsn: str, folder: Path, *, writable: bool, elsewhere: Collection[str] = (), settle: float = 0.0
    ) -> None:
        """Connect and read the target's SQL; relations that are shown `elsewhere` may be missing in it. A hot standby
        is waited for at most `settle` seconds each time that it is read, and not at all when that is 0.

        Raises TargetUnavailable when the database can't be reached, BadTarget when the files are wrong.
        """
        self.dsn, self._folder, self._writable = dsn, folder, writable
        self.relations = load_relations(folder / "relations.sql", elsewhere=elsewhere)
        arrange = folder / "arrange.sql"
        self._arrange = load_queries(arrange) if arrange.is_file() and writable else {}
        self._connection = DatabaseConnection(dsn, writable=writable)
        self._standby = Standby.behind(self._connection, settle) if settle and not writable else None
        self._queries: dict[str, str] = {}

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def check_answers(self) -> None:
        """Raises TargetUnavailable when the server does not answer `select 1` within 5 seconds. It is asked before a
        query that may be slow, so that a frozen server is not waited for as long as a slow query is."""
        with self._connection.waits_at_most(_PING_SECONDS):
            self._connection.read("select 1")

    def check_relations(self) -> None:
        """Raises BadTarget when a relation's SELECT fails, lacks a column, or has one that can't be read as it must;
        TargetUnavailable when what we may write to takes no writes."""
        if self._writable:
            self._connection.check_writes()
        for name, columns in RELATIONS.items():
            if name in self.relations and self._complaint(name, ", ".join(map(canonical, columns))):
                raise self._bad_relation(name)

    def _bad_relation(self, name: str) -> BadTarget:
        text, columns = (self._folder / "relations.sql").read_text(encoding="utf-8"), RELATIONS[name]
        where = f"{self._folder.name}/relations.sql:{line_of_query(text, name)}: {name}"
        if error := self._error(name, "*"):
            query = "select current_setting('search_path') as path, current_database() as name"
            here = self._connection.read(query)[0]
            hint = of_a_relation(error, str(here["path"]), str(here["name"]))
            return BadTarget(f"{where}: {first_line(error)}", hint=hint)
        for column in columns:
            if self._complaint(name, column):
                return BadTarget(f"{where} lacks the column {column!r}", hint=f"it must select {', '.join(columns)}")
            if complaint := self._complaint(name, canonical(column)):
                return BadTarget(f"{where}: {column}: {complaint}", hint="cast it in that SELECT")
        return BadTarget(f"{where}: its columns can't be read together", hint="the SELECT of that relation")

    def _complaint(self, name: str, what: str) -> str:
        """What the database has against selecting that from a relation; "" for nothing."""
        error = self._error(name, what)
        return first_line(error) if error is not None else ""

    def _error(self, name: str, what: str) -> psycopg.Error | None:
        try:
            self._connection.read(sql.SQL(f"select {what} from (\n{self.relations[name]}\n) r limit 0"), {})
        except psycopg.Error as error:
            return error
        return None

    def holds(self, relation: str) -> bool:
        """Whether the relation is a table of this database, as far as the target's SQL says."""
        return relation in self.relations

    def snapshot(self, rooms: Sequence[str], accounts: Sequence[str]) -> State:
        """All rows of the five relations that belong to these rooms and accounts."""
        found = self.query(SNAPSHOT, {"rooms": list(rooms), "accounts": list(accounts)})
        return State.of((row["relation"], row["row"]) for row in found)

    def query(self, query: str, values: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """The rows of a query over the five relations. Raises TargetUnavailable when the connection is lost, BadTarget
        when a row of the target's own can't be read as its relations say."""
        text = self._queries.get(query)
        if text is None:
            text = self._queries[query] = over_relations(self.relations, query)
        if self._standby is not None:
            self._standby.catch_up()
        try:
            return self._connection.read(sql.SQL(text), values or {}, again=True)
        except (psycopg.DataError, psycopg.ProgrammingError) as error:
            where = f"{self._folder.name}/relations.sql"
            raise BadTarget(f"{where}: {first_line(error)}", hint="greenroom doctor looks at each relation") from None

    def room_page(self, room: str) -> str:
        """What the relation `rooms` has for a room in a column `room_page` of its own, which stands for the room in the
        address of its page; "" for an unknown room. Raises BadTarget where there is no such column."""
        if self._standby is not None:
            self._standby.catch_up()
        query = f"select room_page from (\n{self.relations['rooms']}\n) r where room_id::text = %(room)s"
        try:
            found = self._connection.read(sql.SQL(query), {"room": room})
        except psycopg.ProgrammingError as error:
            where = f"{self._folder.name}/relations.sql: rooms"
            hint = "{room_page} stands in [web]: a column of that name, or `room_page` in the answer of room_state"
            raise BadTarget(f"{where}: {first_line(error)}", hint=hint) from None
        return str(found[0]["room_page"]) if found else ""

    def guest(self, room: str, account: str) -> str:
        """What the relation `attendance` has for somebody in the room's session in a column `guest` of its own, which
        is the id that hosts mean them by; "" where there is none."""
        query = (
            f"select guest from (\n{self.relations['attendance']}\n) a where account_id::text = %(account)s and "
            f"session_id::text in (select session_id::text from (\n{self.relations['rooms']}\n) r "
            "where room_id::text = %(room)s) order by left_at desc nulls first limit 1"
        )
        try:
            found = self._connection.read(sql.SQL(query), {"room": room, "account": account})
        except psycopg.errors.UndefinedColumn:
            return ""
        return str(found[0]["guest"]) if found else ""

    def can_arrange(self, name: str) -> bool:
        """Whether the target describes the arrangement `name` and may be written to."""
        return name in self._arrange

    def arrange(self, arrangement: str, /, **values: Any) -> list[dict[str, Any]]:
        """Carry out an arrangement by its name. Raises NotApplicable when the target has none of that name."""
        query = self.arrangement(arrangement)
        try:
            return self._connection.write(sql.SQL(query), {**USUALLY, **values})
        except psycopg.Error as error:
            where = f"{self._folder.name}/arrange.sql: {arrangement}"
            hint = what_to_do(error, "the statement of that arrangement")
            raise BadTarget(f"{where}: {first_line(error)}", hint=hint) from None

    def refuses(self, arrangement: str, /, **values: Any) -> str:
        """The constraint's complaint when the schema refuses an arrangement, or "" when not. Undone either way."""
        query = self.arrangement(arrangement)
        try:
            with self._connection.undone() as connection:
                connection.execute(sql.SQL(query), values)
        except psycopg.IntegrityError as error:
            return first_line(error)
        return ""

    def forbids(self, arrangement: str, /, **values: Any) -> str:
        """Why no row may ever be as an arrangement would make it: the complaint of a check, a foreign key, a trigger or
        an enumeration, or "". Undone either way."""
        query = self.arrangement(arrangement)
        try:
            with self._connection.undone() as connection:
                connection.execute(sql.SQL(query), values)
        except psycopg.Error as error:  # where something else is wrong, carrying it out tells
            return first_line(error) if isinstance(error, _FORBIDDEN) else ""
        return ""

    def arrangement(self, name: str) -> str:
        """The statement of an arrangement. Raises NotApplicable when the target has none of that name."""
        if name not in self._arrange:
            raise NotApplicable(f"arrange:{name}", f"the target's arrange.sql has no {name!r}")
        return self._arrange[name]

    def scalar(self, query: str) -> int:
        """The one number that a query of the harness's own gives."""
        return int(next(iter(self._connection.read(sql.SQL(query))[0].values())))

    def called(self) -> str:
        """The database's name on its server."""
        return str(self._connection.read("select current_database() as name")[0]["name"])

    def keep_copy(self, name: str, query: str) -> None:
        """Keep the rows of a query over the five relations in a temporary table, for as long as the connection is."""
        text = f"create temp table {name} as\n" + over_relations(self.relations, query)
        self._connection.raw.execute(text.encode(), {}, prepare=False)

    def script(self, statements: sql.Composed) -> None:
        """Carry out statements of the harness's own, all or none."""
        self._connection.write(statements)

    def try_lock(self, number: int) -> bool:
        """Take the advisory lock of that number for this connection, if nobody holds it."""
        return self._connection.try_lock(number)

    def unlock(self, number: int) -> None:
        """Let the advisory lock go."""
        self._connection.unlock(number)

    def command(self, statement: sql.Composed) -> None:
        """One statement of the harness's own that can't be part of a transaction."""
        self._connection.write(statement)

    def rows(self, query: sql.Composed) -> list[dict[str, Any]]:
        """The rows of a query of the harness's own over the target's own tables."""
        return self._connection.read(query)

    def now(self) -> str:
        """The database's clock, ISO 8601."""
        return str(self._connection.read("select to_jsonb(clock_timestamp()) #>> '{}' as now")[0]["now"])

    @property
    def is_pooled(self) -> bool:
        """Whether another server process answers than the one that the connection was made to."""
        return self._connection.is_pooled

    @property
    def waits_for_standby(self) -> bool:
        """Whether the server is a hot standby, and each look waits until it has caught up."""
        return self._standby is not None

    def version(self) -> str:
        """The server's version, for the record, as it said when it was first reached: nothing is asked for it."""
        return self._connection.version
