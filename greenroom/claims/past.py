"""What is over stays as it was, over a whole scenario: a session keeps how it ended, and one that another has followed
keeps its times and who was inside.

An invariant of the changes, where the others are of the rows of one moment: no query can tell it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from greenroom.claims.invariants import Invariant, Violation
from greenroom.relations.state import Row, State, Unseen

PAST = Invariant("past-is-kept", "E5", "a session that is over stays as it was, whatever follows", query="")

_COLUMNS = ("status", "starts_at", "ended_at", "title")


class Past:
    """What has been seen of the sessions that are over, from look to look."""

    def __init__(self) -> None:
        self._look = 0
        self._first: dict[str, int] = {}  # the look in which a session was first seen
        self._status: dict[str, str] = {}  # how each was first seen to have ended
        self._kept: dict[str, tuple[Row, tuple[Row, ...]]] = {}  # session and attendance, before another followed

    def see(self, state: State) -> None:
        """A look at the scenario's rooms. Where nobody shows sessions and attendance, there is nothing to remember."""
        if not {"sessions", "attendance"} <= state.sees:
            return
        self._look += 1
        for row in state.all("sessions"):
            self._first.setdefault(row["session_id"], self._look)
        try:
            for row in [row for room in _rooms(state) for row in state.closed_sessions(room)]:
                self._remember(row, state)
        except Unseen:  # a column that nobody shows
            return

    def forget(self) -> None:
        """A Given has written rows itself: what was seen before says nothing of the target."""
        self._first, self._status, self._kept = {}, {}, {}

    def offences(self, state: State) -> list[Violation]:
        """The sessions that were over and are other than they were, in this last look."""
        if not self._kept or not {"sessions", "attendance"} <= state.sees:
            return []
        rows = tuple(row for session_id in self._kept for row in self._changes(session_id, state))
        return [Violation(PAST, rows)] if rows else []

    def _remember(self, row: Row, state: State) -> None:
        session_id = row["session_id"]
        self._status.setdefault(session_id, row["status"])
        if session_id not in self._kept or not self._is_followed(row, state):
            self._kept[session_id] = row, tuple(state.attendance_of(session_id))

    def _is_followed(self, row: Row, state: State) -> bool:
        mine = self._first[row["session_id"]]
        return any(self._first.get(one["session_id"], 0) > mine for one in state.sessions_of(row["room_id"]))

    def _changes(self, session_id: str, state: State) -> Iterator[dict[str, Any]]:
        was, stays = self._kept[session_id]
        now = state.session(session_id)
        if now is None or not self._is_followed(was, state):
            return  # who tidies up removes sessions as well; and the last one may yet be told of more exactly
        due = {column: was[column] for column in _COLUMNS if column in was} | {"status": self._status[session_id]}
        for column, value in due.items():
            if value is not None and now[column] != value:
                yield {"about": f"sessions.{column}", "session_id": session_id, "was": value, "is": now[column]}
        left = {(row["account_id"], row["joined_at"]): row["left_at"] for row in state.attendance_of(session_id)}
        for stay in stays:
            known, found = stay["left_at"], left.get((stay["account_id"], stay["joined_at"]), stay["left_at"])
            if known is not None and found != known:
                one = {"session_id": session_id, "account_id": stay["account_id"]}
                yield {"about": "attendance.left_at", **one, "was": known, "is": found}


def _rooms(state: State) -> set[str]:
    return {str(row["room_id"]) for row in state.all("sessions")}
