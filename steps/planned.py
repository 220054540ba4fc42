"""What is planned for a time: a start, an end."""

from __future__ import annotations

from pytest_bdd import given, when

from fixtures.step_text import costs
from greenroom.scenario import planned
from greenroom.scenario.world import World
from steps.words import text


@given(text("{host:Name} is live with {guest:Name} as a guest, and a planned end soon"))
@costs(go_lives=1)
def is_live_until_soon(world: World, host: str, guest: str) -> None:
    """The end is planned as far away as the deadline "soon" says; the guest is inside before."""
    planned.go_live_until(world, world.people.host(host), world.people.person(guest), world.deadlines.soon)


@given(text("{host:Name} is live with {guest:Name} as a guest, and a planned end tomorrow"))
@costs(go_lives=1)
def is_live_until_tomorrow(world: World, host: str, guest: str) -> None:
    """The end is planned in a day."""
    planned.go_live_until(world, world.people.host(host), world.people.person(guest), planned.A_DAY)


@given(text("{host:Name} has gone live with a planned end tomorrow"))
@costs(go_lives=1)
def has_gone_live_until_tomorrow(world: World, host: str) -> None:
    """The end is planned in a day; nobody has come in yet, the host neither."""
    planned.go_live(world, world.people.host(host), planned.A_DAY)


@given(text("{host:Name} has gone live with a planned end in a quarter of an hour"))
@costs(go_lives=1)
def has_gone_live_for_a_while(world: World, host: str) -> None:
    """Whoever takes the end for that of another time zone, or is early by more, finds it over; nobody has come yet."""
    planned.go_live(world, world.people.host(host), 900)


@given(text("{host:Name} has gone live with a planned end soon, by the clock of Tokyo"))
@costs(go_lives=1)
def has_gone_live_by_tokyo(world: World, host: str) -> None:
    """The end is planned as far away as the deadline "soon" says, and written with nine hours of difference."""
    planned.go_live_by_tokyo(world, world.people.host(host), world.deadlines.soon)


@given(text("{guest:Name} has come into {host:Name}'s room shortly before the planned end"))
@costs(waits=True)
def has_come_late(world: World, guest: str, host: str) -> None:
    """Most of the time until then has passed."""
    planned.come_late(world, world.people.person(guest), world.people.person(host))


@given(text("{host:Name} has scheduled a session that begins soon"))
@costs(go_lives=1)
def has_scheduled_soon(world: World, host: str) -> None:
    """It begins as far away as the deadline "soon" says."""
    planned.schedule(world, world.people.host(host), world.deadlines.soon)


@given(text("{host:Name} has scheduled a session in ten minutes, to open five minutes before"))
@costs(go_lives=1)
def has_scheduled_to_open(world: World, host: str) -> None:
    """When it opens is asked for with it: a service that goes by a time of its own is too early."""
    planned.schedule_to_open(world, world.people.host(host), seconds=600, minutes_before=5)


@when("the planned start has passed")
@when("the planned end has passed")
@costs(waits=True)
def has_passed(world: World) -> None:
    """By every clock of the target."""
    planned.wait_for_planned(world)


@given(text("{host:Name} has scheduled a session in six weeks"))
@costs(go_lives=1)
def has_scheduled_far_ahead(world: World, host: str) -> None:
    """It begins further away than a timer of a browser reaches. Not every target plans that far."""
    planned.schedule_far_ahead(world, world.people.host(host))
