"""Ending a room: by its host, and by those who may not."""

from __future__ import annotations

from pytest_bdd import given, then, when

from greenroom.claims import answers, pages, rooms, sessions, turned_away
from greenroom.claims.fact import either, every
from greenroom.gherkin.vocabulary import WordList
from greenroom.scenario import actions, failed_ends, interrupted_end, intruders
from greenroom.scenario.world import World
from steps.words import text

NO_ROOM = WordList("room that is none", {"a room nobody knows": False, "a room that is no room": True})
"""Whether no room can have its id."""


@when(text("{host:Name} ends the room through the gateway"))
def ends(world: World, host: str) -> None:
    """One request, which is carried out."""
    actions.end(world, world.people.person(host))


@given(text("{host:Name} has ended the room in the browser"))
@when(text("{host:Name} ends the room in the browser"))
def ends_in_browser(world: World, host: str) -> None:
    """Press End Room; the page says that the room has ended."""
    actions.end_in_browser(world, world.people.person(host))


@when(text("{host:Name} ends the room in the browser, and {guest:Name} joins before it is confirmed"))
def ends_as_a_guest_joins(world: World, host: str, guest: str) -> None:
    """The page has gone on with what it does by itself, and says at last that the room has ended. Where it asks
    nothing, the guest joins just before the press."""
    interrupted_end.end_as_somebody_joins(world, world.people.person(host), world.people.person(guest))


@when(text("{host:Name} double-clicks End Room in the browser"))
def double_clicks_end(world: World, host: str) -> None:
    """Two clicks, as fast as a hand can."""
    person = world.people.person(host)
    world.browsers.of(person).viewer.press_end_twice(person.values())


@when(text("{host:Name} tries to end the room in the browser"))
def tries_in_browser(world: World, host: str) -> None:
    """Press End Room; what the page says is for a Then."""
    actions.try_end_in_browser(world, world.people.person(host))


@when(text("{host:Name} tries to end the room through the gateway"))
def tries_to_end(world: World, host: str) -> None:
    """One request; what comes of it is for a Then."""
    actions.attempt(world, world.people.person(host), "end")


@when(text("{person:Name} tries to end {host:Name}'s room through the gateway"))
def tries_to_end_another(world: World, person: str, host: str) -> None:
    """The same by somebody who does not host the room."""
    actions.attempt(world, world.people[person], "end", room=world.people.person(host).room_id)


@when(text("{host:Name} tries to end a room nobody knows through the gateway"))
def tries_to_end_unknown(world: World, host: str) -> None:
    """An id of the right form that names no room."""
    intruders.attempt_nowhere(world, world.people.person(host), "end", world.target.unknown_room)


@when(text("{host:Name} tries to end a room that is no room through the gateway"))
def tries_to_end_malformed(world: World, host: str) -> None:
    """An id that no room can have."""
    intruders.attempt_nowhere(world, world.people.person(host), "end", world.target.malformed_room)


@given(text("{host:Name} has cancelled the session"))
@when(text("{host:Name} cancels the session through the gateway"))
def cancels(world: World, host: str) -> None:
    """One request, which is carried out."""
    actions.cancel(world, world.people.person(host))


@when(text("{host:Name} tries to cancel the session of {room:NoRoom} through the gateway", NoRoom=NO_ROOM))
def tries_to_cancel_nowhere(world: World, host: str, room: bool) -> None:
    """One request, with an id that names no room, or that no room can have."""
    room_id = world.target.malformed_room if room else world.target.unknown_room
    intruders.attempt_nowhere(world, world.people.person(host), "cancel", room_id)


@when(text("{person:Name} tries to cancel {host:Name}'s session through the gateway"))
def tries_to_cancel(world: World, person: str, host: str) -> None:
    """By somebody who may not."""
    actions.attempt(world, world.people[person], "cancel", room=world.people.person(host).room_id)


@then(text("{host:Name}'s room has ended with nobody left inside, or nothing about it has changed"))
def has_ended_or_not(world: World, host: str) -> None:
    """All of the end or nothing of it."""
    person = world.people.person(host)
    over = every(actions.at_rest(world, person), sessions.nobody_inside(person.session_id))
    whole = either(over, rooms.unchanged(world.before, [person.room_id]))
    world.expect(f"{host}'s room has ended with nobody left inside, or nothing about it has changed", whole)


@then(text("{person:Name} is refused as {refusal:Refusal}"))
def is_refused(world: World, person: str, refusal: str) -> None:
    """The documented status and code."""
    outcome = world.people[person].last_outcome
    if refusal == "not_host" and not world.target.operations[outcome.operation].names_room:
        world.confirm(turned_away.about_their_own(person, outcome))
        return
    answers.check_described(world.target, outcome.operation, refusal)
    by_status = answers.by_status_alone(world.target, outcome.operation, refusal)
    world.confirm(answers.refused_as(person, outcome, refusal, by_status=by_status))


@then(text("the page tells {host:Name} that the room could not be ended"))
def is_told_of_failed_end(world: World, host: str) -> None:
    """The page admits the failure, and does not say that the room has ended."""
    failed_ends.expect_admitted(world, world.people.person(host))


@then(text("the page tells {host:Name} that the room has ended, and it has, or that it could not be ended"))
def is_told_the_truth(world: World, host: str) -> None:
    """Whatever became of the end, the page says so; where it says that the room has ended, the room is at rest."""
    failed_ends.expect_truth(world, world.people.person(host))


@then(text("{host:Name} can press End Room again"))
def can_press_again(world: World, host: str) -> None:
    """The control is there and can be pressed."""
    person = world.people.person(host)
    viewer = world.browsers.of(person).viewer
    world.confirm(pages.end_can_be_pressed(viewer, person.values(), world.deadlines.control))


@then(text("the page no longer shows {host:Name} a failure"))
def shows_failure_no_longer(world: World, host: str) -> None:
    """One of before is gone, or goes by itself within the deadline, as a notice does that is shown for some seconds."""
    person = world.people.person(host)
    world.confirm(pages.takes_failure_back(world.browsers.of(person).viewer, person.values()))


@then(text("the page shows {host:Name} no failure"))
def shows_no_failure(world: World, host: str) -> None:
    """No alert on the page."""
    failed_ends.expect_none(world, world.people.person(host))
