"""Every invariant: silent on a healthy room, and showing the row where one was planted, on a database that lets it be.

The reference's schema refuses some of what the invariants look for; a clone of it without those constraints is what a
target may look like.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg
import pytest

from greenroom.claims.invariants import INVARIANTS, audit_all, violations
from greenroom.drivers.database import Database
from tests.engine.test_census import TARGET, House, cloned


@pytest.fixture(scope="module")
def loose() -> Iterator[Database]:
    """A database with the reference's tables, and without the constraints that keep rows from being planted."""
    with cloned("greenroom_loose") as dsn:
        loosen(dsn)
        database = Database(dsn, TARGET, writable=True)
        yield database
        database.close()


def loosen(dsn: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        constraints = connection.execute(
            "select conrelid::regclass, conname from pg_constraint where contype in ('u', 'c')"
            " and conrelid in ('live_rooms'::regclass, 'live_room_attendance'::regclass)"
        ).fetchall()
        for table, name in constraints:
            connection.execute(f"alter table {table} drop constraint if exists {name}".encode())
        for (index,) in connection.execute(
            "select indexrelid::regclass from pg_index where indisunique and not indisprimary and indrelid in"
            " ('live_rooms'::regclass, 'live_room_sessions'::regclass, 'live_room_attendance'::regclass)"
        ).fetchall():
            connection.execute(f"drop index {index}".encode())
        connection.execute(b"alter table community_live_streams drop constraint community_live_streams_pkey")


@pytest.fixture
def house(loose: Database) -> House:
    return House(loose)


def offends(house: House) -> set[str]:
    return {found.invariant.name for found in violations(house.database, [house.room])}


def at_rest(house: House) -> None:
    house.inside(house.session("ended", ended=1), left=1)
    house.inside(house.session("cancelled", starts=-1, ended=1), joined=2, left=1)
    house.listed("ended", ended=1)


def in_lobby(house: House) -> None:
    house.set("lobby", house.session("lobby"), present=True)
    house.listed("live")


def scheduled(house: House) -> None:
    house.set("scheduled", house.session("scheduled", starts=-3))
    house.listed("pending")


def not_listed(house: House) -> None:
    """A room that was never live has no entry."""


@pytest.mark.parametrize("state", [House.live, at_rest, in_lobby, scheduled, not_listed])
def test_a_healthy_room_offends_nothing(house: House, state: Callable[[House], object]) -> None:
    state(house)
    assert offends(house) == set()


def stuck(house: House) -> None:
    house.set("scheduled", house.session("ended", ended=1), present=False)


def stuck_without_session(house: House) -> None:
    house.set("cancelled")


def two_open(house: House) -> None:
    house.live()
    house.session("lobby")


def orphan(house: House) -> None:
    house.session("live")


def disagreeing(house: House) -> None:
    house.set("scheduled", house.session("lobby"))


def anothers_session(house: House) -> None:
    other = House(house.database)
    house.set("live", other.session("live"))
    house.listed("live")


def idle_with_host(house: House) -> None:
    house.set("idle", present=True)


def idle_with_session(house: House) -> None:
    house.set("idle", house.session("ended", ended=1))


def somebody_left_inside(house: House) -> None:
    house.inside(house.session("ended", ended=1))


def ended_without_time(house: House) -> None:
    house.session("ended")


def ended_in_the_future(house: House) -> None:
    house.session("cancelled", ended=-1)


def ended_before_it_began(house: House) -> None:
    house.session("ended", starts=1, ended=2)


def left_before_joining(house: House) -> None:
    house.inside(house.session("ended", ended=0.5), joined=1, left=2)


def listed_though_idle(house: House) -> None:
    house.listed("live")


def live_but_not_listed(house: House) -> None:
    house.set("live", house.session("live"))


def live_but_listed_as_ended(house: House) -> None:
    house.set("live", house.session("live"))
    house.listed("ended", ended=1)


def listed_twice(house: House) -> None:
    house.live()
    house.listed("live")


def listing_without_end_time(house: House) -> None:
    house.listed("ended")


def second_room(house: House) -> None:
    house.run(
        "insert into live_rooms (title, host_user_id, room_name, room_slug)"
        " values ('again', %(host)s::uuid, 'again', 'again-' || %(host)s)"
    )


def linked_elsewhere(house: House) -> None:
    other = House(house.database)
    house.run("update app_users set live_room_id = null where user_id = %(host)s::uuid")
    house.run("update app_users set live_room_id = %(room)s::uuid where user_id = %(other)s::uuid", other=other.host)


PLANTED: list[tuple[Callable[[House], None], set[str]]] = [
    (stuck, {"nothing-stuck"}),
    (stuck_without_session, {"nothing-stuck"}),
    (two_open, {"one-open-session", "no-orphan"}),
    (orphan, {"no-orphan"}),
    (disagreeing, {"pointer-agrees"}),
    (anothers_session, {"pointer-own"}),
    (idle_with_host, {"idle-is-empty"}),
    (idle_with_session, {"idle-is-empty"}),
    (somebody_left_inside, {"nobody-left-inside"}),
    (ended_without_time, {"ended-has-time"}),
    (ended_in_the_future, {"ended-has-time"}),
    (ended_before_it_began, {"ended-has-time"}),
    (left_before_joining, {"left-after-joined"}),
    (listed_though_idle, {"listing-live-is-true"}),
    (live_but_not_listed, {"listing-live-is-true"}),
    (live_but_listed_as_ended, {"listing-live-is-true"}),
    (listed_twice, {"listing-once"}),
    (listing_without_end_time, {"listing-ended-has-time"}),
    (second_room, {"one-room-a-host"}),
    (linked_elsewhere, {"room-is-linked"}),
]


@pytest.mark.parametrize(("plant", "offended"), PLANTED, ids=[plant.__name__ for plant, _ in PLANTED])
def test_a_planted_row_is_seen_for_its_own_room_only(
    house: House, plant: Callable[[House], None], offended: set[str]
) -> None:
    bystander = House(house.database)
    bystander.live()
    plant(house)
    assert offends(house) == offended
    assert offends(bystander) == set()


def test_every_invariant_was_seen_violated() -> None:
    assert set().union(*(offended for _, offended in PLANTED)) == {invariant.name for invariant in INVARIANTS}


def test_the_offending_rows_are_shown(house: House) -> None:
    session = house.session("ended", ended=1)
    house.set("live", session)
    house.listed("live")
    (found,) = violations(house.database, [house.room])
    assert found.invariant.promise == "O1"
    assert found.rows == ({"room_id": house.room, "status": "live", "session_id": session, "session_status": "ended"},)


def test_an_audit_sees_every_room(house: House) -> None:
    house.set("idle", present=True)
    shown = [row["room_id"] for found in audit_all(house.database) for row in found.rows if "room_id" in row]
    assert house.room in shown


def test_no_rooms_no_question(house: House) -> None:
    house.set("idle", present=True)
    assert violations(house.database, []) == []
