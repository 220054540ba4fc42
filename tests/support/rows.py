"""Rows as a snapshot of the database holds them, and states made of them."""

from __future__ import annotations

from typing import Any

from greenroom.relations.state import Row, State

Pair = tuple[str, Row]
LONG_AGO = "2026-02-15T10:00:00+00:00"
LATER = "2026-02-15T11:00:00+00:00"


def account(account_id: str = "ada", **different: Any) -> Pair:
    """A row as a snapshot holds it; so are the following."""
    return "accounts", {"account_id": account_id, "name": account_id.title(), "room_id": "r1"} | different


def room(room_id: str = "r1", **different: Any) -> Pair:
    row = {"room_id": room_id, "host_id": "ada", "status": "idle", "session_id": None, "host_present": False}
    return "rooms", row | different


def session(session_id: str = "s1", **different: Any) -> Pair:
    row = {"session_id": session_id, "room_id": "r1", "title": "Talk", "status": "ended"}
    return "sessions", row | {"starts_at": LONG_AGO, "ended_at": LATER} | different


def attendance(account_id: str = "grace", **different: Any) -> Pair:
    row = {"session_id": "s1", "account_id": account_id, "role": "guest", "joined_at": LONG_AGO, "left_at": LATER}
    return "attendance", row | different


def entry(room_id: str = "r1", **different: Any) -> Pair:
    row = {"room_id": room_id, "title": "Talk", "host_id": "ada", "status": "ended", "started_at": LONG_AGO}
    return "listing", row | {"ended_at": LATER} | different


def state(*pairs: Pair) -> State:
    return State.of(pairs)


def live() -> tuple[Pair, ...]:
    """A live room: its session open, host and guest inside, listed."""
    return (
        account(),
        room(status="live", session_id="s1", host_present=True),
        session(status="live", ended_at=None),
        attendance("ada", role="host", left_at=None),
        attendance(left_at=None),
        entry(status="live", ended_at=None),
    )
