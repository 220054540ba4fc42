"""What a host asks for when going live, and whether it comes: title, time, lobby, for whom."""

from __future__ import annotations

from pytest_bdd import given, then

from fixtures.step_text import costs
from greenroom.claims import rooms, sessions
from greenroom.scenario import wishes
from greenroom.scenario.world import World
from steps.words import text


@given(text("{host:Name} is live with a session that is not public"))
@costs(go_lives=1)
def is_live_privately(world: World, host: str) -> None:
    """The host went live and is present; visitors are not to see it."""
    wishes.go_live_privately(world, world.people.host(host))


@then(text("{host:Name}'s session has the title that was asked for"))
def has_title(world: World, host: str) -> None:
    """The title of the session, exactly as written."""
    person = world.people.person(host)
    world.expect(f"{host}'s session has its title", sessions.has_title(person.session_id, person.title))


@then(text("{host:Name} is on air with exactly one open session"))
def is_on_air(world: World, host: str) -> None:
    """Live, and not in the lobby where the target has one; one open session, to which the room points."""
    claim = rooms.is_live(world.people.person(host).room_id, statuses=wishes.on_air(world))
    world.expect(f"{host} is on air with exactly one open session", claim)


@then(text("{host:Name}'s session is scheduled for when it was asked for"))
def is_scheduled(world: World, host: str) -> None:
    """It has not begun, and its start is the one that was asked for."""
    wishes.expect_scheduled(world, world.people.person(host))


@then(text("{host:Name}'s session is in the lobby"))
def is_in_lobby(world: World, host: str) -> None:
    """The room is in the lobby, with one open session."""
    claim = rooms.is_live(world.people.person(host).room_id, statuses=("lobby",))
    world.expect(f"{host}'s session is in the lobby", claim)
