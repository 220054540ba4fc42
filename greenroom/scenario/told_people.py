"""What the gateway tells of people: a host is told who waits, and whoever asks is told what they are in the room."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from greenroom.claims.observation import Observation
from greenroom.core.deadlines import eventually
from greenroom.core.errors import NotApplicable
from greenroom.people.person import Person
from greenroom.scenario.operations import must
from greenroom.scenario.told_state import told_between
from greenroom.scenario.world import World

_NOBODY = "nobody"


@dataclass(frozen=True)
class OwnStanding:
    """What somebody is told of themselves: in words, and which words of an answer have to say it."""

    words: str
    due: Mapping[str, bool]


_STANDINGS = (
    OwnStanding("she waits", {"waits_or_none": True}),
    OwnStanding("she is inside", {"waits_or_none": False, "is_banned_or_none": False}),
    OwnStanding("she does not wait", {"waits_or_none": False}),
    OwnStanding("she is banned", {"is_banned_or_none": True}),
)
STANDINGS: Mapping[str, OwnStanding] = {standing.words: standing for standing in _STANDINGS}


def expect_told_who_waits(world: World, host: Person, waiting: Collection[Person]) -> None:
    """The host is told of exactly these people that they wait in the lobby, within the deadline "settle", also right
    after the host of another room has asked for theirs (O7). Raises NotApplicable where the target does not say how it
    tells."""
    told = must(world.gateway, "waiting", host.account, room=host.room_id).answer
    by = next((word for word in ("people", "names") if word in told), None)
    if by is None:
        reason = "the target does not say whom it tells of who waits: [operations.waiting] answer"
        raise NotApplicable("operation:waiting", reason)

    def ask() -> list[str]:
        answer, alone = told_between(world, host, "waiting")
        also = [] if alone.holds else [f"which {alone.found} is told as well"]
        return sorted(_called(world, one) for one in answer[by]) + also

    due = sorted(person.name for person in waiting)
    found, waited = eventually(ask, lambda now: now == due, world.deadlines.settle, pause=world.browsers.let_pass)
    _confirm(world, f"{host.name} is told who waits", _list(due), _list(found), waited, "operation:waiting")


def expect_told_of_oneself(world: World, person: Person, host: Person, standing: OwnStanding) -> None:
    """Who asks for the host's room is told so of themselves, within the deadline "settle" (O7): what the answer
    has no word for is not asked for. The host asks before and after them, and is told nothing of that: an answer that
    was given to one is not good for the other. Raises NotApplicable where it has none at all."""

    def ask() -> Mapping[str, Any]:
        return {
            f"{when}: {word.removesuffix('_or_none')}": bool(answer[word])
            for when, asker in ((f"{host.name} before", host), (person.name, person), (host.name, host))
            for answer in [must(world.gateway, "room_state", asker.account, room=host.room_id).answer]
            for word in standing.due
            if word in answer
        }

    if not ask():
        words = " or ".join(standing.due)
        reason = f"the target does not tell people what they are in a room: [operations.room_state] {words}"
        raise NotApplicable("room-state", reason)
    due = {f"{person.name}: {word.removesuffix('_or_none')}": value for word, value in standing.due.items()}

    def agrees(found: Mapping[str, Any]) -> bool:
        return all(said == due.get(word, False) for word, said in found.items())

    found, waited = eventually(ask, agrees, world.deadlines.settle, pause=world.browsers.let_pass)
    expected = {word: due.get(word, False) for word in found}
    sentence = f"{person.name} is told that {standing.words}"
    _confirm(world, sentence, _words(expected), _words(found), waited, "operation:room_state")


def _called(world: World, told: Any) -> str:
    """The name by which the feature calls somebody, of the id or the name that the gateway tells; what was told, of
    somebody else."""
    known = (world.people[name] for name in world.people)
    return next((one.name for one in known if str(told) in (one.account_id, one.shown_name)), str(told))


def _list(names: Collection[str]) -> str:
    return ", ".join(names) or _NOBODY


def _words(said: Mapping[str, Any]) -> str:
    return ", ".join(f"{word} {'yes' if so else 'no'}" for word, so in said.items())


def _confirm(world: World, sentence: str, expected: str, found: str, waited: float, operation: str) -> None:
    told = f'{world.deadlines.settle:g} s "settle"'
    wrong = ((operation, "tells something else"),)
    world.confirm(Observation(sentence, expected == found, expected, found, waited, told, wrong=wrong))
