"""What must not change any more: rules over two states, one after the other."""

from __future__ import annotations

from typing import Any

import pytest

from greenroom.claims.history import GONE, HISTORY, broken_history
from greenroom.claims.wrong_rows import offended
from greenroom.relations.state import State

Rows = dict[str, dict[str, Any]]

ROOM = {"room_id": "r1", "host_id": "ada", "status": "idle", "session_id": None, "host_present": False}
OVER = {
    "session_id": "s1",
    "room_id": "r1",
    "title": "A gr1",
    "status": "ended",
    "starts_at": "2026-02-15T10:00:00+00:00",
    "ended_at": "2026-02-15T11:00:00+00:00",
}
LIVE = OVER | {"status": "live", "ended_at": None}
STAY = {
    "session_id": "s1",
    "account_id": "grace",
    "role": "guest",
    "joined_at": "2026-02-15T10:05:00+00:00",
    "left_at": "2026-02-15T11:00:00+00:00",
}
LATER = "2026-02-15T12:00:00+00:00"


NEXT = LIVE | {"session_id": "s2", "starts_at": "2026-02-15T11:30:00+00:00"}


def rows(
    room: dict[str, Any] | None = ROOM,
    session: dict[str, Any] | None = OVER,
    *stays: dict[str, Any],
    last: bool = False,
) -> State:
    """A state of one room, one session and those who are or were inside; it is the room's last, or another follows."""
    pairs = [("rooms", room), ("sessions", session), *(("attendance", stay) for stay in stays)]
    pairs += [] if last else [("sessions", NEXT)]
    return State.of((relation, row) for relation, row in pairs if row is not None)


BROKEN = {
    "it is open again": (rows(), rows(ROOM, LIVE), ["sessions.status", "sessions.ended_at"]),
    "its end has moved": (rows(), rows(ROOM, OVER | {"ended_at": LATER}), ["sessions.ended_at"]),
    "its title is another": (rows(), rows(ROOM, OVER | {"title": "B gr1"}), ["sessions.title"]),
    "it is another room's": (rows(), rows(ROOM, OVER | {"room_id": "r2"}), ["sessions.room_id"]),
    "it is gone": (rows(), rows(ROOM, None), ["sessions"]),
    "a leave time has moved": (
        rows(ROOM, OVER, STAY),
        rows(ROOM, OVER, STAY | {"left_at": LATER}),
        ["attendance.left_at"],
    ),
    "somebody is inside again": (
        rows(ROOM, OVER, STAY),
        rows(ROOM, OVER, STAY | {"left_at": None}),
        ["attendance.left_at"],
    ),
    "nobody was inside": (rows(ROOM, OVER, STAY), rows(ROOM, OVER), ["attendance"]),
    "somebody comes in after the end": (
        rows(),
        rows(ROOM, OVER, STAY | {"joined_at": LATER, "left_at": None}),
        ["attendance.joined_at"],
    ),
    "the last one is open again": (rows(last=True), rows(ROOM, LIVE, last=True), ["sessions.status"]),
    "somebody is inside the last one": (
        rows(ROOM, OVER, STAY, last=True),
        rows(ROOM, OVER, STAY | {"left_at": None}, last=True),
        ["attendance.left_at"],
    ),
    "a live one began later": (rows(ROOM, LIVE), rows(ROOM, LIVE | {"starts_at": LATER}), ["sessions.starts_at"]),
    "the room is somebody else's": (rows(), rows(ROOM | {"host_id": "eve"}), ["rooms.host_id"]),
    "the room is gone": (rows(), rows(None), ["rooms"]),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_over_has_changed(name: str) -> None:
    before, after, columns = BROKEN[name]
    found = broken_history(before, after)
    assert [row["column"] for one in found for row in one.rows] == columns
    assert [what for one in found for row in one.rows for what in offended(one.invariant.name, row)] == [
        (column, "changed") for column in columns
    ]


KEPT = {
    "nothing has changed": (rows(ROOM, OVER, STAY), rows(ROOM, OVER, STAY)),
    "it ends": (rows(ROOM, LIVE, STAY | {"left_at": None}), rows(ROOM, OVER, STAY)),
    "the end time comes after the status": (rows(ROOM, OVER | {"ended_at": None}), rows()),
    "whoever was left inside leaves": (rows(ROOM, OVER, STAY | {"left_at": None}), rows(ROOM, OVER, STAY)),
    "a stay of before comes late": (rows(), rows(ROOM, OVER, STAY)),
    "a planned one begins": (rows(ROOM, LIVE | {"status": "scheduled"}), rows(ROOM, LIVE | {"starts_at": LATER})),
    "what was cancelled is taken out": (rows(ROOM, OVER | {"status": "cancelled"}), rows(ROOM, None)),
    "nobody had looked before": (State(), rows()),
    "the last one's end is told more exactly": (
        rows(ROOM, OVER, STAY, last=True),
        rows(ROOM, OVER | {"ended_at": LATER}, STAY | {"left_at": LATER}, last=True),
    ),
}


@pytest.mark.parametrize("name", KEPT)
def test_what_may_change(name: str) -> None:
    assert broken_history(*KEPT[name]) == []


def test_what_comes_late_may_still_move_its_times() -> None:
    moved = rows(ROOM, OVER | {"ended_at": LATER}, STAY | {"left_at": LATER})
    assert broken_history(rows(ROOM, OVER, STAY), moved, late=True) == []
    assert broken_history(rows(), rows(ROOM, LIVE), late=True) != []


def test_sessions_of_others_in_a_leased_room_are_their_own_business() -> None:
    assert broken_history(rows(), rows(ROOM, LIVE), mine="gr2") == []
    assert broken_history(rows(), rows(ROOM, LIVE), mine="gr1") != []


def test_what_nobody_shows_is_not_judged() -> None:
    shown = State.of([("sessions", OVER), ("rooms", ROOM)], ("rooms", "sessions"))
    assert broken_history(shown, rows(ROOM, OVER)) == []


def test_every_rule_has_a_promise() -> None:
    assert [rule.promise for rule in HISTORY] == ["E5", "D1", "G2"]
    assert GONE == "gone"
