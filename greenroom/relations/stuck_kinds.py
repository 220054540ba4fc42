"""In which ways a room can be stuck: the one table that steps, the migration's population and tests share (R1)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from greenroom.relations.canonical import OPEN_SESSION

_OPEN = "open"


class Pointer(StrEnum):
    """What a room points to, in the words of the features. `session` is the status of the session that is there: "open"
    for one that was never closed, "" where there is none."""

    session: str

    def __new__(cls, words: str, session: str = "") -> Self:
        one = str.__new__(cls, words)
        one._value_, one.session = words, session
        return one

    ENDED = "an ended session", "ended"
    CANCELLED = "a cancelled session", "cancelled"
    NONE = "no session"
    MISSING = "a missing session"
    ABANDONED = "an abandoned session", _OPEN


STUCK_STATUSES = ("scheduled", "lobby", "live", "cancelled", "ended")
"""Statuses of rooms that can be stuck."""


@dataclass(frozen=True)
class StuckKind:
    """A room's status, and what it points to."""

    status: str
    pointer: Pointer

    @property
    def listed_as(self) -> str:
        """How such a room is still listed."""
        return "upcoming" if self.status == "scheduled" else "live"

    @property
    def is_open(self) -> bool:
        """Whether its session was never closed: such a room is stuck only because that was hours ago."""
        return self.pointer.session == _OPEN

    @property
    def session_status(self) -> str:
        """The status of its session, "" where there is none. A room that is over was live when it was left."""
        if self.is_open:
            return self.status if self.status in OPEN_SESSION else "live"
        return self.pointer.session

    @property
    def is_mirrored(self) -> bool:
        """Whether the room's status is that of what it points to. What shows of one that is missing is told once."""
        if self.pointer is Pointer.MISSING:
            return self.status == "ended"
        return self.pointer is not Pointer.NONE and self.status == self.session_status

    def ruled_out(
        self, rooms: Collection[str], sessions: Collection[str], *, follows: bool = False, mirrors: bool = False
    ) -> str:
        """Why no room is ever stuck so, where rooms and sessions can have these states only; "" where one may be. A
        room that `follows` its sessions is stuck in none but an open one; one that `mirrors` the session it points to
        has the status of that one."""
        if self.status not in rooms:
            return f"no room is ever {self.status}"
        if self.session_status and self.session_status not in sessions:
            return f"no session is ever {self.session_status}"
        if follows and not (self.is_open and self.session_status == self.status):
            return f"a room follows from its sessions, and is never {self}"
        if mirrors and not self.is_mirrored:
            return f"a room has the status of the session it points to, and is never {self}"
        return ""

    def __str__(self) -> str:
        return f"{self.status} with {self.pointer}"


STUCK_KINDS = tuple(StuckKind(status, pointer) for status in STUCK_STATUSES for pointer in Pointer)
