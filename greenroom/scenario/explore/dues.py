"""What is due after an act: Thens of the vocabulary, as far as promises settle them for rooms as they are expected."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.scenario.explore.act import Act, Due
from greenroom.scenario.explore.expected import BUSY, Expected, Hosting, Phase


def live_in_new_session(host: str, room: Hosting) -> Iterator[Due]:
    """A session has just begun."""
    yield Due(f"{host} is live with exactly one open session", "C1")
    yield Due(f"{host} is on air with exactly one open session", "G2")
    if not room.private:
        yield Due(f"{host}'s session is listed as live", "L1")
    if room.known:
        yield Due(f"{host}'s session has the title that was asked for", "G1")
        if not room.private:
            yield Due(f"{host}'s entry begins when the session does", "L13")
        if room.kept:
            yield Due(f"the former session of {host} is as it was", "E5")
    yield Due(f"{host} hosts exactly one room", "D1")


def as_it_stands(host: str, room: Hosting, promise: str) -> Iterator[Due]:
    """The host's room, its listing entry and everybody in it, whatever was done before."""
    match room.phase:
        case Phase.REST:
            yield Due(f"{host}'s room is at rest", promise)
        case Phase.LIVE if room.known:
            yield Due(f"{host} is still live in the same session", promise)
            if not room.private and room.titled:
                yield Due(f"{host}'s session is listed as live", "L8")
        case Phase.LIVE:
            yield Due(f"{host} is live with exactly one open session", promise)
        case Phase.LOBBY:
            yield Due(f"{host}'s session is in the lobby", "G4")
        case Phase.SCHEDULED:
            yield Due(f"{host}'s session is scheduled for when it was asked for", "G3")
            if room.titled:
                yield Due(f"{host}'s session is listed as upcoming", "L5")
    if room.known:
        yield from people(host, room)


def told(expected: Expected, act: Act) -> Iterator[Due]:
    """Whatever the gateway tells hosts of their rooms is what the rows say, where it is known how a room has to be."""
    for host in act.people:
        if expected.rules.tells and host in expected.rooms and expected.of(host).phase in (Phase.REST, *BUSY):
            yield Due(f"{host} is told how the room is", "O7")


def people(host: str, room: Hosting) -> Iterator[Due]:
    """Who is inside, and who is not any more."""
    for guest in sorted(room.inside):
        yield Due(f"{guest} is inside {host}'s session", "A1")
    for guest in sorted(room.left - room.banned):
        yield Due(f"{guest} has left {host}'s session", "A2")
    for guest in sorted(room.left & room.banned):
        yield Due(f"{guest} has left {host}'s session", "A4")


def over(host: str, before: Hosting, room: Hosting, promise: str, *, cancelled: bool = False) -> Iterator[Due]:
    """A session has just been ended or cancelled."""
    yield Due(f"{host}'s room is at rest", promise)
    if before.known:
        if before.phase is Phase.LIVE and not cancelled:
            yield Due(f"{host}'s session is over", "E2")
        closed = f"{host}'s session is over or cancelled and nobody is left inside"
        yield Due(closed, promise if cancelled or before.phase is not Phase.LIVE else "E3")
        if before.left and not before.unsettled and before.phase is Phase.LIVE:
            yield Due(f"those who had left {host}'s session before keep their leave time", "E3", compares=True)
    if before.long and before.known and promise != "R10":  # a reset's times are settled by no promise
        yield Due(f"{host}'s session, the stay of everyone inside and the entry ended just now", "E17", compares=True)
    yield Due(f"{host}'s session is no longer listed as live", "E4")
    yield Due(f"no room of {host} is stuck", "O1")
    if room.sessions and not cancelled and before.phase is Phase.LIVE:
        yield Due(f"all {room.sessions} sessions of {host} are over", "O4")


def nothing_changed(host: str, promise: str) -> Due:
    """Whatever was done has left the room as it was."""
    return Due(f"nothing about {host}'s room has changed", promise, compares=True)


def bystanders(expected: Expected, act: Act, promise: str) -> Iterator[Due]:
    """Nothing has become of the rooms of hosts who took no part."""
    for host in sorted(expected.rooms):
        if host not in act.people:
            yield nothing_changed(host, promise)
