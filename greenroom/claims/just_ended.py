"""What is claimed of the moment of an end, and of a beginning: session, stays and entry ended then, and not when they
began (E17); who leaves has left just now (A2); a session that begins now begins just now (G2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from greenroom.claims.fact import Claim, Fact, facts_of
from greenroom.core import clock
from greenroom.relations.state import State, moment, show_times

LATELY = dt.timedelta(minutes=30)
"""How long ago "just now" may be: a scenario takes minutes at most, also on a slow machine, and what it ends has lasted
for hours."""

_INSIDE = "still inside"
"""The same that is said of one who has not left: it is the same thing that is wrong."""


def ended_just_now(room_id: str, session_id: str, inside: Sequence[str]) -> Claim:
    """The session has ended just now; so have the stays of these accounts in it, and the room's entry, where it is
    still there. Who shows no end times of entries is not asked for them."""

    def session(state: State) -> list[Fact]:
        row = state.session(session_id)
        return [_just_now("session ended", row["ended_at"] if row else None, "sessions.ended_at")]

    def stays(state: State) -> list[Fact]:
        mine = [row for row in state.attendance_of(session_id) if row["account_id"] in inside]
        return [_just_now("left", row["left_at"], "attendance.left_at") for row in mine]

    def entry(state: State) -> list[Fact]:
        ended = [row for row in state.entries(room_id) if row["status"] == "ended"]
        return [_just_now("entry ended", row["ended_at"], "listing.ended_at") for row in ended]

    return lambda state: [fact for part in (session, stays, entry) for fact in facts_of(part, state)]


def left_just_now(session_id: str, account_id: str) -> Claim:
    """The person's last stay in the session has ended just now (A2)."""

    def claim(state: State) -> list[Fact]:
        mine = [row for row in state.attendance_of(session_id) if row["account_id"] == account_id]
        last = max(mine, key=lambda row: str(row["joined_at"]), default=None)
        return [_just_now("left", last["left_at"] if last else None, "attendance.left_at", "when they left", _INSIDE)]

    return claim


def began_just_now(session_id: str) -> Claim:
    """The session has begun just now (G2)."""

    def claim(state: State) -> list[Fact]:
        row = state.session(session_id)
        return [_just_now("session began", row["starts_at"] if row else None, "sessions.starts_at", "when it began")]

    return claim


def _just_now(name: str, found: str | None, about: str, when: str = "when it ended", missing: str = "not set") -> Fact:
    at, now = moment(found), clock.latest()
    right = at is not None and now - LATELY <= at <= now + clock.SKEW
    how = missing if at is None else f"not {when}"
    due, there = show_times(now.isoformat(), found)
    return Fact(name, f"just now, {due}", there, right, about=about, wrong=how)
