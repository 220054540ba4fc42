"""What is claimed of sessions and of who is inside: over, empty, as they were."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from greenroom.claims.changed_rows import rows_kept
from greenroom.claims.fact import Claim, Fact, same
from greenroom.core import clock
from greenroom.relations.canonical import OPEN_SESSION
from greenroom.relations.state import Row, State, moment, show, show_times


def session_over(session_id: str, *, statuses: Sequence[str] = ("ended",)) -> Claim:
    """The session is over, its end time is set, not before its start and not in the future (E2)."""

    def claim(state: State) -> list[Fact]:
        session = state.session(session_id)
        if session is None:
            return [Fact("session", "exists", "no such session", False, about="sessions", wrong="missing")]
        words, right = " or ".join(statuses), session["status"] in statuses
        how = "still open" if session["status"] in OPEN_SESSION else f"not {words}"
        return [
            Fact("session status", words, session["status"], right, about="sessions.status", wrong=how),
            *_ended_in_order("session ended", session["starts_at"], session["ended_at"]),
        ]

    return claim


def have_been_inside(session_id: str, at_least: int) -> Claim:
    """So many people are or were inside: without them nobody could be left there (E3)."""

    def claim(state: State) -> list[Fact]:
        found = len({row["account_id"] for row in state.attendance_of(session_id)})
        words = "who were inside", f"at least {at_least}", str(found)
        return [Fact(*words, found >= at_least, about="attendance", wrong="missing")]

    return claim


def nobody_inside(session_id: str) -> Claim:
    """Everyone who was inside has a leave time not before their join time (E3)."""

    def claim(state: State) -> list[Fact]:
        everyone = state.attendance_of(session_id)
        facts = [same("still inside", 0, len(state.inside(session_id)), "attendance.left_at", "not set")]
        facts += [
            Fact(
                "left",
                f"not before {show(row['joined_at'])}",
                show(row["left_at"]),
                _in_order(row),
                about="attendance.left_at",
                wrong="before joining",
            )
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
        return [
            same("leave time of before", left, now.get(key), "attendance.left_at", "changed")
            for key, left in earlier.items()
        ] or [Fact("who had left before", "at least one", "nobody", False, about="attendance.left_at", wrong="not set")]

    return claim


def session_unchanged(session_id: str, before: State) -> Claim:
    """No column of a session and of its attendance is other than it was (E5)."""

    def row(state: State) -> list[Row]:
        return [found for found in [state.session(session_id)] if found is not None]

    return lambda state: [
        rows_kept("sessions", row(before), row(state), "session"),
        rows_kept("attendance", before.attendance_of(session_id), state.attendance_of(session_id)),
    ]


def keeps_its_beginning(session_id: str, before: State) -> Claim:
    """The session begins when it did before (G2)."""

    def claim(state: State) -> list[Fact]:
        was, now = before.session(session_id), state.session(session_id)
        about = "sessions.starts_at", "changed"
        return [same("begins at", was["starts_at"] if was else None, now["starts_at"] if now else None, *about)]

    return claim


def closed_are_kept(room_id: str, before: State) -> Claim:
    """Every session of the room that was over is still there, with its attendance, and has not changed (E5)."""

    def claim(state: State) -> list[Fact]:
        earlier = [row["session_id"] for row in before.closed_sessions(room_id)]
        kept = [one for one in earlier if all(fact.holds for fact in session_unchanged(one, before)(state))]
        return [same("earlier sessions as they were", len(earlier), len(kept), "sessions", "changed")]

    return claim


def has_title(session_id: str, title: str) -> Claim:
    """The session has that title (G1)."""

    def claim(state: State) -> list[Fact]:
        session = state.session(session_id)
        found = session["title"] if session else None
        return [same("title", title, found, "sessions.title", "other than asked for" if found else "not set")]

    return claim


def starts_at(session_id: str, planned: dt.datetime) -> Claim:
    """The session starts at that moment, to the minute (G3)."""

    def claim(state: State) -> list[Fact]:
        session = state.session(session_id)
        start = moment(session["starts_at"]) if session else None
        right = start is not None and abs(start - planned) < dt.timedelta(minutes=1)
        expected, found = show_times(planned.isoformat(), session["starts_at"] if session else None)
        how = "other than asked for" if start else "not set"
        return [Fact("starts at", expected, found, right, about="sessions.starts_at", wrong=how)]

    return claim


def came_in_once(session_id: str, account_id: str, *, ever: bool = True) -> Claim:
    """Whoever comes again is not counted twice (H3); without `ever` they may not be counted at all."""

    def claim(state: State) -> list[Fact]:
        mine = [row for row in state.attendance_of(session_id) if row["account_id"] == account_id]
        inside = [row for row in mine if row["left_at"] is None]
        if not ever:
            return [
                Fact("times come in", "at most 1", str(len(mine)), len(mine) <= 1, about="attendance", wrong="too many")
            ]
        return [
            same("times come in", 1, len(mine), "attendance", _number(mine)),
            same("times inside", 1, len(inside), "attendance.left_at", _number(inside)),
        ]

    return claim


def sessions_had(room_id: str, mark: str, number: int) -> Claim:
    """The room has had so many sessions of this scenario, open or over (C2)."""

    def claim(state: State) -> list[Fact]:
        had = state.marked(state.sessions_of(room_id), mark)
        return [same("sessions", number, len(had), "sessions", _number(had, number))]

    return claim


def sessions_over(room_id: str, mark: str, number: int) -> Claim:
    """So many sessions of this scenario in the room are over (O4)."""

    def claim(state: State) -> list[Fact]:
        over = len(state.marked(state.closed_sessions(room_id), mark))
        return [same("that are over", number, over, "sessions.status", "still open")]

    return claim


def _ended_in_order(name: str, starts: str | None, ended: str | None) -> list[Fact]:
    end, start = moment(ended), moment(starts)
    if end is None:
        return [Fact(name, "set", "-", False, about="sessions.ended_at", wrong="not set")]
    now = clock.latest()
    facts = [
        Fact(
            name,
            "not in the future",
            show(ended),
            end <= now + clock.SKEW,
            about="sessions.ended_at",
            wrong="out of order",
        )
    ]
    if start is not None and start <= now:
        facts.append(
            Fact(
                name,
                f"not before its start {show(starts)}",
                show(ended),
                end >= start,
                about="sessions.ended_at",
                wrong="out of order",
            )
        )
    return facts


def _number(rows: Sequence[Row], number: int = 1) -> str:
    return "too many" if len(rows) > number else "too few"


def _in_order(row: Row) -> bool:
    left, joined = moment(row["left_at"]), moment(row["joined_at"])
    return left is not None and (joined is None or left >= joined)
