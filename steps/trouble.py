"""Trouble caused on purpose: requests that fail, writes that fail, a row that is held, a gateway that is down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pytest_bdd import given, when

from greenroom.core.errors import GreenroomError, NotApplicable
from greenroom.drivers.database_faults import busy_room, failing_writes
from greenroom.drivers.web.requests import TROUBLES
from greenroom.scenario.world import World
from steps.words import text


@given(text("the gateway {trouble} when {host:Name} ends the room"))
def end_meets_trouble(world: World, trouble: str, host: str) -> None:
    """Every request of the host's page to end the room meets that trouble.

    Not carried out: answers 500, answers 503, refuses the connection, breaks off the connection, never answers. Carried
    out: loses its answer. Held until all is well again: is slow (not carried out before), answers late (carried out).
    """
    cause(world, host, "end", trouble)


@given(text("the gateway {trouble} when {host:Name} goes live"))
def go_live_meets_trouble(world: World, trouble: str, host: str) -> None:
    """Every Go Live of the host's page meets that trouble."""
    cause(world, host, "go_live", trouble)


@given(text("the gateway {trouble} when {host:Name} asks for a room"))
def my_room_meets_trouble(world: World, trouble: str, host: str) -> None:
    """Every question of the host's page for the host's own room meets that trouble."""
    cause(world, host, "my_room", trouble)


@given(text("the data API {trouble} when {host:Name} resets the room"))
def reset_meets_trouble(world: World, trouble: str, host: str) -> None:
    """Every forced reset of the host's page meets that trouble."""
    cause(world, host, "reset", trouble)


@given(text("the data API {trouble} when {host:Name} falls back on it"))
def fallback_meets_trouble(world: World, trouble: str, host: str) -> None:
    """The page's fallback for ending a room meets that trouble."""
    cause(world, host, "end_fallback", trouble)


@given(text("the data API {trouble} when {person:Name} looks the host up"))
def lookup_meets_trouble(world: World, trouble: str, person: str) -> None:
    """Every question of the person's page who hosts the room meets that trouble."""
    cause(world, person, "host_lookup", trouble)


@when(text("all is well again for {person:Name}"))
def well_again(world: World, person: str) -> None:
    """No request of the person's page meets trouble any more; what was slow or late arrives."""
    world.browsers.of(world.people.person(person)).faults.lift()


@given(text("the next write to the {relation} of {host:Name}'s room fails"))
def next_write_fails(world: World, relation: str, host: str) -> None:
    """One write to that relation fails, for this room only."""
    fail_writes(world, relation, host, times=1)


@given(text("every write to the {relation} of {host:Name}'s room fails"))
def every_write_fails(world: World, relation: str, host: str) -> None:
    """All writes to that relation fail, for this room only, until the scenario is over."""
    fail_writes(world, relation, host, times=0)


@given(text("another write holds {host:Name}'s room for a while"))
def room_is_busy(world: World, host: str) -> None:
    """The room's row is locked; it is let go once somebody has waited for it for a while."""
    world.until_end(busy_room(world.writable_database(), world.people.person(host).room_id))


@when("the gateway restarts")
def gateway_restarts(world: World) -> None:
    """Stopped and started again, until it answers."""
    world.worker.control("restart-gateway")


@given("the gateway is down")
def gateway_is_down(world: World) -> None:
    """Its process has ended, and its port refuses; all other parts are up. It comes back when the scenario is over."""
    world.until_end(gateway_down(world))


@when("the gateway is up again")
def gateway_is_up(world: World) -> None:
    """Started again, until it answers."""
    world.worker.control("start-gateway")


@contextmanager
def gateway_down(world: World) -> Iterator[None]:
    """The gateway is stopped, and started at the end. Raises NotApplicable where it can't be."""
    launch = world.target.launch
    for control in ("stop-gateway", "start-gateway"):
        if launch is None or control not in launch.controls:
            raise NotApplicable(f"control:{control}", f"the target has no control {control!r}")
    for _, browser in world.browsers.opened():
        browser.tab.faults_active = True  # what the pages meet now is on purpose, and no bad weather
    world.worker.control("stop-gateway")
    try:
        yield
    finally:
        world.worker.control("start-gateway")


def cause(world: World, person: str, request: str, trouble: str) -> None:
    """Requests called `request` of the person's page meet `trouble`. Raises GreenroomError for an unknown trouble."""
    if trouble not in TROUBLES:
        raise GreenroomError(f"unknown trouble {trouble!r}", hint=f"one of: {', '.join(TROUBLES)}", code="bad-feature")
    world.browsers.of(world.people.person(person)).faults.cause(request, trouble)  # type: ignore[arg-type]


def fail_writes(world: World, relation: str, host: str, *, times: int) -> None:
    """Writes to a relation of the host's room fail."""
    names = {"rooms", "sessions", "attendance", "listing"}
    if relation not in names:
        raise GreenroomError(f"unknown relation {relation!r}", hint=f"one of: {', '.join(names)}", code="bad-feature")
    database, described = world.writable_database(), world.target.database
    fault = described.write_faults.get(relation) if described else None  # type: ignore[call-overload]
    world.until_end(failing_writes(database, fault, world.people.person(host).room_id, times=times))
