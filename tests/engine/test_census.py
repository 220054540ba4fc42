"""The census: rows that bear a mark are counted and removed, and nobody else's are. Has the room that rows stand in."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from greenroom.drivers.database import Database
from greenroom.isolation.census import census, marked, remove
from greenroom.scenario.world import ago
from reference.testing import ROOT, shared

TARGET = ROOT / "targets" / "reference"
_numbers = itertools.count(1)


@contextmanager
def cloned(name: str) -> Iterator[str]:
    """A database of that name on the shared stack's server, made from its template; where it is, while it is."""
    owner = shared()["database"]
    with psycopg.connect(owner, autocommit=True) as server:
        server.execute(f"drop database if exists {name}".encode())
        server.execute(f"create database {name} template greenroom_template".encode())
    address = psycopg.conninfo.conninfo_to_dict(owner) | {"dbname": name}
    yield psycopg.conninfo.make_conninfo(**address)
    with psycopg.connect(owner, autocommit=True) as server:
        server.execute(f"drop database {name} with (force)".encode())


@dataclass
class House:
    """One host's room, filled by hand."""

    database: Database
    mark: str = ""
    host: str = ""
    room: str = ""

    def __post_init__(self) -> None:
        self.host = self.account()
        self.room = self.add_room(self.host)
        self.run("update app_users set live_room_id = %(room)s::uuid where user_id = %(host)s::uuid")

    def account(self) -> str:
        number = next(_numbers)
        (row,) = self.database.arrange(
            "make_account", name=f"Person {number} {self.mark}", email=f"p{number}@example.test"
        )
        return str(row["account_id"])

    def add_room(self, host: str) -> str:
        (row,) = self.database.arrange("make_room", account_id=host, title=f"Room {next(_numbers)}")
        return str(row["room_id"])

    def session(self, status: str, *, room: str = "", starts: float = 2, ended: float | None = None) -> str:
        """Began so many hours ago, and ended so many hours ago."""
        (row,) = self.database.arrange(
            "add_session",
            room_id=room or self.room,
            title="Talk",
            status=status,
            starts_at=ago(hours=starts),
            ended_at=None if ended is None else ago(hours=ended),
        )
        return str(row["session_id"])

    def inside(self, session: str, *, joined: float = 2, left: float | None = None) -> None:
        self.database.arrange(
            "add_attendance",
            session_id=session,
            account_id=self.host,
            role="host",
            joined_at=ago(hours=joined),
            left_at=None if left is None else ago(hours=left),
        )

    def set(self, status: str, session: str | None = None, *, present: bool = False) -> None:
        self.database.arrange("set_room", room_id=self.room, status=status, session_id=session, host_present=present)

    def listed(self, status: str, *, ended: float | None = None) -> None:
        """One more entry, whatever there is already."""
        self.run(
            "insert into community_live_streams (id, title, created_by, status, started_at, ended_at)"
            " values (%(room)s::uuid, 'Talk ' || %(mark)s, %(host)s::uuid, %(status)s, now() - interval '2 hours',"
            " %(ended)s)",
            status=status,
            ended=None if ended is None else ago(hours=ended),
        )

    def live(self) -> str:
        """A healthy live room."""
        session = self.session("live")
        self.inside(session)
        self.set("live", session, present=True)
        self.listed("live")
        return session

    def run(self, statement: str, **values: Any) -> None:
        with psycopg.connect(self.database.dsn, autocommit=True) as connection:
            connection.execute(statement.encode(), {"room": self.room, "host": self.host, "mark": self.mark} | values)


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    """A database with the reference's tables."""
    with cloned("greenroom_census") as dsn:
        found = Database(dsn, TARGET, writable=True)
        yield found
        found.close()


@pytest.fixture
def mine(database: Database) -> House:
    """A live room that bears a mark of its own."""
    house = House(database, f"grtest{next(_numbers)}x")
    house.live()
    return house


@pytest.fixture
def theirs(database: Database) -> House:
    """A live room of somebody else."""
    house = House(database)
    house.live()
    return house


ONE_EACH = {"accounts": 1, "rooms": 1, "sessions": 1, "attendance": 1, "listing": 1}


def test_what_bears_the_mark_is_counted(database: Database, mine: House, theirs: House) -> None:
    assert census(database, mine.mark) == ONE_EACH
    assert census(database, "gr-of-nobody") == dict.fromkeys(ONE_EACH, 0)


def test_an_entry_that_stands_alone_is_counted_by_its_title(database: Database, mine: House) -> None:
    mine.run(
        "update community_live_streams set id = gen_random_uuid(), created_by = created_by where id = %(room)s::uuid"
    )
    assert census(database, mine.mark)["listing"] == 1


def test_what_belongs_to_given_ids_is_counted_without_a_mark(database: Database, mine: House, theirs: House) -> None:
    assert census(database, "", [theirs.host]) == ONE_EACH
    assert census(database, "", [], [theirs.room]) == ONE_EACH | {"accounts": 0, "attendance": 0}


def test_without_mark_and_ids_nothing_is_anybodys(database: Database, mine: House) -> None:
    assert census(database, "") == dict.fromkeys(ONE_EACH, 0)
    found = marked(database, "")
    assert (found.accounts, found.rooms) == ((), ())


def test_a_mark_is_no_pattern(database: Database, mine: House) -> None:
    for pattern in ("%", "_", "gr%x"):
        assert census(database, pattern) == dict.fromkeys(ONE_EACH, 0), pattern


def test_what_bears_the_mark_is_removed_and_the_rest_stays(database: Database, mine: House, theirs: House) -> None:
    found = remove(database, mine.mark)
    assert (found.accounts, found.rooms) == ((mine.host,), (mine.room,))
    assert census(database, mine.mark, [mine.host], [mine.room]) == dict.fromkeys(ONE_EACH, 0)
    assert census(database, "", [theirs.host], [theirs.room]) == ONE_EACH


def test_removing_again_finds_nothing(database: Database, mine: House) -> None:
    remove(database, mine.mark)
    assert remove(database, mine.mark) == marked(database, mine.mark)
    assert not remove(database, mine.mark).accounts
