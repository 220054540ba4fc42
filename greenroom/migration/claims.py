"""What the migration must have done to a population, promise by promise. Each returns what is wrong, room by room."""

from __future__ import annotations

from greenroom.core.errors import NotApplicable
from greenroom.migration.population import ALONE, HEALTHY, LEFTOVERS, OLD, STUCK
from greenroom.migration.scratch import Room, Scratch
from greenroom.relations.canonical import CLOSED_SESSION, LIVE_ROOM, OPEN_SESSION
from greenroom.relations.state import Row, State, moment
from greenroom.targetfile.model import Migration

Wrong = list[str]


def old_sessions_are_ended(scratch: Scratch) -> Wrong:
    """M1: lobby and scheduled sessions that began over two hours ago are ended, with an end time."""
    wrong = []
    for room in scratch.of(OLD, LEFTOVERS):
        if room.kind.of_session not in OPEN_SESSION:
            continue
        session = scratch.after.session(room.session_id)
        if session is None or session["status"] != "ended" or session["ended_at"] is None:
            wrong.append(_of(room, f"its session is {session['status'] if session else 'gone'}"))
    return wrong


def what_it_ends_keeps_its_beginning(scratch: Scratch) -> Wrong:
    """M1: sessions that it ended began when they began, and not after their end."""
    wrong = []
    for room in scratch.rooms:
        for session in scratch.before.sessions_of(room.room_id):
            now = scratch.after.session(session["session_id"])
            if session["status"] not in OPEN_SESSION or now is None or now["status"] not in CLOSED_SESSION:
                continue
            began, ended = moment(session["starts_at"]), moment(now["ended_at"])
            was_to_come = began is not None and ended is not None and began > ended
            if now["starts_at"] != session["starts_at"] and not was_to_come:
                wrong.append(_of(room, f"its session began at {session['starts_at']}, and now at {now['starts_at']}"))
    return wrong


def who_was_inside_left_at_the_end(scratch: Scratch) -> Wrong:
    """M2: who was inside a session that is over has left when it ended, or when the migration ran, and not before."""
    wrong = []
    for room in scratch.rooms:
        for session in scratch.after.sessions_of(room.room_id):
            ended = moment(session["ended_at"])
            left = {_stay(stay): moment(stay["left_at"]) for stay in scratch.after.attendance_of(session["session_id"])}
            for stay in scratch.before.inside(session["session_id"]):
                at, joined = left.get(_stay(stay)), moment(stay["joined_at"])
                if at is not None and ended is not None and at < max(ended, joined or ended):
                    wrong.append(_of(room, f"somebody inside a session until {ended} has left at {at}"))
    return wrong


def nobody_is_inside(scratch: Scratch) -> Wrong:
    """M2: nobody is left inside a session that is over."""
    wrong = []
    for room in scratch.rooms:
        for session in scratch.after.sessions_of(room.room_id):
            inside = scratch.after.inside(session["session_id"])
            if session["status"] in CLOSED_SESSION and inside:
                wrong.append(_of(room, f"{len(inside)} people inside a session that is {session['status']}"))
    return wrong


def stuck_rooms_are_idle(scratch: Scratch) -> Wrong:
    """M3: every stuck room is idle, without session or host."""
    wrong = []
    for room in scratch.of(STUCK, ALONE, OLD):
        row = scratch.after.room(room.room_id)
        if row is None or (row["status"], row["session_id"], row["host_present"]) != ("idle", None, False):
            wrong.append(_of(room, f"it is {dict(row) if row else 'gone'}"))
    return wrong


def dead_entries_are_gone(scratch: Scratch) -> Wrong:
    """M4: no entry is listed for a room that is not on, and an entry that was taken off has its end time."""
    wrong = []
    for room in scratch.of(STUCK, ALONE, OLD, LEFTOVERS):
        for entry in scratch.after.entries(room.room_id):
            if entry["status"] != "ended" or entry["ended_at"] is None:
                wrong.append(_of(room, f"its entry is {entry['status']}, ended at {entry['ended_at']}"))
    return wrong


def healthy_rooms_are_untouched(scratch: Scratch) -> Wrong:
    """M5: no row of a healthy room has changed in any byte."""
    return [
        _of(room, "a row has changed")
        for room in scratch.of(HEALTHY)
        if scratch.raw(room.room_id) != scratch.raw_before[room.room_id]
    ]


def what_was_over_keeps_its_times(scratch: Scratch) -> Wrong:
    """M5: sessions that were over, and stays that were, ended when they ended."""
    wrong = []
    for room in scratch.rooms:
        for session in scratch.before.closed_sessions(room.room_id):
            now = scratch.after.session(session["session_id"])
            if session["ended_at"] is not None and (now is None or now["ended_at"] != session["ended_at"]):
                wrong.append(_of(room, f"its session that was over ended at {now['ended_at'] if now else 'no time'}"))
        if _who_had_left(scratch.before, room) - _who_had_left(scratch.after, room):
            wrong.append(_of(room, "somebody who had left has another leave time"))
    return wrong


def _who_had_left(state: State, room: Room) -> set[tuple[str, ...]]:
    stays = [stay for one in state.sessions_of(room.room_id) for stay in state.attendance_of(one["session_id"])]
    return {(*_stay(stay), stay["left_at"]) for stay in stays if stay["left_at"] is not None}


def _stay(row: Row) -> tuple[str, ...]:
    return row["session_id"], row["account_id"], row["joined_at"]


def notices_are_true(scratch: Scratch, migration: Migration) -> Wrong:
    """M6: the notices count what really changed. Raises NotApplicable where the migration is said to have none."""
    before, after, ran = scratch.before, scratch.after, scratch.runs[-1]
    was_open = {row["session_id"] for row in before.all("sessions") if row["status"] in OPEN_SESSION}
    now_closed = {row["session_id"] for row in after.all("sessions") if row["status"] in CLOSED_SESSION}
    was_listed = {row["room_id"] for row in before.all("listing") if row["status"] != "ended"}
    still_listed = {row["room_id"] for row in after.all("listing") if row["status"] != "ended"}
    old = {row["room_id"]: row for row in before.all("rooms")}
    reset = sum(row["status"] == "idle" and old[row["room_id"]] != row for row in after.all("rooms"))
    truth = {
        migration.ended_sessions: len(was_open & now_closed),
        migration.reset_rooms: reset,
        migration.synced_listing: len(was_listed - still_listed),
    }
    if not any(truth):
        raise NotApplicable("notices", "[migration] says that there are no notices")
    return [
        f"the notice {pattern!r} says {ran.count(pattern)}, true is {number}"
        for pattern, number in truth.items()
        if pattern and ran.count(pattern) != number
    ]


def second_run_changed_nothing(scratch: Scratch, migration: Migration) -> Wrong:
    """M7: no byte has changed, and every notice says zero."""
    wrong = unchanged(scratch)
    for pattern in (migration.ended_sessions, migration.reset_rooms, migration.synced_listing):
        if pattern and scratch.runs[-1].count(pattern) != 0:
            wrong.append(f"the notice {pattern!r} says {scratch.runs[-1].count(pattern)}, true is 0")
    return wrong


def unchanged(scratch: Scratch) -> Wrong:
    """M7, M8: no row of any room has changed in any byte."""
    return [
        _of(room, "a row has changed")
        for room in scratch.rooms
        if scratch.raw(room.room_id) != scratch.raw_before[room.room_id]
    ]


def none_is_stuck(scratch: Scratch) -> Wrong:
    """M10: by the count that operators watch, no room is stuck; and live entries are those of live rooms."""
    wrong = []
    for room in scratch.rooms:
        row = scratch.after.room(room.room_id)
        pointed = scratch.after.session(row["session_id"]) if row and row["session_id"] else None
        if row and row["status"] != "idle" and (pointed is None or pointed["status"] in CLOSED_SESSION):
            wrong.append(_of(room, "it is stuck"))
        listed = any(entry["status"] == "live" for entry in scratch.after.entries(room.room_id))
        if row and listed != (row["status"] in LIVE_ROOM):
            wrong.append(_of(room, f"it is {row['status']}, and {'' if listed else 'not '}listed as live"))
    return wrong


def _of(room: Room, what: str) -> str:
    return f"{room.kind.name}, {room.planned.age_minutes} min old: {what}"
