"""An audit of production changes nothing and waits for nobody: PostgreSQL itself refuses what would."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql

from greenroom.drivers.database import Database
from tests.support.databases import cloned
from tests.support.other_peoples_rooms import OtherPeoplesRooms
from tests.support.served import Served

pytestmark = pytest.mark.integration

NOTES_READERS = """
create table reads (at timestamptz not null default now());
create function noted(t text) returns text language plpgsql volatile as
$$ begin insert into reads default values; return t; end $$;
create function switched(t text) returns text language plpgsql volatile as
$$ begin perform set_config('transaction_read_only', 'off', false); insert into reads default values; return t; end $$;
create function safe(t text) returns text language plpgsql volatile as
$$ begin
  if current_setting('transaction_read_only') <> 'on' or current_setting('lock_timeout') <> '5s'
     or current_setting('statement_timeout') <> '1min' or current_setting('transaction_isolation') <> 'repeatable read'
  then raise 'it is not read as production must be'; end if;
  return t;
end $$;
create function failing(t text) returns text language plpgsql volatile as $$ begin raise 'no such luck'; end $$;
create sequence numbers;
"""


@pytest.fixture
def production(staging: Served) -> Iterator[Served]:
    """The staging's database cloned, with functions that write, as a target that is marked production."""
    before = {name: (staging.folder / name).read_text() for name in ("target.toml", "relations.sql")}
    given = dict(staging.environment)
    with cloned(staging.ready["database"], "greenroom_audited") as dsn:
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute(NOTES_READERS)
        database = Database(dsn, staging.folder, writable=True)
        OtherPeoplesRooms(database, dsn).add(40)
        database.close()
        staging.environment["SERVED_DATABASE"] = dsn
        staging.edit('environment = "shared"', 'environment = "production"')
        yield staging
    staging.environment.clear()
    staging.environment.update(given)
    for name, text in before.items():
        (staging.folder / name).write_text(text)


def _rows(production: Served) -> int:
    with psycopg.connect(production.environment["SERVED_DATABASE"]) as connection:
        found = connection.execute("select (select count(*) from reads) + (select last_value from numbers)").fetchone()
    assert found is not None
    return int(found[0])


def _change_sessions(production: Served, expression: str) -> int:
    """Have the relation `sessions` call something; the line on which its query begins."""
    file = production.folder / "relations.sql"
    before, name, query = file.read_text().partition("-- name: sessions")
    changed = query.replace("select ", f"select {expression} as called, ", 1)
    file.write_text(before + name + changed)
    return before.count("\n") + 1


@pytest.mark.parametrize(
    ("expression", "complaint"),
    [
        ("noted('x')", "cannot execute INSERT in a read-only transaction, in PL/pgSQL function noted(text) line 1"),
        ("switched('x')", "writes: transaction read-write mode must be set before any query"),
        ("failing('x')", "can't be read: no such luck"),
        ("nextval('numbers')", "cannot execute nextval() in a read-only transaction"),
    ],
)
def test_a_relation_that_writes_is_refused_and_named(production: Served, expression: str, complaint: str) -> None:
    line, before = _change_sessions(production, expression), _rows(production)
    code, output = production.command("audit")
    assert code == 3, output
    assert f"/relations.sql:{line}: sessions" in f"/{output}" and complaint in output, output
    assert "hint: " in output and "fault of Greenroom" not in output
    assert _rows(production) == before, "nothing was written"


def test_a_lock_that_somebody_holds_is_not_waited_for(production: Served) -> None:
    with _locked(production, "live_room_sessions"):
        began = time.monotonic()
        code, output = production.command("audit")
        seconds = time.monotonic() - began
    assert code == 2, output
    assert "somebody holds a lock on one of the target's tables for more than 5 s" in output
    assert seconds < 30, "and not as long as it was held"
    code, output = production.command("audit")
    assert code == 1, output


def test_all_is_read_in_one_read_only_transaction(production: Served) -> None:
    _change_sessions(production, "safe('x')")
    code, output = production.command("audit")
    assert code == 1 and "O1 broken" in output, output


@contextmanager
def _locked(production: Served, table: str) -> Iterator[None]:
    with psycopg.connect(production.environment["SERVED_DATABASE"]) as connection:
        connection.execute(sql.SQL("lock table {} in access exclusive mode").format(sql.Identifier(table)))
        yield
