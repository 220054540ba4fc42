"""Domain words over a state: "at rest", "live", "over". Each is a list of facts: a failure names the wrong one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial

from greenroom.claims.fact import Claim, Fact, facts_of, same
from greenroom.relations.canonical import LIVE_ROOM, OPEN_SESSION, RELATIONS
from greenroom.relations.state import Row, State, moment, show

CLOCK_SKEW = dt.timedelta(seconds=5)


def at_rest(room_id: str, *, presence: bool = True) -> Claim:
    """The room is idle, points to no session, and no host is present (E1)."""

    def pointer(room: Row, state: State) -> list[Fact]:
        return [same("status", "idle", room["status"]), same("session", None, room["session_id"])]

    def host(room: Row, state: State) -> list[Fact]:
        return [same("host present", False, room["host_present"])]

    def sessions(room: Row, state: State) -> list[Fact]:
        return [same("open sessions", 0, len(state.open_sessions(room_id)))]

    return _about_room(room_id, pointer, *([host] if presence else []), sessions)


def is_live(room_id: str, *, statuses: Sequence[str] = LIVE_ROOM) -> Claim:
    """The room is live with exactly one open session, and points to it (R2, C1)."""

    def status(room: Row, state: State) -> list[Fact]:
        return [Fact("status", " or ".join(statuses), show(room["status"]), room["status"] in statuses)]

    def sessions(room: Row, state: State) -> list[Fact]:
        open_now = state.open_sessions(room_id)
        facts = [same("open sessions", 1, len(open_now))]
        if len(open_now) == 1:
            facts.append(same("session", open_now[0]["session_id"], room["session_id"]))
            facts.append(same("session status", room["status"], open_now[0]["status"]))
        return facts

    def pointer(room: Row, state: State) -> list[Fact]:
        if "sessions" in state.sees:
            return []  # then the pointer is compared with the session itself
        return [Fact("session", "set", show(room["session_id"]), room["session_id"] is not None)]

    return _about_room(room_id, status, sessions, pointer)


def points_to(room_id: str, session_id: str) -> Claim:
    """The room's current session is that one (H1, R2)."""
    return _about_room(room_id, lambda room, _: [same("session", session_id, room["session_id"])])


def session_over(session_id: str, *, statuses: Sequence[str] = ("ended",)) -> Claim:
    """The session is over, its end time is set, not before its start and not in the future (E2)."""

    def claim(state: State) -> list[Fact]:
        session = state.session(session_id)
        if session is None:
            return [Fact("session", "exists", "no such session", False)]
        return [
            Fact("session status", " or ".join(statuses), session["status"], session["status"] in statuses),
            *_ended_in_order("session ended", session["starts_at"], session["ended_at"]),
        ]

    return claim


def nobody_inside(session_id: str, *, at_least: int = 0) -> Claim:
    """Everyone who was inside has a leave time not before their join time (E3)."""

    def claim(state: State) -> list[Fact]:
        everyone = state.attendance_of(session_id)
        facts = [same("still inside", 0, len(state.inside(session_id)))]
        if at_least:
            facts.append(Fact("who were inside", f"at least {at_least}", str(len(everyone)), len(everyone) >= at_least))
        facts += [
            Fact("left", f"not before {show(row['joined_at'])}", show(row["left_at"]), _in_order(row))
            for row in everyone
            if row["left_at"] is not None and not _in_order(row)
        ]
        return facts

    return claim


def keeps_leave_times(session_id: str, before: State) -> Claim:
    """Those who had left before keep the leave time they had (E3)."""

    def claim(state: State) -> list[Fact]:
        earlier = {
            (row["account_id"], row["joined_at"]): row["left_at"]
            for row in before.attendance_of(session_id)
            if row["left_at"]
        }
        now = {(row["account_id"], row["joined_at"]): row["left_at"] for row in state.attendance_of(session_id)}
        return [same("leave time of before", left, now.get(key)) for key, left in earlier.items()] or [
            Fact("who had left before", "at least one", "nobody", False)
        ]

    return claim


def listed_as(room_id: str, status: str, *, title: str | None = None, host_id: str | None = None) -> Claim:
    """The room has exactly one entry, of that status, with that title and host (L1, L4, L5)."""

    def claim(state: State) -> list[Fact]:
        entries = state.entries(room_id)
        facts = [same("entries", 1, len(entries))]
        if len(entries) != 1:
            return facts
        entry = entries[0]
        facts.append(same("listed as", status, entry["status"]))
        if title is not None:
            facts += facts_of(lambda _: [same("title", title, entry["title"])], state)
        if host_id is not None:
            facts += facts_of(lambda _: [same("host", host_id, entry["host_id"])], state)
        return facts

    return claim


def not_listed_live(room_id: str) -> Claim:
    """No entry shows the room as live or upcoming; an entry that is left is ended, with its end time (E4)."""

    def claim(state: State) -> list[Fact]:
        entries = state.entries(room_id)
        facts = [same("entries not ended", 0, sum(entry["status"] != "ended" for entry in entries))]
        ended = [entry for entry in entries if entry["status"] == "ended"]
        return facts + facts_of(lambda _: [_is_set("entry ended at", entry["ended_at"]) for entry in ended], state)

    return claim


def unchanged(before: State, rooms: Sequence[str], accounts: Sequence[str] = ()) -> Claim:
    """Every row of these rooms is what it was (E9, E10, R3, R4)."""
    was = before.only(rooms, accounts)

    def claim(state: State) -> list[Fact]:
        now = state.only(rooms, accounts)
        facts = []
        for relation in RELATIONS:
            if relation not in was.sees & now.sees:
                facts.append(Fact(relation, "", "", False, seen=False))
                continue
            old, new = was.all(relation), now.all(relation)
            facts.append(Fact(relation, _brief(old), _brief(new) if old != new else _brief(old), old == new))
        return facts

    return claim


def rooms_hosted(account_id: str, number: int) -> Claim:
    """The person hosts exactly that many rooms, and is linked to the one (D1)."""

    def claim(state: State) -> list[Fact]:
        rooms = state.rooms_of(account_id)
        facts = [same("rooms hosted", number, len(rooms))]
        account = next((row for row in state.all("accounts") if row["account_id"] == account_id), None)
        if number == 1 and len(rooms) == 1:
            linked = account["room_id"] if account else None
            facts.append(same("linked room", rooms[0]["room_id"], linked))
        return facts

    return claim


def live_entries_are(live_rooms: Sequence[str]) -> Claim:
    """Among the scenario's rooms, those listed as live are exactly those that are live (L8)."""

    def claim(state: State) -> list[Fact]:
        listed = sorted(row["room_id"] for row in state.all("listing") if row["status"] == "live")
        live = sorted(row["room_id"] for row in state.all("rooms") if row["status"] in LIVE_ROOM)
        return [
            Fact(
                "live rooms",
                " ".join(map(show, sorted(live_rooms))),
                " ".join(map(show, live)),
                live == sorted(live_rooms),
            ),
            Fact("live entries", " ".join(map(show, live)), " ".join(map(show, listed)), listed == live),
        ]

    return claim


def listing_agrees(room_id: str) -> Claim:
    """The room is listed as live exactly when it is live (L8)."""

    def claim(state: State) -> list[Fact]:
        room = state.room(room_id)
        live = room is not None and room["status"] in LIVE_ROOM
        return [same("listed as live", live, any(entry["status"] == "live" for entry in state.entries(room_id)))]

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
            return [Fact("room", "exists", "no such room", False)]
        return [fact for part in parts for fact in facts_of(partial(part, room), state)]

    return claim


def _is_set(name: str, value: str | None) -> Fact:
    return Fact(name, "set", show(value), value is not None)


def _ended_in_order(name: str, starts: str | None, ended: str | None) -> list[Fact]:
    end, start = moment(ended), moment(starts)
    if end is None:
        return [Fact(name, "set", "-", False)]
    now = dt.datetime.now(dt.UTC)
    facts = [Fact(name, "not in the future", show(ended), end <= now + CLOCK_SKEW)]
    if start is not None and start <= now:
        facts.append(Fact(name, f"not before its start {show(starts)}", show(ended), end >= start))
    return facts


def _in_order(row: Row) -> bool:
    left, joined = moment(row["left_at"]), moment(row["joined_at"])
    return left is not None and (joined is None or left >= joined)


def _brief(rows: Sequence[Row]) -> str:
    return "; ".join(" ".join(show(value) for value in row.values()) for row in rows) or "none"
