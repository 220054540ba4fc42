"""What is held up on purpose: who waits for it is counted, nobody else is, and it is let go in the end."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from greenroom.core.deadlines import eventually
from greenroom.core.errors import NotApplicable
from greenroom.drivers.database import Database
from greenroom.drivers.database_faults import (
    Hold,
    busy_room,
    failing_writes,
    held_room,
    held_table,
    holds_no_row_of,
)
from greenroom.targetfile.model import WriteFault
from tests.support.host_room import HostRoom

ROOMS = WriteFault(table="live_rooms", room="id")
TOUCH = "update live_rooms set updated_at = now() where id = %(room)s::uuid"


@pytest.mark.parametrize(
    "said, place",
    [("rooms", ("", "rooms")), ("app.rooms", ("app", "rooms")), ('app."LiveRoom"', ("app", "LiveRoom")),
     ('"My app"."a.b"', ("My app", "a.b")), ('"say ""so"""', ("", 'say "so"'))],
)  # fmt: skip
def test_names_of_tables_may_stand_in_quotes(said: str, place: tuple[str, str]) -> None:
    assert WriteFault(table=said, room="id").place == place


@pytest.fixture
def room(database: Database) -> HostRoom:
    return HostRoom(database)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


def waits(hold: Hold, number: int) -> None:
    assert eventually(hold.waiting, lambda waiting: waiting == number, 10)[0] == number


def test_those_behind_the_first_who_waits_are_counted(room: HostRoom, pool: ThreadPoolExecutor) -> None:
    with held_room(room.database, room.room_id) as hold:
        touched = [pool.submit(room.run, TOUCH) for _ in range(3)]
        waits(hold, 3)
        hold.release()
        assert [each.result(10) for each in touched] == [None] * 3
    assert hold.waiting() == 0


def test_those_who_wait_for_somebody_else_are_not(room: HostRoom, pool: ThreadPoolExecutor) -> None:
    other = HostRoom(room.database)
    with held_room(room.database, room.room_id) as hold, held_room(room.database, other.room_id) as another:
        touched = pool.submit(other.run, TOUCH)
        waits(another, 1)
        assert hold.waiting() == 0
        another.release()
        touched.result(10)


def test_it_is_waited_for_as_many_as_are_under_way(room: HostRoom, pool: ThreadPoolExecutor) -> None:
    with held_room(room.database, room.room_id) as hold:
        touched = pool.submit(room.run, TOUCH)
        hold.wait_until_waited_for(lambda: 1)
        assert hold.waiting() == 1
        hold.release()
        touched.result(10)
        hold.wait_until_waited_for(lambda: int(not touched.done()))


@pytest.mark.parametrize("column", ["id", "concat(left(id::text, 8), substr(id::text, 9))", '"id"'])
def test_writes_of_a_room_fail_as_often_as_they_are_to(room: HostRoom, column: str) -> None:
    fault = WriteFault(table="live_rooms", room=column)
    assert not holds_no_row_of(room.database, fault, room.room_id)
    other = HostRoom(room.database)
    with failing_writes(room.database, fault, room.room_id, times=1):
        other.run(TOUCH)
        with pytest.raises(psycopg.errors.RaiseException):
            room.run(TOUCH)
        room.run(TOUCH)
    room.run(TOUCH)


def test_what_ends_a_session_by_deleting_its_row_fails_as_well(room: HostRoom) -> None:
    room.session("ended", ended=1)
    end = "delete from live_room_sessions where room_id = %(room)s::uuid"
    with failing_writes(room.database, WriteFault(table="live_room_sessions", room="room_id"), room.room_id, times=1):
        HostRoom(room.database).run(end)
        with pytest.raises(psycopg.errors.RaiseException):
            room.run(end)
        room.run(end)


def test_a_table_whose_rows_are_of_no_such_room_is_told(room: HostRoom) -> None:
    assert holds_no_row_of(room.database, WriteFault(table="live_rooms", room="'room-' || id"), room.room_id)


def test_while_writes_to_a_table_are_held_it_can_be_read(room: HostRoom, pool: ThreadPoolExecutor) -> None:
    with held_table(room.database, ROOMS) as hold:
        touched = pool.submit(room.run, TOUCH)
        waits(hold, 1)
        assert room.database.query("select room_id from rooms where room_id = %(id)s", {"id": room.room_id})
    touched.result(10)


def test_looks_can_be_held_as_well(room: HostRoom, pool: ThreadPoolExecutor) -> None:
    with held_table(room.database, ROOMS, looks=True) as hold:
        looked = pool.submit(room.run, "select from live_rooms")
        waits(hold, 1)
    looked.result(10)


def test_a_table_that_is_not_named_can_not_be_held(room: HostRoom) -> None:
    with pytest.raises(NotApplicable, match="names no table"), held_table(room.database, None):
        pass


def test_a_busy_room_is_let_go_once_somebody_has_waited(room: HostRoom, pool: ThreadPoolExecutor) -> None:
    with busy_room(room.database, room.room_id):
        touched = pool.submit(room.run, TOUCH)
        touched.result(10)


def test_a_busy_room_is_let_go_when_who_waited_gives_up(room: HostRoom) -> None:
    with busy_room(room.database, room.room_id), psycopg.connect(room.database.dsn) as impatient:
        impatient.execute("set lock_timeout = '20ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            impatient.execute(TOUCH.encode(), {"room": room.room_id})
    room.run(TOUCH)


def test_a_busy_room_that_nobody_waits_for_proves_nothing(room: HostRoom) -> None:
    with pytest.raises(NotApplicable, match="nobody waited"), busy_room(room.database, room.room_id):
        pass
    room.run(TOUCH)
