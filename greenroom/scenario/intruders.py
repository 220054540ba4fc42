"""What people try who may not: on somebody else's room, past the gateway, with a worthless proof, with nonsense (S)."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from greenroom.core.errors import NotApplicable
from greenroom.drivers.gateway import now
from greenroom.drivers.outcome import Outcome
from greenroom.people.person import Person
from greenroom.scenario import actions, presence
from greenroom.scenario.world import World
from greenroom.scenario.worthless_proofs import worthless

_CHANGES = ("end", "go_live", "cancel", "host_present")
_AN_HOUR = 3600.0
_TAKE_A_ROOM = ("room_state", "end", "go_live", "cancel", "join")


@dataclass(frozen=True)
class Nonsense:
    """A value that no client in its senses sends: as a room's id, or as a title of one's own room."""

    room: str = ""
    title: object = None


NONSENSE: Mapping[str, Nonsense] = {
    "an id with a quote": Nonsense(room="x' OR '1'='1"),
    "an id of another world": Nonsense(room="../../etc/passwd"),
    "an id that is too long": Nonsense(room="9" * 3000),
    "an id with a null byte": Nonsense(room="a\0b"),
    "a number out of range": Nonsense(room=str(2**63)),
    "a title that is a table": Nonsense(title={"$ne": "drop table live_rooms"}),
}


def make_able(world: World, host: Person, operation: str) -> None:
    """Bring the host's room into the state in which the host would succeed with an operation.

    Raises NotApplicable when the target describes no such operation.
    """
    if operation == "host_present":
        presence.check_announced_by_call(world.target)
    if not world.gateway.offers(operation):
        raise NotApplicable(f"operation:{operation}", f"the target describes no operation {operation!r}")
    match operation:
        case "end":
            actions.be_live(world, host)
        case "cancel" if world.gateway.offers("schedule"):
            actions.schedule(world, host, hours=24)
        case "cancel":
            actions.be_live(world, host)
        case "host_present":
            actions.go_live_unnoticed(world, host)
        case _:
            pass  # whatever begins a session does so in a room at rest, as a host has it


def attempt(world: World, stranger: Person, operation: str, host: Person) -> None:
    """The stranger tries an operation on the host's room, and where that is a write past the gateway that is refused,
    parts of it; what came of it is kept."""
    values = {
        "room": host.room_id,
        "title": world.naming.title(),
        "topics": ["talk"],
        "starts_at": now(_AN_HOUR),
    }
    described = world.target.operations.get(operation)
    is_past_it = described is not None and described.is_past_the_gateway(operation)
    attempt_it = world.gateway.attempt_in_part if is_past_it else world.gateway.attempt
    stranger.outcome = attempt_it(operation, stranger.account, **values)


def attempt_in_the_name_of(world: World, stranger: Person, other: Person, operation: str, host: Person) -> None:
    """The stranger tries an operation on the host's room with their own proof, and says that they are the other: where
    the target describes that, and then in other places as well."""
    assert stranger.account is not None
    somebody = dataclasses.replace(world.gateway.fresh(stranger.account), account_id=other.account_id)
    stranger.outcome = world.gateway.attempt(operation, somebody, room=host.room_id)
    stranger.outcomes = [stranger.outcome, world.gateway.attempt_naming(operation, somebody, room=host.room_id)]


def attempt_with(world: World, proof: str, host: Person, operation: str) -> None:
    """Somebody with a worthless proof for the host tries an operation on the host's room."""
    somebody = worthless(world, host, proof)
    values = {"room": host.room_id, "title": world.naming.title(), "topics": ["talk"]}
    host.outcome = world.gateway.attempt(operation, somebody, **values)


def attempt_every_change(world: World, stranger: Person, host: Person) -> None:
    """The stranger tries every described operation that changes a room, on the host's room."""
    values = {"room": host.room_id, "title": world.naming.title(), "topics": ["talk"]}
    stranger.outcomes = [
        world.gateway.attempt(operation, stranger.account, **values)
        for operation in _CHANGES
        if world.gateway.offers(operation)
    ]


def tried_by(world: World, stranger: Person) -> list[Outcome]:
    """What came of all that the stranger tried. Raises NotApplicable when nothing that changes a room is described."""
    if not any(map(world.gateway.offers, _CHANGES)):
        raise NotApplicable("operations", "the target describes no operation that changes a room")
    return stranger.outcomes


def attempt_nowhere(world: World, person: Person, operation: str, room: str) -> None:
    """Somebody tries an operation on a room that is not there. Raises NotApplicable where its request names no room."""
    described = world.target.operations.get(operation)
    if described is not None and not described.names_room:
        raise NotApplicable("named-room", f"{operation} says of no room which one it is about: it is that of who asks")
    actions.attempt(world, person, operation, room)


def send_nonsense(world: World, host: Person, nonsense: Nonsense) -> None:
    """The host sends nonsense to every operation that takes it. Raises NotApplicable where none takes a room's id."""
    title, operations = nonsense.title or world.naming.title(), _TAKE_A_ROOM if nonsense.room else ("go_live",)
    host.outcomes, taking = [], [name for name in operations if world.gateway.offers(name)]
    if nonsense.room:
        taking = [name for name in taking if world.target.operations[name].names_room]
    if not taking:
        raise NotApplicable("named-room", "no operation says which room it is about")
    for operation in taking:
        room = _in_place(world.target.operations[operation].path, nonsense.room) or host.room_id
        tried = world.gateway.attempt_nonsense(operation, host.account, room=room, title=title, topics=["talk"])
        host.outcomes.append(tried)


def _in_place(path: str, room: str) -> str:
    """An id that is no id, as a client writes it: encoded where it is a part of the path, else as it is."""
    return quote(room, safe="") if "{room}" in path else room
