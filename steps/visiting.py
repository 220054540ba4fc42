"""Guests who come and go while a scenario is under way."""

from __future__ import annotations

from pytest_bdd import given, when

from greenroom.scenario import actions, intruders, left_at_once, premises, presence, visits
from greenroom.scenario.operations import must
from greenroom.scenario.world import World
from steps.words import text


@when(text("{guest:Name} joins {host:Name}'s room"))
def joins(world: World, guest: str, host: str) -> None:
    """One request, which is carried out; the room's page where there is no such request."""
    actions.join(world, world.people.person(guest), world.people.person(host))


@when(text("{guest:Name} leaves {host:Name}'s room"))
def leaves(world: World, guest: str, host: str) -> None:
    """One request, which is carried out."""
    must(world.gateway, "leave", world.people.person(guest).account, room=world.people.person(host).room_id)


@given(text("{guest:Name} has come into {host:Name}'s room on its page"))
def has_come_in_on_page(world: World, guest: str, host: str) -> None:
    """What the page sends may still be on its way when it shows the guest: it is waited for."""
    comes_in_on_page(world, guest, host)
    premises.inside(world, world.people.person(guest), world.people.person(host))


@when(text("{guest:Name} comes into {host:Name}'s room on its page"))
def comes_in_on_page(world: World, guest: str, host: str) -> None:
    """The page is opened by its link; where that is not enough, the guest does there what it takes."""
    visits.come_in_on_page(world, world.people.person(guest), world.people.person(host))


@when(text("{guest:Name} tries to come into {host:Name}'s room on its page"))
def tries_to_come_in_on_page(world: World, guest: str, host: str) -> None:
    """As far as the page lets them: it may well say beforehand that there is no place."""
    visits.try_to_come_in_on_page(world, world.people.person(guest), world.people.person(host))


@when(text("{guest:Name} signs out, and {other:Name} signs in and comes into {host:Name}'s room on the same page"))
def comes_in_after(world: World, guest: str, other: str, host: str) -> None:
    """One browser, one after the other; the room's page is opened again."""
    people = world.people
    visits.come_in_after(world, people.person(guest), people.person(other), people.person(host))


@when(text("{guest:Name} comes into {host:Name}'s room on its page, and leaves before that is answered"))
def comes_in_and_leaves(world: World, guest: str, host: str) -> None:
    """Both on the room's page, by a hand that is faster than the gateway; then the page has all its answers."""
    left_at_once.come_in_and_leave(world, world.people.person(guest), world.people.person(host))


@when(text("{guest:Name} reloads the room's page and comes in again"))
def reloads_and_comes_in(world: World, guest: str) -> None:
    """Where opening the page is not enough to come in, the guest does there what it takes."""
    visits.come_in_again_on_page(world, world.people.person(guest))


@when(text("{guest:Name} reloads the page of {host:Name}'s lobby"))
def reloads_in_lobby(world: World, guest: str, host: str) -> None:
    """F5. Where whoever closes a page leaves, the guest comes to the lobby again, as people do then."""
    visits.reload_in_lobby(world, world.people.person(guest), world.people.person(host))


@when(text("{guest:Name} leaves {host:Name}'s room on its page"))
def leaves_on_page(world: World, guest: str, host: str) -> None:
    """By the control that the page has for it, on the page that is open."""
    visits.leave_on_page(world, world.people.person(guest), world.people.person(host))


@given(text("{guest:Name} has left {host:Name}'s lobby"))
def has_left_lobby(world: World, guest: str, host: str) -> None:
    """Who waits gives it up. Not every target has a way to."""
    visits.leave_lobby(world, world.people.person(guest), world.people.person(host))


@given(text("{guest:Name}, who waits in {host:Name}'s lobby, has lost the connection and come back"))
def has_come_back_to_lobby(world: World, guest: str, host: str) -> None:
    """Somebody says so for the guest, who asks to come in once more."""
    visits.come_back_to_lobby(world, world.people.person(guest), world.people.person(host))


@when(text("{guest:Name} leaves {host:Name}'s lobby on the room's page"))
def leaves_lobby_on_page(world: World, guest: str, host: str) -> None:
    """By the control with which guests leave, on the page that is open. Not every page has it for who waits."""
    visits.leave_lobby_on_page(world, world.people.person(guest), world.people.person(host))


@given(text("{guest:Name} has tried to join {host:Name}'s room"))
@when(text("{guest:Name} tries to join {host:Name}'s room after the end"))
@when(text("{guest:Name} tries to join {host:Name}'s room"))
def tries_to_join(world: World, guest: str, host: str) -> None:
    """One request through the gateway; what comes of it is for a Then."""
    actions.attempt(world, world.people.person(guest), "join", room=world.people.person(host).room_id)


@when(text("{guest:Name} tries to join a room nobody knows through the gateway"))
def tries_to_join_unknown(world: World, guest: str) -> None:
    """An id of the right form that names no room."""
    intruders.attempt_nowhere(world, world.people.person(guest), "join", world.target.unknown_room)


@given(text("{guest:Name} has tried to leave {host:Name}'s room"))
@when(text("{guest:Name} tries to leave {host:Name}'s room after the end"))
@when(text("{guest:Name} tries to leave {host:Name}'s room"))
def tries_to_leave(world: World, guest: str, host: str) -> None:
    """One request through the gateway; what comes of it is for a Then."""
    actions.attempt(world, world.people.person(guest), "leave", room=world.people.person(host).room_id)


@when(text("{host:Name} announces being away after the end"))
def announces_absence_too_late(world: World, host: str) -> None:
    """One request through the gateway, as from a page that is closed only now; what comes of it is for a Then."""
    actions.attempt(world, world.people.person(host), "host_absent", room=world.people.person(host).room_id)


@when(text("{host:Name} announces being there after the end"))
def announces_too_late(world: World, host: str) -> None:
    """One request through the gateway, as from a page that is still open; what comes of it is for a Then."""
    presence.announce_too_late(world, world.people.person(host))
