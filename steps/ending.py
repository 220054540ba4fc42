"""Ending a room: by its host, and by those who may not."""

from __future__ import annotations

from pytest_bdd import given, then, when

from greenroom.drivers.outcome import Refused, describe
from greenroom.scenario import actions as acts
from greenroom.scenario.world import World
from steps.words import text

_REFUSALS = {
    "not the host": "not_host",
    "unauthenticated": "unauthenticated",
    "no such room": "not_found",
    "a malformed id": "malformed",
    "not live": "not_live",
    "not idle": "not_idle",
}


@given(text("{host:Name} has ended the room"))
def has_ended(world: World, host: str) -> None:
    """Before the scenario's act."""
    acts.have_ended(world, world.people.person(host))


@when(text("{host:Name} ends the room through the gateway"))
def ends(world: World, host: str) -> None:
    """One request, which is carried out."""
    acts.end(world, world.people.person(host))


@given(text("{host:Name} has ended the room in the browser"))
@when(text("{host:Name} ends the room in the browser"))
def ends_in_browser(world: World, host: str) -> None:
    """Press End Room; the page says that the room has ended."""
    acts.end_in_browser(world, world.people.person(host))


@when(text("{host:Name} tries to end the room through the gateway"))
def tries_to_end(world: World, host: str) -> None:
    """One request; what comes of it is for the next step to judge."""
    person = world.people.person(host)
    person.outcome = world.gateway.attempt("end", person.account, room=person.room_id)


@when(text("{person:Name} tries to end {host:Name}'s room through the gateway"))
def tries_to_end_another(world: World, person: str, host: str) -> None:
    """The same by somebody who does not host the room."""
    stranger = world.people[person]
    stranger.outcome = world.gateway.attempt("end", stranger.account, room=world.people.person(host).room_id)


@when(text("{host:Name} tries to end a room nobody knows through the gateway"))
def tries_to_end_unknown(world: World, host: str) -> None:
    """An id of the right form that names no room."""
    person = world.people.person(host)
    person.outcome = world.gateway.attempt("end", person.account, room=world.target.unknown_room)


@when(text("{host:Name} tries to end a room that is no room through the gateway"))
def tries_to_end_malformed(world: World, host: str) -> None:
    """An id that no room can have."""
    person = world.people.person(host)
    person.outcome = world.gateway.attempt("end", person.account, room=world.target.malformed_room)


@then(text("{person:Name} is refused as {refusal}"))
def is_refused(world: World, person: str, refusal: str) -> None:
    """The documented status and code."""
    outcome = world.people[person].outcome
    assert outcome is not None, f"{person} has not tried anything"
    expected = _REFUSALS[refusal]
    right = isinstance(outcome, Refused) and outcome.name == expected
    world.claim(f"{person} is refused as {refusal}", right, expected=f"refused as {refusal}", found=describe(outcome))


@when(text("{host:Name} tries to end the room in the browser"))
def tries_in_browser(world: World, host: str) -> None:
    """Press End Room; what the page says is for the next step to judge."""
    acts.try_end_in_browser(world, world.people.person(host))


@when(text("{host:Name} cancels the session through the gateway"))
def cancels(world: World, host: str) -> None:
    """One request, which is carried out."""
    person = world.people.person(host)
    world.gateway.must("cancel", person.account, room=person.room_id)
    world.tells("the gateway", f"{host}'s session is cancelled")


@when(text("{person:Name} tries to cancel {host:Name}'s session through the gateway"))
def tries_to_cancel(world: World, person: str, host: str) -> None:
    """By somebody who may not."""
    stranger = world.people[person]
    stranger.outcome = world.gateway.attempt("cancel", stranger.account, room=world.people.person(host).room_id)


@then(text("the page tells {host:Name} that the room could not be ended"))
def told_of_failed_end(world: World, host: str) -> None:
    """The page admits the failure, and does not say that the room has ended."""
    person = world.people.person(host)
    viewer = world.browsers.of(person).viewer
    admits = viewer.says_end_failed(person.values())
    denies = viewer.says_ended(person.values(), within=0.1)
    found = "that the room has ended" if denies else "the failure" if admits else "nothing"
    world.claim("the page admits the failure", admits and not denies, expected="the failure", found=found)


@then(text("{host:Name} can press End Room again"))
def can_press_again(world: World, host: str) -> None:
    """The control is there and can be pressed."""
    person = world.people.person(host)
    can = world.browsers.of(person).viewer.end_is_enabled(person.values(), world.deadlines.control)
    world.claim("End Room can be pressed again", can, expected="it can", found="it can" if can else "it can't")


@then(text("the page shows {host:Name} no failure"))
def no_failure(world: World, host: str) -> None:
    """No alert on the page."""
    person = world.people.person(host)
    shown = world.browsers.of(person).viewer.shows_failure_now(person.values())
    world.claim("the page shows no failure", not shown, expected="no failure", found="a failure" if shown else "none")
