"""What a target file says of its rooms themselves: which states there can be, and who announces a host."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from greenroom.relations.canonical import ROOM_STATUSES, SESSION_STATUSES, RoomStatus, SessionStatus


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class States(_Table):
    """The states that rooms and sessions can have, and what becomes of a session that was left open in an idle room,
    and how the listing comes about."""

    rooms: list[RoomStatus] = list(ROOM_STATUSES)
    sessions: list[SessionStatus] = list(SESSION_STATUSES)
    orphans: Literal["closed", "refused"] = "closed"  # what a Go Live over one does
    listing: Literal["kept", "derived"] = "kept"  # whether entries are written, or follow from rooms and sessions
    status: Literal["kept", "derived", "pointed"] = "kept"  # whether a room's status is written, follows from its
    # sessions, or is that of the session it points to

    @property
    def entries_follow(self) -> bool:
        """Whether the listing follows from rooms and sessions, so that nothing is ever written to it."""
        return self.listing == "derived"

    @property
    def rooms_follow(self) -> bool:
        """Whether a room is what its open session is, and at rest without one, so that neither can be set."""
        return self.status == "derived"

    @property
    def rooms_mirror(self) -> bool:
        """Whether a room is what the session is that it points to, whatever that is, and at rest without one: what it
        points to can be set, and its status can't."""
        return self.status == "pointed"


Channel = Literal["go_live", "call", "page"]
"""Who announces a host: going live itself, the operation `host_present`, or the page that the host has opened."""


class Presence(_Table):
    """What sets `host_present` of the room, and what makes the host's row in attendance."""

    flag: list[Channel] | None = None  # None: the call and the page, with the capability host-presence
    inside: list[Channel] | None = None
    lobby: bool = True  # whether the call announces a host in a lobby as well, and not only once the session is live

    def announces(self, what: Literal["flag", "inside"], *, known: bool) -> frozenset[Channel]:
        """Who sets the flag, or lets the host in; `known` is whether presence is known to the target at all."""
        said = self.flag if what == "flag" else self.inside
        if said is not None:
            return frozenset(said)
        return frozenset({"call", "page"}) if known else frozenset()

    @property
    def has_flag(self) -> bool:
        """Whether a room may ever say that its host is present, as far as the file says."""
        return self.flag is None or bool(self.flag)

    @property
    def has_rows(self) -> bool:
        """Whether there may ever be a host's row in attendance, as far as the file says."""
        return self.inside is None or bool(self.inside)
