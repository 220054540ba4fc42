"""What is claimed of single people: inside a session, or not; and of how many there are."""

from __future__ import annotations

from greenroom.claims.fact import Claim, Fact, same
from greenroom.relations.state import Row, State

_COLUMN = "attendance.left_at"


def is_inside(session_id: str, account_id: str) -> Claim:
    """The guest is inside the session, once, and as a guest (A1)."""

    def claim(state: State) -> list[Fact]:
        inside = _open_rows(state, session_id, account_id)
        wrong = "not inside" if not inside else "inside twice"
        roles = [same("role", "guest", row["role"], "attendance.role", "inside as the host") for row in inside]
        return [same("times inside", 1, len(inside), _COLUMN, wrong), *roles]

    return claim


def nobody_is_inside_twice(session_id: str) -> Claim:
    """Whoever is inside the session is inside once, host and guests (A1)."""

    def claim(state: State) -> list[Fact]:
        inside = [row["account_id"] for row in state.attendance_of(session_id) if row["left_at"] is None]
        twice = len(inside) - len(set(inside))
        return [same("inside more than once", 0, twice, _COLUMN, "inside twice")]

    return claim


def is_not_inside(session_id: str, account_id: str) -> Claim:
    """The person is not inside the session, whether they ever were or not (A2, A4)."""

    def claim(state: State) -> list[Fact]:
        return [same("times inside", 0, len(_open_rows(state, session_id, account_id)), _COLUMN, "still inside")]

    return claim


def has_left(session_id: str, account_id: str) -> Claim:
    """The person was inside the session, and is not any more (A2)."""

    def claim(state: State) -> list[Fact]:
        mine = [row for row in state.attendance_of(session_id) if row["account_id"] == account_id]
        came = Fact("times come in", "at least 1", str(len(mine)), bool(mine), about="attendance", wrong="missing")
        return [came, *is_not_inside(session_id, account_id)(state)]

    return claim


def is_full(session_id: str, capacity: int) -> Claim:
    """As many are inside as there is room for, and no more; whether the host takes one of the places is the target's
    own affair (A3)."""

    def claim(state: State) -> list[Fact]:
        inside = [row for row in state.attendance_of(session_id) if row["left_at"] is None]
        guests = sum(row["role"] != "host" for row in inside)
        right = guests in (capacity - 1, capacity)
        how = "too many" if guests > capacity else "too few"
        expected = f"{capacity}, or {capacity - 1} beside the host"
        return [Fact("guests inside", expected, str(guests), right, about="attendance", wrong=how)]

    return claim


def empty(room_id: str) -> Claim:
    """Nobody is inside any session that the room has had (C6)."""

    def claim(state: State) -> list[Fact]:
        sessions = {row["session_id"] for row in state.sessions_of(room_id)}
        inside = [row for row in state.all("attendance") if row["session_id"] in sessions and row["left_at"] is None]
        return [same("still inside", 0, len(inside), _COLUMN, "not set")]

    return claim


def _open_rows(state: State, session_id: str, account_id: str) -> list[Row]:
    return [
        row for row in state.attendance_of(session_id) if row["account_id"] == account_id and row["left_at"] is None
    ]
