"""What a Given says has to be so before the scenario goes on: an operation that says it was carried out is not enough.

Each raises BrokenPromise with the rows where it is not so: the scenario is blocked, and no later step gets the blame.
Only the database is asked: to ask anybody else would be a request of its own at every beginning.
"""

from __future__ import annotations

import time

from greenroom.claims import attendance, rooms
from greenroom.claims.fact import Claim, facts_of, holds
from greenroom.people.person import Person
from greenroom.scenario import actions
from greenroom.scenario.world import World


def live(world: World, host: Person) -> None:
    """The host is live, with exactly one open session."""
    _so(world, f"{host.name} is live", rooms.is_live(host.room_id))


def ended(world: World, host: Person) -> None:
    """The host's room is at rest."""
    _so(world, f"{host.name}'s room is at rest", actions.at_rest(world, host))


def inside(world: World, guest: Person, host: Person) -> None:
    """The guest is inside the host's session."""
    if host.session_id:
        who = f"{guest.name} is inside {host.name}'s session"
        _so(world, who, attendance.is_inside(host.session_id, guest.account_id))


def left(world: World, guest: Person, host: Person) -> None:
    """The guest was inside the host's session, and is not any more."""
    if host.session_id:
        who = f"{guest.name} has left {host.name}'s session"
        _so(world, who, attendance.has_left(host.session_id, guest.account_id))


def _so(world: World, sentence: str, claim: Claim) -> None:
    if world.database is None:
        return
    is_late, began = not holds(facts_of(claim, world.look())), time.monotonic()
    world.expect(sentence, claim)
    if is_late and not any(True for _ in world.browsers.opened()):  # what a page says comes when the page says it
        world.worker.lateness.seen(time.monotonic() - began)
