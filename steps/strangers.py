"""Those who get in where they don't belong: past the gateway, with a worthless proof, from another tenant."""

from __future__ import annotations

from pytest_bdd import then, when

from greenroom.claims.leaks import leaks
from greenroom.core.errors import NotApplicable
from greenroom.drivers.outcome import Refused, Went, describe
from greenroom.people.forged_tokens import forged
from greenroom.scenario.world import World
from steps.words import text

_TAMPERING = {
    "end the room": "tamper_room",
    "close the session": "tamper_session",
    "send the host away": "tamper_attendance",
    "take the entry off the listing": "tamper_listing",
    "delete the room": "delete_room",
    "take the room over": "take_room",
    "list the room falsely": "list_falsely",
    "reset the room": "reset",
}
_CHANGES = ("end", "go_live", "cancel", "host_present")


@when(text("{stranger:Name} tries to {deed} of {host:Name} through the data API"))
def tampers(world: World, stranger: str, deed: str, host: str) -> None:
    """One write past the gateway; whatever is answered, what counts is what it changed."""
    person = world.people[stranger]
    room = world.people.person(host).room_id
    person.outcome = world.gateway.attempt(_TAMPERING[deed], person.account, room=room, title=world.naming.title())


@when(text("somebody with {proof} for {host:Name} tries to {deed} through the gateway"))
def with_worthless_proof(world: World, proof: str, host: str, deed: str) -> None:
    """The proof names the host, but is not worth anything."""
    person = world.people.person(host)
    assert person.account is not None
    nobody = forged(world.target, person.account, proof)
    operation = {"end the room": "end", "go live": "go_live", "see the room": "room_state", "find a room": "my_room"}[
        deed
    ]
    values = {"title": world.naming.title(), "topics": ["talk"]}
    person.outcome = world.gateway.attempt(operation, nobody, room=person.room_id, **values)


@when(text("{stranger:Name} tries everything on {host:Name}'s room through the gateway"))
def tries_everything(world: World, stranger: str, host: str) -> None:
    """Every operation that changes a room; each must be refused."""
    person, room = world.people[stranger], world.people.person(host).room_id
    person.outcomes = []
    for operation in _CHANGES:
        if world.gateway.offers(operation):
            values = {"room": room, "title": world.naming.title(), "topics": ["talk"]}
            person.outcomes.append(world.gateway.attempt(operation, person.account, **values))


@then(text("{stranger:Name} was refused every time"))
def refused_every_time(world: World, stranger: str) -> None:
    """No success, and nothing broke."""
    outcomes = world.people[stranger].outcomes
    if not any(map(world.gateway.offers, _CHANGES)):
        raise NotApplicable("operations", "the target describes no operation that changes a room")
    right = bool(outcomes) and all(isinstance(outcome, Refused) for outcome in outcomes)
    found = "; ".join(describe(outcome) for outcome in outcomes if not isinstance(outcome, Refused)) or "refused"
    world.claim(f"{stranger} was refused every time", right, expected="refused", found=found)


@when(text("{stranger:Name} asks for the state of {host:Name}'s room"))
def asks_for_state(world: World, stranger: str, host: str) -> None:
    """Through the gateway."""
    person = world.people[stranger]
    person.outcome = world.gateway.attempt("room_state", person.account, room=world.people.person(host).room_id)


@then(text("{stranger:Name} was told nothing"))
def told_nothing(world: World, stranger: str) -> None:
    """The gateway refused to say."""
    outcome = world.people[stranger].outcome
    assert outcome is not None
    right = isinstance(outcome, Refused)
    world.claim(f"{stranger} was told nothing", right, expected="refused", found=describe(outcome))


@when(text("{host:Name} sends {nonsense} through the gateway"))
def sends_nonsense(world: World, host: str, nonsense: str) -> None:
    """Requests that no client in its senses sends, to every operation that takes a room."""
    person = world.people.person(host)
    rooms = {
        "an id with a quote": "x' OR '1'='1",
        "an id of another world": "../../etc/passwd",
        "an id that is too long": "9" * 3000,
        "a title that is a table": person.room_id,
    }
    room = rooms[nonsense]
    title: object = {"$ne": "drop table live_rooms"} if "title" in nonsense else world.naming.title()
    person.outcomes = []
    for operation in ("room_state", "end", "go_live", "cancel", "join"):
        if world.gateway.offers(operation) and ("title" not in nonsense or operation == "go_live"):
            values = {"room": _as_path(room), "title": title, "topics": ["talk"]}
            person.outcomes.append(world.gateway.attempt(operation, person.account, **values))


@then("no answer gives anything away")
def nothing_leaks(world: World) -> None:
    """No refusal holds SQL, a stack, a path or a secret; and there were refusals."""
    sent = [exchange for step in world.evidence.steps for exchange in step.exchanges]
    refusals = [exchange for exchange in sent if exchange.status is not None and exchange.status >= 400]
    found = leaks(sent)
    world.claim("there were refusals", bool(refusals), expected="refusals", found=f"{len(refusals)} refusals")
    given = "; ".join(f"{leak.what}: {leak.text!r} by {leak.exchange.method} {leak.exchange.url}" for leak in found)
    world.claim("no answer gives anything away", not found, expected="nothing", found=given or "nothing")


@then(text("{person:Name} was refused and nothing broke"))
def refused_and_unbroken(world: World, person: str) -> None:
    """No success, and no 5xx."""
    refused_every_time(world, person)


@then("the data API was tried")
def was_tried(world: World) -> None:
    """At least one request reached the data API; else the scenario proves nothing."""
    sent = [exchange for step in world.evidence.steps for exchange in step.exchanges]
    tried = [exchange for exchange in sent if exchange.channel == "data_api" and exchange.status is not None]
    if not any(isinstance(person.outcome, Went | Refused) for person in world.people.values()):
        raise NotApplicable("operations", "nothing was tried through the data API")
    world.claim("the data API answered", bool(tried), expected="an answer", found=f"{len(tried)} answers")


def _as_path(room: str) -> str:
    from urllib.parse import quote

    return quote(room, safe="")
