"""Hosts are announced: by what they did, as the target's [presence] says, or by the call that is made for them."""

from __future__ import annotations

from typing import Literal

from greenroom.claims.fact import Fact, same
from greenroom.core.errors import NotApplicable
from greenroom.people.person import Person
from greenroom.relations.state import State
from greenroom.scenario.operations import must
from greenroom.scenario.world import World
from greenroom.targetfile.model import Target
from greenroom.targetfile.rooms import Channel

_ANNOUNCED: tuple[Literal["flag", "inside"], ...] = ("flag", "inside")


def by_call(target: Target) -> bool:
    """Whether a call announces hosts."""
    return "call" in target.announces("flag") | target.announces("inside")


def be_present(world: World, host: Person) -> None:
    """The host's presence is known to the target, where a call announces it."""
    if by_call(world.target) and world.gateway.offers("host_present"):
        must(world.gateway, "host_present", host.account, room=host.room_id)
        comes_in(world, host, "call")


def be_present_in_lobby(world: World, host: Person) -> None:
    """The same in a session's lobby, where hosts are announced before it is live."""
    if world.target.presence.lobby:
        be_present(world, host)


def comes_in(world: World, host: Person, *channels: Channel) -> None:
    """The host is inside, where one of these lets them in."""
    if world.target.announces("inside") & set(channels):
        host.came_in.add(host.name)


def await_presence(world: World, host: Person) -> None:
    """The host who went live on the page is announced: an end that forgets the presence must be able to show.

    Waits for what going live or the page announces; the rest a call does.
    """
    by_page = {name for name in _ANNOUNCED if world.target.announces(name) & {"go_live", "page"}}

    def present(state: State) -> list[Fact]:
        room, facts = state.room(host.room_id), []
        if "flag" in by_page:
            found = bool(room and room["host_present"])
            facts.append(same("host present", True, found, "rooms.host_present", "not set"))
        if "inside" in by_page:
            inside = any(row["account_id"] == host.account_id for row in state.inside(host.session_id))
            facts.append(same("host inside", True, inside, "attendance", "missing"))
        return facts

    if by_page and world.database is not None:
        world.expect(f"{host.name} is present", present)
    if by_page != set(_ANNOUNCED):
        be_present(world, host)


def check_shown(target: Target) -> None:
    """Raises NotApplicable where no call announces hosts, or no room shows it."""
    if "call" not in target.announces("flag"):
        raise NotApplicable("presence", "[presence] says that no call sets what a room shows of its host")


def check_announced_by_call(target: Target) -> None:
    """Raises NotApplicable where no call announces hosts."""
    if not by_call(target):
        raise NotApplicable("presence", "[presence] says that no call announces a host")


def announce_too_late(world: World, host: Person) -> None:
    """The host, whose room has ended, is announced by the call; what came of it is kept. Raises NotApplicable where no
    call announces hosts."""
    check_announced_by_call(world.target)
    host.outcome = world.gateway.attempt("host_present", host.account, room=host.room_id)
