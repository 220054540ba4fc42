"""A small model of the documented rules: how each host's room is expected to be after the acts so far.

It is told nothing by the target. What no promise settles is not expected: then nothing is due of it, and acts that
would depend on it are not tried.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any


class Phase(StrEnum):
    """What a room is expected to be."""

    REST = "at rest"
    LIVE = "live"
    LOBBY = "in the lobby"
    SCHEDULED = "scheduled"
    STUCK = "stuck"
    ORPHANED = "idle with an orphaned session"
    OPEN = "at rest or live"


BUSY = (Phase.LIVE, Phase.LOBBY, Phase.SCHEDULED)
"""A session is on, or to come."""


@dataclass(frozen=True)
class Hosting:
    """One host's room, and its session of now."""

    phase: Phase = Phase.REST
    inside: frozenset[str] = frozenset()
    waiting: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()  # were inside this session, and are not any more
    unsettled: frozenset[str] = frozenset()  # who may be inside or not
    banned: frozenset[str] = frozenset()
    used: bool = False  # it has had a session
    over: bool = False  # the last one was ended while it was on
    known: bool = True  # the session of now is the one that the host was told of
    titled: bool = True  # the title that its host asked for last is that of the session
    kept: bool = False  # the session before was over when this one came, and has to stay as it was
    private: bool = False
    long: bool = False  # it has been on for hours
    present: bool = False  # somebody has told the target that the host is there
    limited: bool = False  # there is only so much room
    places: int = 0  # that are certainly free, where it is limited
    sessions: int | None = 0  # it has had; None for nobody knows
    key: bool = False  # its host has sent an idempotency key
    keyed: bool = False  # it is what the last session was asked for with
    faulted: bool = False  # a write to its listing entry was made to fail

    def begins(self, phase: Phase = Phase.LIVE, *, kept: bool | None = None, **more: Any) -> Hosting:
        """Another session begins. `kept`: the one before is over already."""
        fresh = Hosting(
            phase=phase,
            banned=self.banned,
            used=True,
            kept=self.used and self.phase is Phase.REST and self.known if kept is None else kept,
            sessions=None if self.sessions is None else self.sessions + 1,
            key=self.key,
            faulted=self.faulted,
        )
        return replace(fresh, **more)

    def ends(self) -> Hosting:
        """The session is over."""
        return replace(
            self, phase=Phase.REST, inside=frozenset(), waiting=frozenset(), unsettled=frozenset(),
            left=frozenset(), limited=False, places=0, private=False, long=False, present=False, kept=False,
        )  # fmt: skip


class Says(StrEnum):
    """What somebody's page is expected to say of the room's end, as it was loaded or has followed since."""

    LIVE = "nothing of an end"
    ENDED = "that the room has ended"
    AGAIN = "no longer that the room has ended"
    UNKNOWN = "what no promise settles"


@dataclass(frozen=True)
class Page:
    """What somebody has open: the page of a host's room, or with no host the listing."""

    host: str = ""
    says: Says = Says.UNKNOWN
    waits: bool = False  # it has told them to wait in the lobby


@dataclass(frozen=True)
class Rules:
    """What the target declares of rules that differ from system to system."""

    heals: bool = False  # Go Live takes a room that is in use over
    closes_orphans: bool = True
    rolls_back: bool = False  # Go Live and end are refused when the listing can't be written
    admission: bool = False
    tells: bool = False  # the gateway tells hosts how their rooms are, beside the rows
    follows: bool = False  # a room's page that is open follows the room
    public: bool = False  # visitors see the listing
    notices: bool = False  # the page says that it retries
    says_to_wait: bool = False  # a page tells who waits in the lobby


@dataclass(frozen=True)
class Expected:
    """Everybody's room, by host."""

    rules: Rules = Rules()
    rooms: Mapping[str, Hosting] = field(default_factory=dict)
    housed: frozenset[str] = frozenset()  # who had no room, has asked for one since, and hosts nothing here
    pages: Mapping[str, Page] = field(default_factory=dict)  # what is open in whose browser

    def of(self, host: str) -> Hosting:
        """The host's room."""
        return self.rooms.get(host, Hosting())

    def with_room(self, host: str, room: Hosting) -> Expected:
        """The same with another room of the host."""
        return replace(self, rooms={**self.rooms, host: room})

    def with_page(self, who: str, page: Page | None) -> Expected:
        """The same with another page in somebody's browser; None for a browser that is closed."""
        others = {name: open_ for name, open_ in self.pages.items() if name != who}
        return replace(self, pages=others if page is None else {**others, who: page})

    def lookers(self, host: str) -> frozenset[str]:
        """Who has the page of the host's room open."""
        return frozenset(who for who, page in self.pages.items() if page.host == host)

    def changed(self, host: str, **values: Any) -> Expected:
        """The same with some values of the host's room changed."""
        return self.with_room(host, replace(self.of(host), **values))
