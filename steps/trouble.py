"""Trouble caused on purpose: requests that fail, writes that fail, a row that is held, a gateway that is down."""

from __future__ import annotations

from pytest_bdd import given, when

from greenroom.drivers.web.troubles import Trouble
from greenroom.scenario import faults
from greenroom.scenario.world import World
from steps.words import text


@given(text("the gateway {trouble:Trouble} when {host:Name} ends the room"))
def end_meets_trouble(world: World, trouble: Trouble, host: str) -> None:
    """Every request of the host's page to end the room meets that trouble.

    Not carried out: answers 429, answers 500, answers 502 (with a proxy's page, and no data), answers 503, answers 520
    (as a network of caches does in front of it), answers 200 with another page (as a network does in which people have
    to sign in first), refuses the connection, breaks off the connection, never answers. Carried out: loses its answer,
    takes too long for its proxy (which answers 504 in its place). Held until all is well again: is slow (not carried
    out before), answers late (carried out).
    """
    faults.on_page(world, world.people.person(host), "end", trouble)


@given(text("the gateway {trouble:Trouble} when {host:Name} goes live"))
def go_live_meets_trouble(world: World, trouble: Trouble, host: str) -> None:
    """Every Go Live of the host's page meets that trouble."""
    faults.on_page(world, world.people.person(host), "go_live", trouble)


@given(text("the gateway {trouble:Trouble} when {host:Name} goes live after a reset"))
def second_go_live_meets_trouble(world: World, trouble: Trouble, host: str) -> None:
    """The first Go Live of the host's page meets the conflict; every further one that trouble."""
    faults.on_second_go_live(world, world.people.person(host), trouble)


@given(text("the gateway {trouble:Trouble} when {host:Name} asks for a room"))
def my_room_meets_trouble(world: World, trouble: Trouble, host: str) -> None:
    """Every question of the host's page for the host's own room meets that trouble."""
    faults.on_asking_for_room(world, world.people.person(host), trouble)


@given(text("the data API {trouble:Trouble} when {host:Name} resets the room"))
def reset_meets_trouble(world: World, trouble: Trouble, host: str) -> None:
    """Every forced reset of the host's page meets that trouble."""
    faults.on_page(world, world.people.person(host), "reset", trouble)


@given(text("the data API {trouble:Trouble} when {host:Name} falls back on it"))
def fallback_meets_trouble(world: World, trouble: Trouble, host: str) -> None:
    """The page's fallback for ending a room meets that trouble, where it has one."""
    faults.on_fallback(world, world.people.person(host), trouble)


@given(text("the data API {trouble:Trouble} when {person:Name} looks the host up"))
def lookup_meets_trouble(world: World, trouble: Trouble, person: str) -> None:
    """Every question of the person's page who hosts the room meets that trouble."""
    faults.on_page(world, world.people.person(person), "host_lookup", trouble)


@given(text("the data API {trouble:Trouble} when {person:Name}'s page, which is open, looks the host up"))
def open_page_meets_trouble(world: World, trouble: Trouble, person: str) -> None:
    """The page that is open asks, and has met that trouble; what it asks later meets it, too."""
    faults.on_open_page(world, world.people.person(person), "host_lookup", trouble)


@when(text("for a while the data API {trouble:Trouble} when {person:Name} looks the host up"))
def lookup_meets_trouble_for_a_while(world: World, trouble: Trouble, person: str) -> None:
    """The page that is open asks, meets that trouble, and all is well again."""
    faults.on_page_for_a_while(world, world.people.person(person), "host_lookup", trouble)


@when(text("all is well again for {person:Name}"))
def is_well_again(world: World, person: str) -> None:
    """No request of the person's page meets trouble any more; what was slow or late arrives."""
    world.browsers.of(world.people.person(person)).faults.lift()


@given(text("the next write to the {relation:Relation} of {host:Name}'s room fails"))
def next_write_fails(world: World, relation: str, host: str) -> None:
    """One write to that relation fails, for this room only."""
    faults.on_writes(world, relation, world.people.person(host), times=1)


@given(text("every write to the {relation:Relation} of {host:Name}'s room fails"))
def every_write_fails(world: World, relation: str, host: str) -> None:
    """All writes to that relation fail, for this room only, until the scenario is over."""
    faults.on_writes(world, relation, world.people.person(host), times=0)


@given(text("every write to the {relation:Relation} of {host:Name}'s room fails for a while"))
def writes_fail_for_a_while(world: World, relation: str, host: str) -> None:
    """All writes to that relation fail, for this room only, until the database is well again."""
    faults.on_writes_for_a_while(world, relation, world.people.person(host))


@when("the database is well again")
def database_is_well(world: World) -> None:
    """No write fails any more."""
    faults.lift_on_writes(world)


@given(text("another write holds {host:Name}'s room for a while"))
def room_is_busy(world: World, host: str) -> None:
    """The room's row is locked; it is let go once somebody has waited for it for a while."""
    faults.on_room(world, world.people.person(host))


@when("the gateway restarts")
def gateway_restarts(world: World) -> None:
    """Stopped and started again, until it answers."""
    faults.restart_gateway(world)


@given("the gateway is down")
def gateway_is_down(world: World) -> None:
    """Its process has ended, and its port refuses; all other parts are up. It comes back when the scenario is over."""
    faults.stop_gateway(world)


@given("the gateway is down, past which pages look the host up")
def gateway_is_down_past_lookup(world: World) -> None:
    """The same; where pages need the gateway to know who hosts a room, there is nothing to be seen."""
    faults.stop_gateway_past_lookup(world)


@when("the gateway is up again")
def gateway_is_up(world: World) -> None:
    """Started again, until it answers."""
    faults.start_gateway(world)
