"""What the gateway tells a host of their room, against the rows: two observers that must agree."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

from greenroom.claims.fact import Fact, same
from greenroom.claims.sources import DATABASE, sources
from greenroom.core.errors import NotApplicable
from greenroom.drivers.outcome import CarriedOut
from greenroom.people.person import Person
from greenroom.relations.canonical import LIVE_ROOM, ROOM_STATUSES
from greenroom.relations.state import Row, State, Unseen, show
from greenroom.scenario.operations import must
from greenroom.scenario.world import World
from greenroom.targetfile.model import Target

_THEIRS = ("room", "session_or_none", "host", "newest_first", "entries", "people", "names")
"""Words of an answer that can't be the same for two rooms, where they tell anything."""
_OF_GUESTS = ("people", "names")
"""Those that may be the same after all, where the same people have come to both rooms."""


def tellers(target: Target) -> list[str]:
    """The operations that tell a room's status, where rows of the database can be compared with what they tell."""
    described: list[str] = [name for name in ("room_state", "my_room") if name in target.operations]
    telling = [name for name in described if "status" in target.operations[name].answer]
    return telling if telling and sources(target)["rooms"] == DATABASE else []


def ask(world: World, host: Person) -> None:
    """The host asks for the room by every operation that tells its status. Raises NotApplicable like `expect_told`."""
    for operation in _tellers(world):
        must(world.gateway, operation, host.account, room=host.room_id)


def ask_as_guest(world: World, guest: Person, host: Person) -> None:
    """Somebody else asks for the host's room. Raises NotApplicable where no answer tells of its status."""
    if "room_state" not in _tellers(world):
        raise NotApplicable("room-state", "only hosts are told a room's status")
    must(world.gateway, "room_state", guest.account, room=host.room_id)


def told_between(
    world: World, host: Person, operation: str, asker: Person | None = None
) -> tuple[Mapping[str, Any], Fact]:
    """What is told to who asks for the host's room, the host if nobody is named; and that no host of another room, who
    asks the same before and after, was given the same answer: it is good for one room only."""
    others = [one for one in world.people.values() if one is not host and one.account is not None and one.room_id]

    def ask_others() -> list[tuple[Person, Mapping[str, Any]]]:
        outcomes = [(one, world.gateway.attempt(operation, one.account, room=one.room_id)) for one in others]
        return [(one, outcome.answer) for one, outcome in outcomes if isinstance(outcome, CarriedOut)]

    before = ask_others()
    told = must(world.gateway, operation, (asker or host).account, room=host.room_id).answer
    same_words = {
        (one.name, word)
        for one, answer in [*before, *ask_others()]
        for word in _THEIRS
        if told.get(word) and told[word] == answer.get(word)
    }
    shared = {
        name
        for name, word in same_words
        if word not in _OF_GUESTS or not _share_guests(world, host, world.people[name])
    }
    found = ", ".join(sorted(shared)) or "nobody"
    fact = same(f"{operation}: who else is told so", "nobody", found, f"operation:{operation}", "tells others the same")
    return told, fact


def _share_guests(world: World, host: Person, other: Person) -> bool:
    """Whether somebody has come to both rooms. Whoever waits may stand in no row yet."""
    if host.waiting & other.waiting:
        return True
    with contextlib.suppress(Unseen):
        state = world.look()
        came = [
            {row["account_id"] for one in state.sessions_of(each) for row in state.attendance_of(one["session_id"])}
            for each in (host.room_id, other.room_id)
        ]
        return bool(came[0] & came[1])
    return True


def expect_guest_told(world: World, guest: Person, host: Person) -> None:
    """Who asks for the host's room is told of its status, its session and its host what the rows say (O7)."""
    sentence = f"{guest.name} is told how {host.name}'s room is"
    world.expect(sentence, lambda state: _compared(world, host, "room_state", state, guest))


def session_on(world: World, host: Person) -> str:
    """The open session that the host's room points to, where an end tells which it has ended; "" for none: what ends
    with a room that is stuck may be told in more ways than one."""
    described = world.target.operations.get("end")
    if described is None or "ended_or_none" not in described.answer:
        return ""
    with contextlib.suppress(Unseen):
        state = world.look()
        pointer = str((state.room(host.room_id) or {}).get("session_id"))
        return pointer if pointer in [row["session_id"] for row in state.open_sessions(host.room_id)] else ""
    return ""


def expect_told_at_first(world: World, asker: Person, host: Person) -> None:
    """Who is the first to ask for the host's room is told of it what the rows say after that: what was due has been
    done by then (O7). Raises NotApplicable where no answer tells of its status."""
    if "room_state" not in _tellers(world):
        raise NotApplicable("room-state", "nobody but hosts is told a room's status")
    told = must(world.gateway, "room_state", asker.account, room=host.room_id).answer
    sentence = f"{asker.name} is told at once how {host.name}'s room is"
    world.expect(sentence, lambda state: _compared(world, host, "room_state", state, asker, told))


def expect_told(world: World, host: Person) -> None:
    """Every operation that tells the host of their room says of it what the rows say: of its status, its session and
    that one's title, its host, and that it is the host who asks; within the deadline "settle"; so does of its status
    the answer by which the present session was made. A status in words of the target's own that its file does not
    translate is compared with nothing. Their last end has told which session it ended (O7). The hosts of other rooms
    ask in between. Raises NotApplicable where there are not both."""
    operations = _tellers(world)

    def agree(state: State) -> list[Fact]:
        told: list[Fact] = []
        for name in operations:
            answer, alone = told_between(world, host, name)
            told += [*_compared(world, host, name, state, host, answer), alone]
        return told + _begun(world, host, state) + _ended(host)

    world.expect(f"{host.name} is told how the room is", agree)


def _tellers(world: World) -> list[str]:
    found = tellers(world.target)
    if not found:
        raise NotApplicable("room-state", "nobody tells a room's status beside the rows of the database")
    return found


def _compared(
    world: World,
    host: Person,
    operation: str,
    state: State,
    asker: Person,
    told: Mapping[str, Any] | None = None,
) -> list[Fact]:
    if told is None:
        told = must(world.gateway, operation, asker.account, room=host.room_id).answer
    row, about = state.room(host.room_id) or {}, f"operation:{operation}"
    facts = [_status(world, operation, row, told["status"])]
    for name, word, column in (("session", "session_or_none", "session_id"), ("host", "host", "host_id")):
        if word in told:
            value = None if told[word] is None else str(told[word])
            facts.append(same(f"{operation}: {name}", row.get(column), value, about, f"tells another {name}"))
    if "title_or_none" in told and row.get("session_id"):
        title = (state.session(str(row["session_id"])) or {}).get("title")
        facts.append(same(f"{operation}: title", title, told["title_or_none"], about, "tells another title"))
    if "is_host_or_none" in told:
        (due, found), wrong = (asker is host, bool(told["is_host_or_none"])), "tells another person to be the host"
        facts.append(same(f"{operation}: that {asker.name} is the host", due, found, about, wrong))
    return facts


def _begun(world: World, host: Person, state: State) -> list[Fact]:
    """What the host was told when the session was made that the room has."""
    row, made = state.room(host.room_id) or {}, host.begun
    if made is None or "status" not in made.answer or str(made.answer["session"]) != row.get("session_id"):
        return []
    return [_status(world, made.operation, row, made.answer["status"])]


def _ended(host: Person) -> list[Fact]:
    """Which session the host was told that they have ended, when they last did."""
    if host.ended is None or not host.ended[0]:
        return []
    session_id, told = host.ended[0], host.ended[1].answer["ended_or_none"]
    found = None if told is None else str(told)
    return [same("end: session", session_id, found, "operation:end", "tells another session")]


def _status(world: World, operation: str, row: Row, found: Any) -> Fact:
    status = row.get("status")
    alike = found == status or (found in LIVE_ROOM and status in LIVE_ROOM)  # some tell a lobby as live
    known, about = found in ROOM_STATUSES or bool(world.target.operations[operation].statuses), f"operation:{operation}"
    return Fact(f"{operation}: status", show(status), show(found), alike, known, about, "tells another status")
