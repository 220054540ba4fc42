"""The described operations, each used where it is due: what other scenarios need to begin (O5)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from greenroom.core.errors import NotApplicable
from greenroom.drivers.gateway import now
from greenroom.drivers.outcome import CarriedOut, Outcome
from greenroom.people.person import Person
from greenroom.scenario.operations import gives_room
from greenroom.scenario.world import World

_A_DAY = 24 * 3600.0


class Use(StrEnum):
    """What a host uses a room for."""

    LIVE = "a live room"
    SCHEDULED = "a scheduled session"
    LOBBY = "a session in the lobby"


USES: Mapping[str, Use] = {str(use): use for use in Use}

_BEGINS = {Use.LIVE: "go_live", Use.SCHEDULED: "schedule", Use.LOBBY: "open_doors"}
_GOES_ON: Mapping[Use, tuple[tuple[str, bool], ...]] = {  # the operation, and whether it is the guest's
    Use.LIVE: (("host_present", False), ("room_state", False), ("join", True), ("leave", True), ("end", False)),
    Use.SCHEDULED: (("room_state", False), ("end", False)),
    Use.LOBBY: (("host_present", False), ("join", True), ("end", False)),
}


def use(world: World, host: Person, guest: Person, what: Use) -> list[Outcome]:
    """What came of the operations, up to the first that was not carried out; those that are not described are left out.

    Raises NotApplicable where the target does not describe how a room is made or how this begins.
    """
    used: list[Outcome] = []
    if not host.room_id:
        made = world.gateway.attempt(gives_room(world.gateway), host.account, title=world.naming.title())
        used.append(made)
        if not isinstance(made, CarriedOut):
            return used
        world.people.owns(host, str(made.answer["room"]))
    if not world.gateway.offers(_BEGINS[what]):
        raise NotApplicable("operations", f"the target describes no operation {_BEGINS[what]!r}")
    host.title = world.naming.title()
    wish = {"title": host.title, "topics": ["talk"], "starts_at": now(_A_DAY)}
    for operation, by_guest in ((_BEGINS[what], False), *_GOES_ON[what]):
        if world.gateway.offers(operation) and not _comes_too_early(world, operation, what):
            account = (guest if by_guest else host).account
            used.append(world.gateway.attempt(operation, account, room=host.room_id, **wish))
            if not isinstance(used[-1], CarriedOut):
                break
    return used


def _comes_too_early(world: World, operation: str, what: Use) -> bool:
    """Whether the target announces no host before the session is live."""
    return operation == "host_present" and what is Use.LOBBY and not world.target.presence.lobby
