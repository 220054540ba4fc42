"""People: who takes part, and which room is theirs."""

from __future__ import annotations

from pytest_bdd import given, then, when

from fixtures.step_text import costs
from greenroom.claims.observation import Observation
from greenroom.claims.rooms import rooms_hosted
from greenroom.scenario import wishes
from greenroom.scenario.world import World
from steps.words import text


@given(text("{member:Name} is a member"))
def is_member(world: World, member: str) -> None:
    """Somebody with an account."""
    world.people.person(member)


@given(text("{visitor:Name} is signed out"))
@costs(accounts=False)
def is_signed_out(world: World, visitor: str) -> None:
    """Somebody who has not signed in."""
    world.people.visitor(visitor)


@given(text("{host:Name} has a room"))
def has_room(world: World, host: str) -> None:
    """A member with a permanent room at rest."""
    world.people.host(host)


@given(text("{person:Name} has never gone live"))
def has_never_gone_live(world: World, person: str) -> None:
    """A member without a room."""
    world.people.roomless(person)


@given(text("{person:Name} is called exactly like {other:Name}"))
def is_called_like(world: World, person: str, other: str) -> None:
    """Two people whom the target shows by the same name."""
    world.people.person_called(person, world.people.person(other).shown_name)


@given(text("{person:Name} goes by the name {name}"))
def goes_by_the_name(world: World, person: str, name: str) -> None:
    """A member whom the target shows by just that name, beside the mark of the run."""
    world.people.person_shown_as(person, name)


@when(text("{host:Name} takes another name"))
def takes_another_name(world: World, host: str) -> None:
    """By the request that changes a host's name, sent by the host; not every target lets them."""
    wishes.take_another_name(world, world.people.person(host))


@given(text("{person:Name} is a member of another tenant"))
def is_of_another_tenant(world: World, person: str) -> None:
    """Somebody who shares the target, and nothing else."""
    world.people.newcomer_elsewhere(person)


@then(text("{person:Name} hosts exactly one room"))
def hosts_one_room(world: World, person: str) -> None:
    """One room, and the account is linked to it."""
    world.expect(f"{person} hosts exactly one room", rooms_hosted(world.people.person(person).account_id, 1))


@then(text("the schema refuses a second room for {host:Name}"))
def schema_refuses_second_room(world: World, host: str) -> None:
    """By a constraint of its own, whatever the gateway does."""
    complaint = world.writable_database().refuses("second_room", room_id=world.people.person(host).room_id)
    sentence, expected = "the schema refuses a second room", "a constraint refuses it"
    world.confirm(Observation(sentence, bool(complaint), expected, complaint or "it lets it be"))
