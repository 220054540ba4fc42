"""What is wrong with a scenario's rows at one moment, for machines: every invariant, as what it says of a column.

The same two words as in a claim about that column (`Fact.what`), so that an invariant and a claim that are offended by
the same rows are the same thing that is wrong. It is looked at after each step: what went wrong first can be told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from greenroom.claims.history import HISTORY
from greenroom.claims.listing import NOT_LISTED, STILL_LIVE
from greenroom.claims.rooms import NOT_AS_ITS_SESSION
from greenroom.core.errors import What
from greenroom.relations.canonical import LIVE_ROOM, OPEN_SESSION
from greenroom.relations.state import State, Unseen


def wrong_rows(state: State, rooms: Collection[str]) -> list[What]:
    """All that is wrong with these rooms, as far as their rows are shown."""
    found: list[What] = []
    for room_id in rooms:
        for look in (_room, _sessions, _attendance, _listing):
            try:
                found += look(state, room_id)
            except Unseen:  # what nobody shows is not wrong
                continue
    return list(dict.fromkeys(found))


def offended(invariant: str, row: Mapping[str, Any]) -> list[What]:
    """What is wrong with a row that offends the invariant of that name."""
    return list(_OF_ROW[invariant](row)) if invariant in _OF_ROW else [("rooms", invariant)]


def _room(state: State, room_id: str) -> Iterator[What]:
    room = state.room(room_id)
    if room is None:
        return
    status, pointer = room["status"], room["session_id"]
    if status == "idle":
        yield from _idle(room)
        return
    session = state.session(pointer) if pointer is not None else None
    if session is None or session["status"] not in OPEN_SESSION:
        yield _STUCK
    elif session["room_id"] != room_id:
        yield _FOREIGN
    elif session["status"] != status:
        yield _DISAGREES


def _sessions(state: State, room_id: str) -> Iterator[What]:
    open_now, room = state.open_sessions(room_id), state.room(room_id)
    if len(open_now) > 1:
        yield _SEVERAL
    for session in open_now:
        if room is not None and room["session_id"] != session["session_id"]:
            yield from _orphan({"room_status": room["status"], "room_points_to": room["session_id"]})
    for session in state.closed_sessions(room_id):
        yield from _end_time(session)


def _attendance(state: State, room_id: str) -> Iterator[What]:
    for session in state.closed_sessions(room_id):
        if state.inside(session["session_id"]):
            yield _INSIDE


def _listing(state: State, room_id: str) -> Iterator[What]:
    room, entries = state.room(room_id), state.entries(room_id)
    if room is not None:
        listed = entries[0]["status"] if entries else None
        yield from _listed({"room_status": room["status"], "listed_as": listed})
    if len(entries) > 1:
        yield _ENTRIES
    if any(entry["status"] == "ended" and entry["ended_at"] is None for entry in entries):
        yield _ENTRY_TIME


def _idle(row: Mapping[str, Any]) -> Iterator[What]:
    if row["session_id"] is not None:
        yield _POINTER
    if row["host_present"]:
        yield _PRESENCE


def _orphan(row: Mapping[str, Any]) -> Iterator[What]:
    if row["room_status"] == "idle":
        yield _OPEN
    elif row["room_points_to"] is None:
        yield _NO_POINTER
    else:
        yield _SEVERAL


def _end_time(row: Mapping[str, Any]) -> Iterator[What]:
    if row["ended_at"] is None:
        yield _NO_END
    elif row.get("starts_at") is not None and row["ended_at"] < row["starts_at"] and row["status"] != "cancelled":
        yield _END_ORDER


def _changed(row: Mapping[str, Any]) -> Iterator[What]:
    yield row["column"], "changed"


def _end_time_of_offender(row: Mapping[str, Any]) -> Iterator[What]:
    yield _NO_END if row["ended_at"] is None else _END_ORDER


def _listed(row: Mapping[str, Any]) -> Iterator[What]:
    live = row["room_status"] in LIVE_ROOM
    if live and row["listed_as"] != "live":
        yield _UNLISTED
    elif not live and row["listed_as"] == "live":
        yield _LISTED


_STUCK: What = ("rooms.status", "not idle")
_FOREIGN: What = ("rooms.session_id", "other than expected")
_DISAGREES: What = ("rooms.status", NOT_AS_ITS_SESSION)
_POINTER: What = ("rooms.session_id", "not cleared")
_NO_POINTER: What = ("rooms.session_id", "not set")
_PRESENCE: What = ("rooms.host_present", "not cleared")
_ROOMS: What = ("rooms", "too many")
_LINK: What = ("accounts.room_id", "other than expected")
_SEVERAL: What = ("sessions", "several open")
_OPEN: What = ("sessions.status", "still open")
_NO_END: What = ("sessions.ended_at", "not set")
_END_ORDER: What = ("sessions.ended_at", "out of order")
_INSIDE: What = ("attendance.left_at", "not set")
_LEFT_ORDER: What = ("attendance.left_at", "before joining")
_UNLISTED: What = ("listing.status", NOT_LISTED)
_LISTED: What = ("listing.status", STILL_LIVE)
_ENTRIES: What = ("listing", "too many")
_ENTRY_TIME: What = ("listing.ended_at", "not set")
_ENTRY_TO_COME: What = ("listing.ended_at", "yet to come")

_OF_ROW: Mapping[str, Callable[[Mapping[str, Any]], Iterator[What]]] = {
    "nothing-stuck": lambda row: iter((_STUCK,)),
    "one-open-session": lambda row: iter((_SEVERAL,)),
    "no-orphan": _orphan,
    "pointer-agrees": lambda row: iter((_DISAGREES,)),
    "pointer-own": lambda row: iter((_FOREIGN,)),
    "idle-is-empty": _idle,
    "nobody-left-inside": lambda row: iter((_INSIDE,)),
    "ended-has-time": _end_time_of_offender,
    "left-after-joined": lambda row: iter((_LEFT_ORDER,)),
    "listing-live-is-true": _listed,
    "listing-once": lambda row: iter((_ENTRIES,)),
    "listing-ended-has-time": lambda row: iter((_ENTRY_TIME if row.get("ended_at") is None else _ENTRY_TO_COME,)),
    "one-room-a-host": lambda row: iter((_ROOMS,)),
    "room-is-linked": lambda row: iter((_LINK,)),
    **{rule.name: _changed for rule in HISTORY},
}
