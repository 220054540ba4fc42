"""How the database's connection treats queries that come again and again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from greenroom.core.errors import TargetUnavailable
from greenroom.core.project import ROOT
from greenroom.drivers.database import Database
from greenroom.relations.canonical import RELATIONS
from tests.support.databases import cloned
from tests.support.running_reference import Running

ROOMS = "select room_id, status from rooms"
PREPARED = "select count(*) from pg_prepared_statements where statement ~ 'target_rooms'"


@pytest.fixture
def dsn(stack: Running) -> Iterator[str]:
    """A database of one table."""
    with cloned(stack["database"], "greenroom_planned") as copy:
        with psycopg.connect(copy, autocommit=True) as connection:
            connection.execute("create table room (id text, state text)")
            connection.execute("insert into room values ('r1', '1')")
        yield copy


def opened(dsn: str, folder: Path) -> Database:
    texts = {name: f"select {', '.join(f'null::text as {one}' for one in RELATIONS[name])}" for name in RELATIONS}
    texts["rooms"] = (
        "select id as room_id, 'a' as host_id, state as status, null as session_id, false as host_present from room"
    )
    (folder / "relations.sql").write_text("".join(f"-- name: {name}()\n{text};\n" for name, text in texts.items()))
    return Database(dsn, folder, writable=False)


def test_a_query_over_the_relations_is_prepared_at_once_and_planned_for_all_values(dsn: str, tmp_path: Path) -> None:
    database = opened(dsn, tmp_path)
    database.query(ROOMS)
    assert database.scalar(PREPARED) == 1
    assert database.scalar("select (current_setting('plan_cache_mode') = 'force_generic_plan')::int as it") == 1
    database.close()


def test_behind_a_pooler_nothing_is_left_on_a_connection_that_others_use(
    dsn: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(psycopg.ConnectionInfo, "backend_pid", 1)  # a pooler names a process of its own
    database = opened(dsn, tmp_path)
    database.query(ROOMS)
    assert database.scalar(PREPARED) == 0
    assert database.scalar("select (current_setting('plan_cache_mode') = 'auto')::int as it") == 1
    database.close()


def test_a_query_is_still_answered_when_a_migration_changed_a_column(dsn: str, tmp_path: Path) -> None:
    database = opened(dsn, tmp_path)
    assert database.query(ROOMS) == [{"room_id": "r1", "status": "1"}]
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("alter table room alter column state type int using state::int")
    for _ in range(2):
        assert database.query(ROOMS) == [{"room_id": "r1", "status": 1}]
    database.close()


def test_a_statement_that_was_broken_off_does_not_keep_the_next(stack: Running) -> None:
    """As when Ctrl-C comes after a statement was sent: what was made is removed over the same Database."""
    database = Database(stack["database"], ROOT / "targets" / "reference", writable=True)
    try:
        database._connection.pgconn.send_query(b"select pg_sleep(60)")
        assert isinstance(database.query(ROOMS), list)
    finally:
        database.close()


def test_a_connection_that_only_reads_is_refused_every_write(database: Database) -> None:
    reading = Database(database.dsn, ROOT / "targets" / "reference", writable=False)
    with closing(reading):
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            reading.rows(sql.SQL("delete from {} returning id").format(sql.Identifier("live_rooms")))
        assert reading.try_lock(4711), "which accounts are leased is kept by locks, and no write"
        reading.unlock(4711)


def test_a_locked_table_is_no_fault_of_the_file(database: Database) -> None:
    reading = Database(database.dsn, ROOT / "targets" / "reference", writable=False)
    with closing(reading), psycopg.connect(database.dsn) as other:
        other.execute("lock table live_room_sessions in access exclusive mode")
        with pytest.raises(TargetUnavailable, match="lock timeout"):
            reading.check_relations()
