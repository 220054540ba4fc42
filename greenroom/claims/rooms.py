"""What is claimed of rooms: at rest, live, as they were. Each is a list of facts: a failure names the wrong one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from greenroom.claims.changed_rows import rows_kept
from greenroom.claims.fact import Claim, Fact, facts_of, same
from greenroom.claims.listing import without_late_ends
from greenroom.relations.canonical import LIVE_ROOM, OPEN_SESSION, RELATIONS
from greenroom.relations.state import Row, State, show

NOT_AS_ITS_SESSION = "not as its session"


def at_rest(room_id: str, *, presence: bool = True) -> Claim:
    """The room is idle, points to no session, and no host is present (E1)."""

    def pointer(room: Row, state: State) -> list[Fact]:
        return [
            same("status", "idle", room["status"], "rooms.status", "not idle"),
            same("session", None, room["session_id"], "rooms.session_id"),
        ]

    def host(room: Row, state: State) -> list[Fact]:
        return [same("host present", False, room["host_present"], "rooms.host_present")]

    def sessions(room: Row, state: State) -> list[Fact]:
        return [same("open sessions", 0, len(state.open_sessions(room_id)), "sessions.status", "still open")]

    return _about_room(room_id, pointer, *([host] if presence else []), sessions)


def is_live(room_id: str, *, statuses: Sequence[str] = LIVE_ROOM) -> Claim:
    """The room is live with exactly one open session, and points to it (R2, C1)."""

    def status(room: Row, state: State) -> list[Fact]:
        right = room["status"] in statuses
        words = " or ".join(statuses)
        return [Fact("status", words, show(room["status"]), right, about="rooms.status", wrong=f"not {words}")]

    def sessions(room: Row, state: State) -> list[Fact]:
        open_now = state.open_sessions(room_id)
        number = "none open" if not open_now else "several open"
        facts = [same("open sessions", 1, len(open_now), "sessions", number)]
        if len(open_now) == 1:
            facts.append(same("session", open_now[0]["session_id"], room["session_id"], "rooms.session_id"))
            facts.append(
                same("session status", room["status"], open_now[0]["status"], "rooms.status", NOT_AS_ITS_SESSION)
            )
        return facts

    def pointer(room: Row, state: State) -> list[Fact]:
        if "sessions" in state.sees:
            return []  # then the pointer is compared with the session itself
        set_ = room["session_id"] is not None
        return [Fact("session", "set", show(room["session_id"]), set_, about="rooms.session_id", wrong="not set")]

    return _about_room(room_id, status, sessions, pointer)


def points_to(room_id: str, session_id: str) -> Claim:
    """The room's current session is that one (H1, R2)."""
    return _about_room(room_id, lambda room, _: [same("session", session_id, room["session_id"], "rooms.session_id")])


def shows_host(room_id: str, *, present: bool) -> Claim:
    """The room shows that its host is there, or that the host is away (H12)."""
    return _about_room(
        room_id, lambda room, _: [same("host present", present, room["host_present"], "rooms.host_present")]
    )


def unchanged(before: State, rooms: Sequence[str], accounts: Sequence[str] = (), *, leaver: str = "") -> Claim:
    """Every row of these rooms is what it was (E9, E10, R3, R4); but for the leaving of the account `leaver`, who may
    leave at any time, and be it by a write that is meant to send others away (S1)."""
    was = before.only(rooms, accounts)

    def claim(state: State) -> list[Fact]:
        now = state.only(rooms, accounts)
        facts = []
        for relation in RELATIONS:
            if relation not in was.sees & now.sees:
                facts.append(Fact(relation, "", "", False, seen=False))
                continue
            old, new = was.all(relation), now.all(relation)
            if relation == "listing":
                new = without_late_ends(was, new)
            if relation == "attendance" and leaver:
                new = _without_leaving(leaver, old, new)
            facts.append(rows_kept(relation, old, new))
        return facts

    return claim


def _without_leaving(account_id: str, old: Sequence[Row], new: Sequence[Row]) -> tuple[Row, ...]:
    """Attendance as it was before somebody left, who had been inside."""

    def before(row: Row) -> Row:
        inside = {**row, "left_at": None}
        return inside if row["account_id"] == account_id and inside in old else row

    return tuple(map(before, new))


def rooms_hosted(account_id: str, number: int) -> Claim:
    """The person hosts exactly that many rooms, and is linked to the one (D1)."""

    def claim(state: State) -> list[Fact]:
        rooms = state.rooms_of(account_id)
        facts = [same("rooms hosted", number, len(rooms), "rooms", "too many" if len(rooms) > number else "too few")]
        account = next((row for row in state.all("accounts") if row["account_id"] == account_id), None)
        if number == 1 and len(rooms) == 1:
            linked = account["room_id"] if account else None
            facts.append(same("linked room", rooms[0]["room_id"], linked, "accounts.room_id"))
        return facts

    return claim


def told_the_truth(room_id: str, told: Mapping[str, Mapping[str, Any]]) -> Claim:
    """A live room is that of the Go Live that was carried out, one at rest that of the end (C3).

    `told` are the answers of the requests that were carried out, by operation.
    """

    def claim(state: State) -> list[Fact]:
        room = state.room(room_id)
        if room is None:
            return [Fact("room", "exists", "no such room", False, about="rooms", wrong="missing")]
        if room["status"] in LIVE_ROOM:
            session = str(told.get("go_live", {}).get("session"))
            return [same("session of the Go Live", session, room["session_id"], "rooms.session_id", "not as told")]
        ended = "end" in told
        words = "carried out" if ended else "refused"
        return [Fact("the end", "carried out", words, ended, about="operation:end", wrong="not as told")]

    return claim


def open_session_of(state: State, room_id: str) -> str | None:
    """The id of the open session that the room points to, or of its only open one.

    Where sessions are not shown, what the room points to.
    """
    room = state.room(room_id)
    pointer = str(room["session_id"]) if room and room["session_id"] else None
    if "sessions" not in state.sees:
        return pointer
    pointed = state.session(pointer) if pointer else None
    if pointed and pointed["status"] in OPEN_SESSION:
        return pointer
    open_now = state.open_sessions(room_id)
    return str(open_now[0]["session_id"]) if len(open_now) == 1 else None


def _about_room(room_id: str, *parts: Callable[[Row, State], list[Fact]]) -> Claim:
    """All that is claimed of one room, each part by itself, so that what can be seen is judged."""

    def claim(state: State) -> list[Fact]:
        room = state.room(room_id)
        if room is None:
            return [Fact("room", "exists", "no such room", False, about="rooms", wrong="missing")]
        return [fact for part in parts for fact in facts_of(partial(part, room), state)]

    return claim
