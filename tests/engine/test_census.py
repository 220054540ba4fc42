"""The census: rows that bear a mark are counted and removed, and nobody else's are."""

from __future__ import annotations

import itertools

import pytest

from greenroom.drivers.database import Database
from greenroom.isolation.census import census, lasting, marked, remove
from tests.support.host_room import HostRoom

_numbers = itertools.count(1)


@pytest.fixture
def mine(database: Database) -> HostRoom:
    """A live room that bears a mark of its own."""
    room = HostRoom(database, f"grtest{next(_numbers)}x")
    room.live()
    return room


@pytest.fixture
def theirs(database: Database) -> HostRoom:
    """A live room of somebody else."""
    room = HostRoom(database)
    room.live()
    return room


ONE_EACH = {"accounts": 1, "rooms": 1, "sessions": 1, "attendance": 1, "listing": 1}


def test_what_bears_the_mark_is_counted(database: Database, mine: HostRoom, theirs: HostRoom) -> None:
    assert census(database, mine.mark) == ONE_EACH
    assert census(database, "gr-of-nobody") == dict.fromkeys(ONE_EACH, 0)


def test_an_entry_that_stands_alone_is_counted_by_its_title(database: Database, mine: HostRoom) -> None:
    mine.run(
        "update community_live_streams set id = gen_random_uuid(), created_by = created_by where id = %(room)s::uuid"
    )
    assert census(database, mine.mark)["listing"] == 1


def test_what_belongs_to_given_ids_is_counted_without_a_mark(
    database: Database, mine: HostRoom, theirs: HostRoom
) -> None:
    assert census(database, "", [theirs.host_id]) == ONE_EACH
    assert census(database, "", [], [theirs.room_id]) == ONE_EACH | {"accounts": 0, "attendance": 0}


def test_without_mark_and_ids_nothing_is_anybodys(database: Database, mine: HostRoom) -> None:
    assert census(database, "") == dict.fromkeys(ONE_EACH, 0)
    found = marked(database, "")
    assert (found.accounts, found.rooms) == ((), ())


def test_a_mark_is_no_pattern(database: Database, mine: HostRoom) -> None:
    for pattern in ("%", "_", "gr%x"):
        assert census(database, pattern) == dict.fromkeys(ONE_EACH, 0), pattern


def test_what_bears_the_mark_is_removed_and_the_rest_stays(
    database: Database, mine: HostRoom, theirs: HostRoom
) -> None:
    found = remove(database, mine.mark)
    assert (found.accounts, found.rooms) == ((mine.host_id,), (mine.room_id,))
    assert census(database, mine.mark, [mine.host_id], [mine.room_id]) == dict.fromkeys(ONE_EACH, 0)
    assert census(database, "", [theirs.host_id], [theirs.room_id]) == ONE_EACH


def test_a_number_may_be_somebody_elses_by_now() -> None:
    assert lasting(["17", "7f3e-1", "r1", "0"]) == ("7f3e-1", "r1")


def test_removing_again_finds_nothing(database: Database, mine: HostRoom) -> None:
    remove(database, mine.mark)
    assert remove(database, mine.mark) == marked(database, mine.mark)
    assert not remove(database, mine.mark).accounts
