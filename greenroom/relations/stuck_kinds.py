"""In which ways a room can be stuck: the one table that steps, the migration's population and tests share (R1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Pointer(StrEnum):
    """What a room points to, in the words of the features."""

    ENDED = "an ended session"
    CANCELLED = "a cancelled session"
    NONE = "no session"
    MISSING = "a missing session"
    ABANDONED = "an abandoned session"

    @property
    def session_status(self) -> str:
        """The status of the session that is pointed to; "" when it is open, or when there is none."""
        return {Pointer.ENDED: "ended", Pointer.CANCELLED: "cancelled"}.get(self, "")


STUCK_STATUSES = ("scheduled", "lobby", "live", "cancelled")
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
    def open_status(self) -> str:
        """The status of an abandoned session, which is open: a cancelled room was live when it was left."""
        return self.status if self.status != "cancelled" else "live"

    def __str__(self) -> str:
        return f"{self.status} with {self.pointer}"


STUCK_KINDS = tuple(StuckKind(status, pointer) for status in STUCK_STATUSES for pointer in Pointer)
