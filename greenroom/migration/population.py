"""Every kind of stuck and healthy room, in random number and of random age on both sides of the two hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from greenroom.relations.stuck_kinds import STUCK_KINDS, Pointer, StuckKind
from greenroom.targetfile.rooms import States

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

OPEN = "an open session"
"""What a room points to that is not stuck, or not yet."""

THRESHOLD_MINUTES = 120


@dataclass(frozen=True)
class RoomKind:
    """A room as it may be found: its status, what it points to, how old that is, who is inside, what is listed."""

    name: str
    status: str
    pointer: str  # a Pointer of the stuck kinds, or OPEN
    youngest: int
    oldest: int
    session_status: str = ""  # of the open session; the room's own status when empty
    inside: bool = True  # somebody is still in the session
    listed: str = "live"  # the entry's status, "" for none
    present: bool = True
    used_before: bool = False  # it has had another session, which was over long ago

    @property
    def only_listed(self) -> bool:
        """Whether nothing but its entry says that it is on."""
        return self.status == "idle" and self.listed == "live"

    @property
    def is_mirrored(self) -> bool:
        """Whether the room's status is that of what it points to."""
        if self.pointer == OPEN:
            return self.of_session == self.status
        is_at_rest = self.status == "idle" and self.pointer == Pointer.NONE
        return is_at_rest or StuckKind(self.status, Pointer(self.pointer)).is_mirrored

    @property
    def of_session(self) -> str:
        """The status of its session, "" where there is none."""
        own = self.status if self.pointer == OPEN else Pointer(self.pointer).session
        return "" if self.session_status == "none" else self.session_status or own


@dataclass(frozen=True)
class PlannedRoom:
    """One room of a population."""

    kind: RoomKind
    age_minutes: int
    guests: int

    def began(self, now: dt.datetime) -> dt.datetime:
        """When its session began, or will begin."""
        return now - dt.timedelta(minutes=self.age_minutes)


_HOURS = 60
STUCK = tuple(
    RoomKind(str(kind), kind.status, kind.pointer, 10, 90 * _HOURS, listed=kind.listed_as)
    for kind in STUCK_KINDS
    if not kind.is_open  # those are OLD: what is open is stuck only once it is old
)
ALONE = tuple(
    RoomKind(
        f"{kind}, and nothing else is left",
        kind.status,
        kind.pointer,
        10,
        90 * _HOURS,
        inside=False,
        listed="ended",
        present=False,
    )
    for kind in (
        StuckKind("lobby", Pointer.ENDED),
        StuckKind("live", Pointer.NONE),
        StuckKind("cancelled", Pointer.CANCELLED),
    )
)
"""Stuck rooms that nobody is inside of and no entry is listed of: a cleanup that goes by those does not find them."""
OLD = (
    RoomKind("old lobby", "lobby", OPEN, THRESHOLD_MINUTES + 1, 72 * _HOURS),
    RoomKind("old scheduled", "scheduled", OPEN, THRESHOLD_MINUTES + 1, 72 * _HOURS, listed="upcoming", present=False),
)
LEFTOVERS = (
    RoomKind(
        "idle, somebody inside a session that is over",
        "idle",
        Pointer.NONE,
        10,
        90 * _HOURS,
        "ended",
        True,
        "ended",
        False,
    ),
    RoomKind(
        "idle, and an old lobby that was never closed",
        "idle",
        Pointer.NONE,
        THRESHOLD_MINUTES + 1,
        72 * _HOURS,
        "lobby",
        True,
        "ended",
        False,
    ),
    RoomKind(
        "idle, and an old planned session that was never closed",
        "idle",
        Pointer.NONE,
        THRESHOLD_MINUTES + 1,
        72 * _HOURS,
        "scheduled",
        False,
        "ended",
        False,
    ),
    RoomKind("idle, but listed", "idle", Pointer.NONE, 10, 90 * _HOURS, "ended", False, "live", False),
)
HEALTHY = (
    RoomKind("young lobby", "lobby", OPEN, 0, THRESHOLD_MINUTES - 2),
    RoomKind("young scheduled", "scheduled", OPEN, 0, THRESHOLD_MINUTES - 2, listed="upcoming", present=False),
    RoomKind(
        "scheduled for later", "scheduled", OPEN, -90 * _HOURS, -5, listed="upcoming", present=False, inside=False
    ),
    RoomKind("live, young", "live", OPEN, 0, THRESHOLD_MINUTES - 2),
    RoomKind("live for hours", "live", OPEN, THRESHOLD_MINUTES + 2, 90 * _HOURS),
    RoomKind("live for days, its host away", "live", OPEN, 25 * _HOURS, 90 * _HOURS, present=False),
    RoomKind("live, and used before", "live", OPEN, 0, 90 * _HOURS, used_before=True),
    RoomKind("young lobby, and used before", "lobby", OPEN, 0, THRESHOLD_MINUTES - 2, used_before=True),
    RoomKind("at rest, with a past", "idle", Pointer.NONE, 10, 90 * _HOURS, "ended", False, "ended", False),
    RoomKind("at rest, never used", "idle", Pointer.NONE, 10, 90 * _HOURS, "none", False, "", False),
)
KINDS = STUCK + ALONE + OLD + LEFTOVERS + HEALTHY


def possible(states: States, *, missing: bool) -> list[RoomKind]:
    """The kinds that there can be where rooms and sessions can have these states; with `missing`, also those that point
    to a session that does not exist."""
    return [
        kind
        for kind in KINDS
        if kind.status in states.rooms
        and kind.of_session in ("", *states.sessions)
        and (not kind.used_before or "ended" in states.sessions)
        and (missing or kind.pointer != Pointer.MISSING)
        and not (kind.only_listed and states.entries_follow)
        and not (states.rooms_mirror and not kind.is_mirrored)
    ]


def draw(number: int, kinds: Sequence[RoomKind] = KINDS) -> list[PlannedRoom]:
    """A population for a seed: every kind at its youngest and its oldest, once by chance, and some more by chance."""
    from hypothesis import HealthCheck, given, seed, settings  # takes most of a second to import: only when needed
    from hypothesis import strategies as st

    drawn: list[PlannedRoom] = []

    @seed(number)
    @settings(max_examples=1, database=None, deadline=None, suppress_health_check=list(HealthCheck), print_blob=False)
    @given(st.tuples(st.tuples(*map(_record, kinds)), st.lists(st.sampled_from(kinds).flatmap(_record), max_size=20)))
    def take(population: tuple[tuple[PlannedRoom, ...], list[PlannedRoom]]) -> None:
        drawn[:] = [*population[0], *population[1]]

    take()
    edges = [PlannedRoom(kind, age, 1) for kind in kinds for age in (kind.youngest, kind.oldest)]
    return edges + drawn


def _record(kind: RoomKind) -> SearchStrategy[PlannedRoom]:
    from hypothesis import strategies as st

    return st.builds(PlannedRoom, st.just(kind), st.integers(kind.youngest, kind.oldest), st.integers(1, 3))
