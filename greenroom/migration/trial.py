"""The cleanup migration, tried on a target's own rows: on a clone of its database, or in an undone transaction."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from greenroom.core.errors import TargetUnavailable
from greenroom.drivers.database import Database
from greenroom.drivers.database_connection import first_line
from greenroom.drivers.read_only import ReadOnlyDatabase
from greenroom.migration.expected import Key, Repairs, Row, expected, key_of
from greenroom.migration.scratch import Ran, run_file
from greenroom.relations.canonical import RELATIONS

_GUARD = "greenroom_nothing_stays"
_CONTROL = re.compile(r"^\s*(commit|rollback|abort|end|begin|start\s+transaction|prepare\s+transaction)\b", re.I)
_HIDDEN = re.compile(r"--[^\n]*|/\*.*?\*/|\$(\w*)\$.*?\$\1\$|'(?:[^']|'')*'", re.S)


class NoTrial(Exception):
    """The file can't be tried in this way here. The message says why, for a person."""


@dataclass(frozen=True)
class Changed:
    """A row that the migration changed: as it was, None where there was none, and as it is, None where it is gone."""

    relation: str
    before: Row | None
    after: Row | None

    @property
    def row(self) -> Row:
        """The row, as it was if it was."""
        found = self.before or self.after
        assert found is not None
        return found

    @property
    def key(self) -> tuple[str, Key]:
        """What identifies it."""
        return self.relation, key_of(self.relation, self.row)


@dataclass(frozen=True)
class Tried:
    """What the migration did: what it said, every row it changed, and what was due before and still is after it."""

    ran: Ran
    before: Repairs
    changed: tuple[Changed, ...]
    after: Repairs


def on_a_clone(database: Database, folder: Path, file: Path, shown: frozenset[str]) -> Tried:
    """Try the file on a clone of the whole database, which is dropped at the end.

    Raises NoTrial where none can be made: somebody else is connected, or the role must not.
    """
    name = f"greenroom_plan_{secrets.token_hex(4)}"
    source = sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(database.called()))
    try:
        database.command(source)
    except psycopg.Error as error:
        raise NoTrial(f"no clone can be made: {first_line(error)}") from None
    except TargetUnavailable as unavailable:
        said = unavailable.message.removeprefix("the database broke off: ")
        raise NoTrial(f"no clone can be made: {said}") from None
    try:
        clone = Database(make_conninfo(database.dsn, dbname=name), folder, writable=True, elsewhere=shown)
        try:
            return _observed(clone, lambda: run_file(file, clone.dsn))
        finally:
            clone.close()
    finally:
        database.command(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def undone(database: ReadOnlyDatabase, file: Path) -> Tried:
    """Try the file in a transaction that is rolled back.

    Raises NoTrial where the file ends transactions itself or can't be part of one, or where the role must not write;
    otherwise what `ReadOnlyDatabase.undone_writes` does.
    """
    text = file.read_text(encoding="utf-8")
    if word := transaction_word(text):
        raise NoTrial(f"{file.name} says {word} itself, so that it can't be undone")
    try:
        with database.undone_writes() as transaction:
            _forbid_commit(transaction)
            return _observed(database, lambda: _run(transaction, text))
    except _CANNOT as error:
        raise NoTrial(f"it can't be tried in a transaction: {first_line(error)}") from None


_CANNOT = (
    psycopg.errors.ReadOnlySqlTransaction,
    psycopg.errors.InsufficientPrivilege,
    psycopg.errors.ActiveSqlTransaction,
    psycopg.errors.NoActiveSqlTransaction,
    psycopg.errors.InvalidTransactionTermination,
    psycopg.errors.UndefinedTable,
)


def transaction_word(script: str) -> str:
    """The first statement of a script that begins or ends a transaction, "" for none. What is said within a function's
    body, a string or a comment is none."""
    for statement in _HIDDEN.sub(" ", script).split(";"):
        if found := _CONTROL.match(statement):
            return " ".join(found[1].upper().split())
    return ""


def _forbid_commit(transaction: psycopg.Connection[Row]) -> None:
    """Make every commit fail, also one that was overlooked: a constraint that is only looked at then is offended."""
    transaction.execute(
        f"create temp table greenroom_guard (one int, constraint {_GUARD} unique (one) deferrable initially deferred);"
        f" insert into greenroom_guard values (1), (1)".encode()
    )


def _run(transaction: psycopg.Connection[Row], script: str) -> Ran:
    notices: list[str] = []

    def keep(notice: psycopg.errors.Diagnostic) -> None:
        notices.append(notice.message_primary or "")

    transaction.add_notice_handler(keep)
    try:
        with transaction.transaction():
            transaction.execute(script.encode())
    except (*_CANNOT, psycopg.OperationalError):
        raise
    except psycopg.errors.UniqueViolation as error:
        if error.diag.constraint_name == _GUARD:
            raise NoTrial("the file ends its transaction itself, so that it can't be undone") from None
        return Ran(tuple(notices), first_line(error))
    except psycopg.Error as error:
        return Ran(tuple(notices), first_line(error))
    finally:
        transaction.remove_notice_handler(keep)
    return Ran(tuple(notices))


def _observed(database: Database, run: Callable[[], Ran]) -> Tried:
    """Run it between two looks at every row."""
    relations = [relation for relation in RELATIONS if database.holds(relation)]
    before = expected(database)
    for relation in relations:
        database.keep_copy(f"greenroom_before_{relation}", f"select * from {relation}")
    ran = run()
    changed = [found for relation in relations for found in _changes(database, relation)]
    return Tried(ran, before, tuple(changed), expected(database))


def _changes(database: Database, relation: str) -> Iterator[Changed]:
    copy = f"pg_temp.greenroom_before_{relation}"
    was = _rows(database, relation, f"select * from {copy} except all select * from {relation}")
    now = _rows(database, relation, f"select * from {relation} except all select * from {copy}")
    for key in dict.fromkeys((*was, *now)):
        yield Changed(relation, was.get(key), now.get(key))


def _rows(database: Database, relation: str, query: str) -> dict[Key, Row]:
    rows = [found["row"] for found in database.query(f"select to_jsonb(d) as row from ({query}) d")]
    return {key_of(relation, row): row for row in sorted(rows, key=lambda row: key_of(relation, row))}
