"""What is claimed of sessions and of who is inside: over, empty, as they were."""

from __future__ import annotations

from collections.abc import Sequence

from greenroom.claims.fact import Claim, Fact, same
from greenroom.core import clock
from greenroom.relations.state import Row, State, moment, show


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


def session_unchanged(session_id: str, before: State) -> Claim:
    """No column of a session and of its attendance is other than it was (E5)."""
    return lambda state: [
        same("session row", before.session(session_id), state.session(session_id)),
        same("attendance rows", before.attendance_of(session_id), state.attendance_of(session_id)),
    ]


def came_in_once(session_id: str, account_id: str) -> Claim:
    """Whoever comes again is not counted twice (H3)."""

    def claim(state: State) -> list[Fact]:
        mine = [row for row in state.attendance_of(session_id) if row["account_id"] == account_id]
        inside = [row for row in mine if row["left_at"] is None]
        return [same("times come in", 1, len(mine)), same("times inside", 1, len(inside))]

    return claim


def sessions_had(room_id: str, mark: str, number: int) -> Claim:
    """The room has had so many sessions of this scenario, open or over (C2)."""
    return lambda state: [same("sessions", number, len(state.marked(state.sessions_of(room_id), mark)))]


def sessions_over(room_id: str, mark: str, number: int) -> Claim:
    """So many sessions of this scenario in the room are over (O4)."""
    return lambda state: [same("that are over", number, len(state.marked(state.closed_sessions(room_id), mark)))]


def _ended_in_order(name: str, starts: str | None, ended: str | None) -> list[Fact]:
    end, start = moment(ended), moment(starts)
    if end is None:
        return [Fact(name, "set", "-", False)]
    now = clock.latest()
    facts = [Fact(name, "not in the future", show(ended), end <= now + clock.SKEW)]
    if start is not None and start <= now:
        facts.append(Fact(name, f"not before its start {show(starts)}", show(ended), end >= start))
    return facts


def _in_order(row: Row) -> bool:
    left, joined = moment(row["left_at"]), moment(row["joined_at"])
    return left is not None and (joined is None or left >= joined)
