"""The invariants that can be told without a database: over the rooms and entries that the gateway shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from greenroom.claims.invariants import INVARIANTS, Violation
from greenroom.relations.canonical import LIVE_ROOM
from greenroom.relations.state import Row, State, Unseen


def violations_seen(state: State, rooms: Sequence[str], relations: frozenset[str]) -> list[Violation]:
    """What these rooms offend, judged by those of `relations` that the state shows, with the offending rows."""
    found = []
    for name, (needs, offending) in _SEEN.items():
        if needs in relations & state.sees:
            rows = tuple(row for room in rooms for row in _seen(offending, state, room))
            if rows:
                found.append(Violation(next(one for one in INVARIANTS if one.name == name), rows))
    return found


def _idle_is_empty(state: State, room_id: str) -> Iterable[Row]:
    room = state.room(room_id)
    if room is not None and room["status"] == "idle" and room["session_id"] is not None:
        yield room


def _nothing_stuck(state: State, room_id: str) -> Iterable[Row]:
    room = state.room(room_id)
    if room is not None and room["status"] != "idle" and room["session_id"] is None:
        yield room


def _listing_live_is_true(state: State, room_id: str) -> Iterable[Row]:
    room = state.room(room_id)
    live = room is not None and room["status"] in LIVE_ROOM
    listed = any(entry["status"] == "live" for entry in state.entries(room_id))
    if live != listed:
        yield {
            "room_id": room_id,
            "room_status": room["status"] if room else None,
            "listed_as": "live" if listed else None,
        }


def _listing_once(state: State, room_id: str) -> Iterable[Row]:
    entries = state.entries(room_id)
    if len(entries) > 1:
        yield {"room_id": room_id, "entries": len(entries)}


_SEEN: dict[str, tuple[str, Callable[[State, str], Iterable[Row]]]] = {
    "nothing-stuck": ("rooms", _nothing_stuck),
    "idle-is-empty": ("rooms", _idle_is_empty),
    "listing-live-is-true": ("listing", _listing_live_is_true),
    "listing-once": ("listing", _listing_once),
}


def _seen(offending: Callable[[State, str], Iterable[Row]], state: State, room_id: str) -> list[dict[str, Any]]:
    try:
        return [dict(row) for row in offending(state, room_id)]
    except Unseen:  # a column that this gateway does not show
        return []
