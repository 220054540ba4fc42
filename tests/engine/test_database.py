"""How the database's connection treats queries that come again and again."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from greenroom.claims.invariants import violations
from greenroom.core.errors import BadTarget, TargetUnavailable
from greenroom.core.project import ROOT
from greenroom.drivers.database import Database
from greenroom.drivers.database_connection import DatabaseConnection
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
    return Database(dsn, folder, writable=True)


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


def test_settings_of_the_dsn_hold_beside_ours(dsn: str) -> None:
    with closing(DatabaseConnection(f"{dsn} options='-c search_path=live'", writable=False)) as connection:
        rows = connection.read("select current_setting('search_path') as path, current_setting('timezone') as zone")
        assert rows == [{"path": "live", "zone": "UTC"}]
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            connection.read("create table live.made (id text)")


def test_a_query_is_still_answered_when_a_migration_changed_a_column(dsn: str, tmp_path: Path) -> None:
    database = opened(dsn, tmp_path)
    assert database.query(ROOMS) == [{"room_id": "r1", "status": "1"}]
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("alter table room alter column state type int using state::int")
    for _ in range(2):
        assert database.query(ROOMS) == [{"room_id": "r1", "status": "1"}]
    database.close()


def test_a_statement_that_was_broken_off_does_not_keep_the_next(stack: Running) -> None:
    """As when Ctrl-C comes after a statement was sent: what was made is removed over the same Database."""
    database = Database(stack["database"], ROOT / "targets" / "reference", writable=True)
    try:
        database._connection.raw.pgconn.send_query(b"select pg_sleep(60)")
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


@pytest.fixture
def dropped(dsn: str, tmp_path: Path) -> Iterator[tuple[Database, Callable[[], None]]]:
    """A database, and how its connection is broken off: as by an administrator, or a server that restarts."""
    database = opened(dsn, tmp_path)

    def drop() -> None:
        with psycopg.connect(dsn, autocommit=True) as other:
            other.execute("select pg_terminate_backend(%s, 5000)", [database._connection.raw.info.backend_pid])

    yield database, drop
    database.close()


def test_what_only_reads_is_asked_again_on_a_new_connection(dropped: tuple[Database, Callable[[], None]]) -> None:
    database, drop = dropped
    for _ in range(2):
        drop()
        assert database.query(ROOMS) == [{"room_id": "r1", "status": "1"}]
    drop()
    assert database.scalar("select 41 + 1 as it") == 42
    drop()
    assert database.rows(sql.SQL("select id from room").format()) == [{"id": "r1"}]
    drop()
    assert database.now()


def test_what_may_have_been_carried_out_is_not_sent_twice(dropped: tuple[Database, Callable[[], None]]) -> None:
    database, drop = dropped
    database.script(sql.SQL("create sequence counted").format())
    drop()
    database.script(sql.SQL("select nextval('counted')").format())  # the drop was before it: nothing is lost
    own = "select nextval('counted'), pg_terminate_backend(pg_backend_pid())"
    with pytest.raises(TargetUnavailable, match="the database broke off"):
        database.script(sql.SQL(own).format())
    assert database.scalar("select last_value from counted") == 2


@pytest.mark.parametrize("code", ["40P01", "40001"])
def test_what_the_server_itself_has_undone_is_sent_again(dsn: str, code: str) -> None:
    """A deadlock, or two that could not both be carried out: a sequence alone remembers the first time."""
    with closing(DatabaseConnection(dsn, writable=True)) as connection:
        connection.write("create sequence times")
        connection.write(
            sql.SQL(
                "create function crossed() returns text language plpgsql as $$ begin"
                " if nextval('times') = 1 then raise exception 'crossed' using errcode = {}; end if;"
                " return 'done'; end $$"
            ).format(code)
        )
        assert connection.write("update room set state = crossed() returning state") == [{"state": "done"}]
        assert connection.read("select last_value from times") == [{"last_value": 2}]


def test_what_is_undone_again_and_again_is_given_up(dsn: str) -> None:
    with closing(DatabaseConnection(dsn, writable=True)) as connection:
        with pytest.raises(TargetUnavailable, match="broke off: crossed"):
            connection.write("do $$ begin raise exception 'crossed' using errcode = '40P01'; end $$")
        assert connection.read("select 1 as one") == [{"one": 1}]


def test_the_version_is_known_without_a_connection(dropped: tuple[Database, Callable[[], None]]) -> None:
    database, drop = dropped
    drop()
    assert re.match(r"\d+", database.version())
    database.close()
    assert re.match(r"\d+", database.version())


def test_a_statement_that_is_never_answered_is_given_up(dsn: str) -> None:
    connection = DatabaseConnection(dsn, writable=True, answer=0.4)
    began = time.monotonic()
    with pytest.raises(TargetUnavailable, match="the database broke off"):
        connection.read("select pg_sleep(30)")
    with pytest.raises(TargetUnavailable, match="the database broke off"):
        connection.write("select pg_sleep(30)")
    assert time.monotonic() - began < 10
    assert connection.read("select 1 as one") == [{"one": 1}]
    connection.close()


def test_for_a_while_it_may_be_waited_for_less(dsn: str) -> None:
    connection = DatabaseConnection(dsn, writable=True, answer=30)
    began = time.monotonic()
    with connection.waits_at_most(0.4), pytest.raises(TargetUnavailable, match="the database broke off"):
        connection.read("select pg_sleep(30)")
    assert time.monotonic() - began < 10
    assert connection.read("select pg_sleep(1.5), 1 as one")[0]["one"] == 1
    connection.close()


def test_an_advisory_lock_outlives_a_drop(dropped: tuple[Database, Callable[[], None]], dsn: str) -> None:
    database, drop = dropped
    held = "select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()"
    assert database.try_lock(41)
    drop()
    assert database.scalar(held) == 1
    drop()
    with psycopg.connect(dsn, autocommit=True) as other:
        other.execute("select pg_advisory_lock(41)")
        with pytest.raises(TargetUnavailable, match="taken by another run"):
            database.query(ROOMS)
    assert database.query(ROOMS)


TYPED = """
create type state as enum ('idle', 'live');
create table room2 (id uuid primary key, host bigint, state state, session int, present int);
insert into room2 values ('11111111-1111-4111-8111-111111111111', 7, 'live', 3, 1);
"""


def test_ids_and_states_of_any_type_are_taken(dsn: str, tmp_path: Path) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(TYPED.encode())
    texts = {name: f"select {', '.join(f'null::text as {one}' for one in RELATIONS[name])}" for name in RELATIONS}
    texts["rooms"] = (
        "select id as room_id, host as host_id, state as status, session as session_id, present as host_present "
        "from room2"
    )
    texts["sessions"] = (
        "select 3 as session_id, id as room_id, 'x' as title, state as status, now() as starts_at, "
        "null as ended_at from room2"
    )
    (tmp_path / "relations.sql").write_text("".join(f"-- name: {name}()\n{text};\n" for name, text in texts.items()))
    database = Database(dsn, tmp_path, writable=False)
    try:
        database.check_relations()
        room = "11111111-1111-4111-8111-111111111111"
        state = database.snapshot([room], ["7"])
        assert state.room(room) == {
            "room_id": room, "host_id": "7", "status": "live", "session_id": "3", "host_present": True
        }  # fmt: skip
        assert [row["session_id"] for row in state.sessions_of(room)] == ["3"]
        assert violations(database, [room]) == [
            one for one in violations(database, [room]) if one.invariant.name == "listing-live-is-true"
        ], "every invariant can be asked"
    finally:
        database.close()


def test_a_time_that_is_none_is_named_with_its_relation_and_column(dsn: str, tmp_path: Path) -> None:
    texts = {name: f"select {', '.join(f'null::text as {one}' for one in RELATIONS[name])}" for name in RELATIONS}
    texts["sessions"] = texts["sessions"].replace("null::text as ended_at", "1700000000::bigint as ended_at")
    (tmp_path / "relations.sql").write_text("".join(f"-- name: {name}()\n{text};\n" for name, text in texts.items()))
    database = Database(dsn, tmp_path, writable=False)
    try:
        with pytest.raises(BadTarget) as found:
            database.check_relations()
        assert "relations.sql:5: sessions: ended_at: cannot cast type bigint" in found.value.message
    finally:
        database.close()


def test_what_a_room_is_called_in_an_address_is_one_more_column(dsn: str, tmp_path: Path) -> None:
    with closing(opened(dsn, tmp_path)) as database:
        with pytest.raises(BadTarget, match=r'relations\.sql: rooms: column "room_page" does not exist'):
            database.room_page("r1")
        rooms = database.relations["rooms"]
        database.relations["rooms"] = rooms.replace(" from room", ", 'name' as room_page from room")
        assert (database.room_page("r1"), database.room_page("r2")) == ("name", "")


def test_what_hosts_call_a_guest_is_one_more_column(dsn: str, tmp_path: Path) -> None:
    with closing(opened(dsn, tmp_path)) as database:
        assert database.guest("r1", "a1") == ""
        database.relations["rooms"] = "select 'r1' as room_id, 's1' as session_id"
        database.relations["attendance"] = """
            select 's1' as session_id, 'a1' as account_id, now() as left_at, 'first' as guest
            union select 's1', 'a1', null, 'again' union select 's0', 'a1', null, 'elsewhere'"""
        assert (database.guest("r1", "a1"), database.guest("r1", "a2")) == ("again", "")
