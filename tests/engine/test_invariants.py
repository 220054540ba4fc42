"""Every invariant: silent on a healthy room, and showing the row where one was planted, on a database that lets it be.

The reference's schema refuses some of what the invariants look for; a clone of it without those constraints is what a
target may look like.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

import psycopg
import pytest

from greenroom.claims.audit import audit
from greenroom.claims.invariants import INVARIANTS, violations
from greenroom.claims.since import SINCE
from greenroom.drivers.database import Database
from tests.support.host_room import HostRoom


@pytest.fixture(scope="module")
def unconstrained(database: Database) -> Database:
    """The database without the constraints that keep such rows out."""
    with psycopg.connect(database.dsn, autocommit=True) as connection:
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
    return database


@pytest.fixture
def room(unconstrained: Database) -> HostRoom:
    return HostRoom(unconstrained)


def offends(room: HostRoom) -> set[str]:
    return {found.invariant.name for found in violations(room.database, [room.room_id])}


def at_rest(room: HostRoom) -> None:
    room.inside(room.session("ended", ended=1), left=1)
    room.inside(room.session("cancelled", starts=-1, ended=1), joined=2, left=1)
    room.listed("ended", ended=1)


def in_lobby(room: HostRoom) -> None:
    room.set("lobby", room.session("lobby"), present=True)
    room.listed("live")


def scheduled(room: HostRoom) -> None:
    room.set("scheduled", room.session("scheduled", starts=-3))
    room.listed("pending")


def not_listed(room: HostRoom) -> None:
    """A room that was never live has no entry."""


@pytest.mark.parametrize("state", [HostRoom.live, at_rest, in_lobby, scheduled, not_listed])
def test_a_healthy_room_offends_nothing(room: HostRoom, state: Callable[[HostRoom], object]) -> None:
    state(room)
    assert offends(room) == set()


def stuck(room: HostRoom) -> None:
    room.set("scheduled", room.session("ended", ended=1), present=False)


def stuck_without_session(room: HostRoom) -> None:
    room.set("cancelled")


def two_open(room: HostRoom) -> None:
    room.live()
    room.session("lobby")


def orphan(room: HostRoom) -> None:
    room.session("live")


def disagreeing(room: HostRoom) -> None:
    room.set("scheduled", room.session("lobby"))


def anothers_session(room: HostRoom) -> None:
    other = HostRoom(room.database)
    room.set("live", other.session("live"))
    room.listed("live")


def idle_with_host(room: HostRoom) -> None:
    room.set("idle", present=True)


def idle_with_session(room: HostRoom) -> None:
    room.set("idle", room.session("ended", ended=1))


def somebody_left_inside(room: HostRoom) -> None:
    room.inside(room.session("ended", ended=1))


def ended_without_time(room: HostRoom) -> None:
    room.session("ended")


def ended_in_the_future(room: HostRoom) -> None:
    room.session("cancelled", ended=-1)


def ended_before_it_began(room: HostRoom) -> None:
    room.inside(room.session("ended", starts=1, ended=2), joined=0.9, left=0.8)


def left_before_joining(room: HostRoom) -> None:
    room.inside(room.session("ended", ended=0.5), joined=1, left=2)


def listed_though_idle(room: HostRoom) -> None:
    room.listed("live")


def live_but_not_listed(room: HostRoom) -> None:
    room.set("live", room.session("live"))


def live_but_listed_as_ended(room: HostRoom) -> None:
    room.set("live", room.session("live"))
    room.listed("ended", ended=1)


def listed_twice(room: HostRoom) -> None:
    room.live()
    room.listed("live")


def listing_without_end_time(room: HostRoom) -> None:
    room.listed("ended")


def listing_ended_tomorrow(room: HostRoom) -> None:
    room.listed("ended", ended=-24)


def second_room(room: HostRoom) -> None:
    room.run(
        "insert into live_rooms (title, host_user_id, room_name, room_slug)"
        " values ('again', %(host)s::uuid, 'again', 'again-' || %(host)s)"
    )


def linked_elsewhere(room: HostRoom) -> None:
    other = HostRoom(room.database)
    room.run("update app_users set live_room_id = null where user_id = %(host)s::uuid")
    room.run("update app_users set live_room_id = %(room)s::uuid where user_id = %(other)s::uuid", other=other.host_id)


PLANTED: list[tuple[Callable[[HostRoom], None], set[str]]] = [
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
    (listing_ended_tomorrow, {"listing-ended-has-time"}),
    (second_room, {"one-room-a-host"}),
    (linked_elsewhere, {"room-is-linked"}),
]


@pytest.mark.parametrize(("plant", "offended"), PLANTED, ids=[plant.__name__ for plant, _ in PLANTED])
def test_a_planted_row_is_seen_for_its_own_room_only(
    room: HostRoom, plant: Callable[[HostRoom], None], offended: set[str]
) -> None:
    bystander = HostRoom(room.database)
    bystander.live()
    plant(room)
    assert offends(room) == offended
    assert offends(bystander) == set()


def test_what_was_ended_while_it_was_to_come_keeps_the_start_that_was_planned(room: HostRoom) -> None:
    early = room.session("ended", starts=1, ended=2)
    room.inside(early, joined=3, left=2)
    assert offends(room) == set()


def test_every_invariant_was_seen_violated() -> None:
    assert set().union(*(offended for _, offended in PLANTED)) == {invariant.name for invariant in INVARIANTS}


def test_the_offending_rows_are_shown(room: HostRoom) -> None:
    session = room.session("ended", ended=1)
    room.set("live", session)
    room.listed("live")
    (found,) = violations(room.database, [room.room_id])
    assert found.invariant.promise == "O1"
    assert found.rows == (
        {"room_id": room.room_id, "status": "live", "session_id": session, "session_status": "ended"},
    )


def test_an_audit_sees_what_is_seen_room_by_room(room: HostRoom) -> None:
    for plant, _ in PLANTED:
        plant(HostRoom(room.database))
    rooms = [str(row["room_id"]) for row in room.database.query("select room_id from rooms")]
    found = {one.invariant.name: one for one in audit(room.database, rows=None).broken}
    asked = {one.invariant.name: one for one in violations(room.database, rooms)}
    assert found.keys() == asked.keys() == {invariant.name for invariant in INVARIANTS}
    for name, one in asked.items():
        rows = [{key: value for key, value in row.items() if key != "since"} for row in found[name].rows]
        assert sorted(rows, key=_by_name) == sorted(one.rows, key=_by_name), name
        assert found[name].count == len(rows)


def _by_name(row: Mapping[str, object]) -> str:
    return str(sorted(row.items()))


def test_since_when_is_told_of_every_invariant() -> None:
    assert set(SINCE) == {invariant.name for invariant in INVARIANTS}


SINCE_WHEN: list[tuple[Callable[[HostRoom], object], str, float | None]] = [
    (stuck, "nothing-stuck", 1),
    (stuck_without_session, "nothing-stuck", None),
    (two_open, "one-open-session", 2),
    (orphan, "no-orphan", 2),
    (idle_with_session, "idle-is-empty", 1),
    (somebody_left_inside, "nobody-left-inside", 1),
    (ended_without_time, "ended-has-time", 2),
    (left_before_joining, "left-after-joined", 2),
    (live_but_not_listed, "listing-live-is-true", 2),
    (second_room, "one-room-a-host", None),
]


@pytest.mark.parametrize(("plant", "name", "hours"), SINCE_WHEN, ids=[plant.__name__ for plant, _, _ in SINCE_WHEN])
def test_an_audit_tells_since_when(
    room: HostRoom, plant: Callable[[HostRoom], object], name: str, hours: float | None
) -> None:
    plant(room)
    found = next(one for one in audit(room.database, rows=None).broken if one.invariant.name == name)
    moments = [row["since"] for row in found.rows]
    known = [dt.datetime.fromisoformat(one) for one in moments if one]
    assert known == sorted(known) and moments == [
        *(one for one in moments if one),
        *(one for one in moments if not one),
    ]
    assert found.since == (moments[0] or "")
    (mine,) = [row for row in found.rows if {room.room_id, room.host_id} & set(map(str, row.values()))]
    if hours is None:
        assert mine["since"] is None
    else:
        ago = dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(mine["since"])
        assert abs(ago - dt.timedelta(hours=hours)) < dt.timedelta(minutes=5)


def test_a_planned_session_is_wrong_since_nobody_knows_when(room: HostRoom) -> None:
    room.session("scheduled", starts=-3)
    found = next(one for one in audit(room.database, rows=None).broken if one.invariant.name == "no-orphan")
    (mine,) = [row for row in found.rows if row["room_id"] == room.room_id]
    assert mine["since"] is None


def test_no_more_rows_are_fetched_than_asked_for(room: HostRoom) -> None:
    for _ in range(3):
        room.inside(room.session("ended", ended=1))
    for rows in (0, 2):
        found = next(
            one for one in audit(room.database, rows=rows).broken if one.invariant.name == "nobody-left-inside"
        )
        assert len(found.rows) == rows and found.count >= 3 and found.since


def test_the_fix_s_own_count_knows_less_than_ours(room: HostRoom) -> None:
    before = audit(room.database, rows=0)
    stuck(room)
    HostRoom(room.database).set("ended")
    after = audit(room.database, rows=0)
    strict = [
        next(one.count for one in seen.found if one.invariant.name == "nothing-stuck") for seen in (before, after)
    ]
    assert after.documented_stuck - before.documented_stuck == 1 and strict[1] - strict[0] == 2
    assert after.documented_since


def test_no_rooms_no_question(room: HostRoom) -> None:
    room.set("idle", present=True)
    assert violations(room.database, []) == []
