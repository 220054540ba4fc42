"""The cleanup migration: repairs what is stuck, leaves the rest alone, counts truly (M)."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from reference.database.schema import MIGRATIONS
from tests.support.running_reference import Person, Running, moment

SQL = (MIGRATIONS / "20260215000000_cleanup_stuck_live_sessions.sql").read_bytes()
TABLES = ("app_users", "live_rooms", "live_room_sessions", "live_room_attendance", "community_live_streams")
STUCK = """
    select count(*) as stuck from live_rooms where status in ('lobby', 'scheduled', 'live')
    and (current_session_id is null or current_session_id in (
        select id from live_room_sessions where status in ('ended', 'cancelled')))
"""


@dataclass(frozen=True, slots=True)
class Counts:
    sessions: int
    rooms: int
    streams: int


def run(connection: psycopg.Connection[Any]) -> Counts:
    """Runs the migration; what its notices say."""
    notices: list[str] = []
    connection.add_notice_handler(lambda diagnostic: notices.append(str(diagnostic.message_primary)))
    connection.execute(SQL)
    patterns = (
        "Ended (\\d+) stuck sessions",
        "Reset (\\d+) stuck rooms to idle",
        "Synced (\\d+) stuck streams to ended",
    )
    found = [re.fullmatch(pattern, notice) for pattern, notice in zip(patterns, notices, strict=True)]
    return Counts(*(int(match[1]) for match in found if match))


def everything(connection: psycopg.Connection[Any]) -> dict[str, list[Any]]:
    return {table: connection.execute(f"select * from {table} order by 1".encode()).fetchall() for table in TABLES}


@pytest.fixture
def database(stack: Running) -> Iterator[psycopg.Connection[Any]]:
    """The shared database with nothing stuck in it to begin with."""
    with psycopg.connect(stack["database"], autocommit=True) as connection:
        run(connection)
        connection.execute("update live_room_sessions set ends_at = now() where status = 'ended' and ends_at is null")
        yield connection


def room(stack: Running, status: str, session: str | None, age: str = "10 minutes") -> tuple[Person, str]:
    """A room of `status` with a session of status `session`, begun `age` ago, somebody inside, and a live entry."""
    host, made, _ = stack.live(guests=1)
    stack.sql(
        "update live_room_sessions set status = %s, starts_at = now() - %s::interval,"
        " ends_at = case when %s in ('ended', 'cancelled') then now() end where room_id = %s",
        session or "live", age, session, made,
    )  # fmt: skip
    pointer = ", current_session_id = null" if session is None else ""
    stack.sql(f"update live_rooms set status = %s{pointer} where id = %s", status, made)
    return host, made


def assert_at_rest(stack: Running, made: str) -> None:
    rows = stack.rows(made)
    (found,) = rows["live_rooms"]
    assert (found["status"], found["current_session_id"], found["host_present"]) == ("idle", None, False)
    assert all(row["status"] in ("ended", "cancelled") and row["ends_at"] for row in rows["live_room_sessions"])
    assert all(row["left_at"] >= row["joined_at"] for row in rows["live_room_attendance"])
    assert [(row["status"], row["ended_at"] is None) for row in rows["community_live_streams"]] == [("ended", False)]


@pytest.mark.parametrize(
    ("status", "session", "age", "ended"),
    [
        ("lobby", "lobby", "3 hours", 1),
        ("scheduled", "scheduled", "3 hours", 1),
        ("live", "lobby", "3 hours", 1),
        ("lobby", "ended", "10 minutes", 0),
        ("live", "ended", "10 minutes", 0),
        ("scheduled", "cancelled", "10 minutes", 0),
        ("live", None, "10 minutes", 1),
        ("cancelled", "cancelled", "10 minutes", 0),
        ("cancelled", "live", "10 minutes", 1),
        ("ended", "ended", "10 minutes", 0),
        ("ended", None, "10 minutes", 1),
        ("idle", "ended", "10 minutes", 0),
    ],
)
def test_a_stuck_room_is_repaired(
    stack: Running, database: psycopg.Connection[Any], status: str, session: str | None, age: str, ended: int
) -> None:
    host, made = room(stack, status, session, age)
    assert run(database) == Counts(ended, 1, 1)
    assert_at_rest(stack, made)
    assert stack.sql(STUCK) == [{"stuck": 0}]
    before = everything(database)
    assert run(database) == Counts(0, 0, 0)
    assert everything(database) == before
    assert stack.go_live(host, made).status == 201


def test_a_missing_session(stack: Running, database: psycopg.Connection[Any]) -> None:
    _, made = room(stack, "live", "ended")
    with database.transaction():
        database.execute("set local session_replication_role = replica")
        database.execute("update live_rooms set current_session_id = %s where id = %s", (uuid4(), made))
    assert run(database) == Counts(0, 1, 1)
    assert_at_rest(stack, made)


def test_an_orphan_in_an_old_lobby_and_entries_without_a_room(
    stack: Running, database: psycopg.Connection[Any]
) -> None:
    host, made = room(stack, "idle", "lobby", "3 hours")
    stack.sql("update live_rooms set current_session_id = null where id = %s", made)
    stack.sql(
        "insert into community_live_streams (title, created_by, status, started_at) values ('x', %s, 'live', now())",
        host.user_id,
    )
    assert run(database) == Counts(1, 0, 2)
    assert_at_rest(stack, made)


@pytest.mark.parametrize(
    ("status", "session", "age"),
    [
        ("live", "live", "10 minutes"),
        ("live", "live", "30 hours"),
        ("lobby", "lobby", "119 minutes"),
        ("scheduled", "scheduled", "-3 days"),
        ("scheduled", "scheduled", "119 minutes"),
    ],
)
def test_what_is_well_is_not_touched(
    stack: Running, database: psycopg.Connection[Any], status: str, session: str, age: str
) -> None:
    room(stack, status, session, age)
    before = everything(database)
    assert run(database) == Counts(0, 0, 0)
    assert everything(database) == before


def test_many_at_once_are_counted(stack: Running, database: psycopg.Connection[Any]) -> None:
    for _ in range(3):
        room(stack, "lobby", "lobby", "3 hours")
    for _ in range(2):
        room(stack, "live", "ended")
    room(stack, "live", "live", "9 hours")
    assert run(database) == Counts(3, 5, 5)


def test_half_way_is_nothing(stack: Running, database: psycopg.Connection[Any]) -> None:
    room(stack, "lobby", "lobby", "3 hours")
    database.execute(
        "create function fail() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;"
        "create trigger fail before update on community_live_streams for each row execute function fail()"
    )
    before = everything(database)
    try:
        with pytest.raises(psycopg.Error, match="no"):
            run(database)
        assert everything(database) == before
    finally:
        database.execute("drop function fail cascade")
    assert run(database) == Counts(1, 1, 1)


def test_it_runs_while_hosts_go_live(stack: Running, database: psycopg.Connection[Any]) -> None:
    hosts = [stack.host(f"Host {number}") for number in range(4)]
    done = threading.Event()
    statuses: list[int] = []

    def cycle(host: Person, made: str) -> None:
        while not done.is_set():
            statuses.append(stack.go_live(host, made, session_title=moment()).status)
            statuses.append(stack.gateway(host, "POST", f"/rooms/{made}/host-present").status)
            statuses.append(stack.gateway(host, "POST", f"/rooms/{made}/end").status)

    threads = [threading.Thread(target=cycle, args=pair) for pair in hosts]
    for thread in threads:
        thread.start()
    counted = [run(database) for _ in range(40)]
    done.set()
    for thread in threads:
        thread.join()
    assert set(counted) == {Counts(0, 0, 0)}
    assert set(statuses) <= {200, 201} and len(statuses) > 30
