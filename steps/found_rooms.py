"""Rooms as a scenario finds them: live, scheduled, in the lobby, ended, stuck."""

from __future__ import annotations

from pytest_bdd import given, when

from fixtures.step_text import costs
from greenroom.relations.stuck_kinds import Pointer, StuckKind
from greenroom.scenario import actions, planned, premises, presence, stuck_rooms, visits
from greenroom.scenario.operations import must
from greenroom.scenario.world import World
from steps.words import text


@given(text("{host:Name} is live"))
@costs(go_lives=1)
def is_live(world: World, host: str) -> None:
    """The host went live and is present."""
    actions.be_live(world, world.people.host(host))
    premises.live(world, world.people.host(host))


@given(text("{host:Name} is live with {guest:Name} as a guest"))
@costs(go_lives=1)
def is_live_with_guest(world: World, host: str, guest: str) -> None:
    """The host is live and present, and the guest is inside."""
    is_live(world, host)
    has_joined(world, guest, host)


@given(text("{host:Name} is live in the browser with {guest:Name} as a guest"))
@costs(go_lives=1)
def is_live_in_browser(world: World, host: str, guest: str) -> None:
    """The host went live from the page and looks at the viewer; the guest is inside."""
    actions.go_live_in_browser(world, world.people.host(host))
    presence.await_presence(world, world.people.person(host))
    has_joined(world, guest, host)


@given(text("{host:Name} is live with {guest:Name} as a guest, and has her room open in the browser"))
@costs(go_lives=1)
def is_live_and_looks(world: World, host: str, guest: str) -> None:
    """The host is live and looks at the room's page, which they have opened by its link; the guest is inside."""
    is_live_with_guest(world, host, guest)
    actions.visit(world, world.people.person(host), world.people.person(host))


@given(text("{host:Name}'s room has been used {n:Count} times before"))
def has_been_used(world: World, host: str, n: int) -> None:
    """So many sessions that are long over, one a day."""
    stuck_rooms.used_before(world, world.people.host(host), n)


@given(text("{host:Name} has gone live again"))
@costs(go_lives=1)
def has_gone_live_again(world: World, host: str) -> None:
    """Another session, before the scenario's act; the one before is the former."""
    actions.be_live(world, world.people.person(host))
    premises.live(world, world.people.person(host))


@given(text("{guest:Name} has joined {host:Name}'s room"))
def has_joined(world: World, guest: str, host: str) -> None:
    """One more guest is inside."""
    actions.join(world, world.people.person(guest), world.people.person(host))
    premises.inside(world, world.people.person(guest), world.people.person(host))


@given(text("{guest:Name} has left {host:Name}'s room"))
def has_left(world: World, guest: str, host: str) -> None:
    """The guest was inside and has left."""
    must(world.gateway, "leave", world.people.person(guest).account, room=world.people.person(host).room_id)
    premises.left(world, world.people.person(guest), world.people.person(host))


@given(text("{guest:Name} has lost the connection to {host:Name}'s room"))
@when(text("{guest:Name} loses the connection to {host:Name}'s room"))
def loses_connection(world: World, guest: str, host: str) -> None:
    """Somebody says so for the guest, who may come back; whether they count as inside meanwhile is the target's own
    affair."""
    must(world.gateway, "disconnect", world.people.person(guest).account, room=world.people.person(host).room_id)


@given(text("{host:Name} has scheduled a session for tomorrow"))
@costs(go_lives=1)
def has_scheduled(world: World, host: str) -> None:
    """A session that starts in a day."""
    actions.schedule(world, world.people.host(host), hours=24)


@given(text("{host:Name} has scheduled a session for an hour and a half from now"))
@costs(go_lives=1)
def has_scheduled_for_today(world: World, host: str) -> None:
    """Longer than doors are open before a start, and shorter than most time zones are apart."""
    actions.schedule(world, world.people.host(host), hours=1.5)


@given(text("{host:Name} has opened the doors before the time"))
@when(text("{host:Name} opens the doors before the time"))
def opens_early(world: World, host: str) -> None:
    """Those of the session that is to come; one request, which is carried out."""
    person = world.people.person(host)
    must(world.gateway, "open_early", person.account, room=person.room_id)


@when(text("{host:Name} tries to open the doors once more"))
def tries_to_open_again(world: World, host: str) -> None:
    """One request for doors that are open; what comes of it is for a Then."""
    person = world.people.person(host)
    person.outcomes = [world.gateway.attempt("open_early", person.account, room=person.room_id)]


@given(text("{host:Name} has a session in the lobby with {guest:Name} waiting"))
@costs(go_lives=1)
def has_lobby(world: World, host: str, guest: str) -> None:
    """A session that admits nobody by itself; the guest has asked to come in."""
    actions.open_doors(world, world.people.host(host))
    visits.wait(world, world.people.person(guest), world.people.person(host))


@given(text("{guest:Name} waits in {host:Name}'s lobby as well"))
def waits_as_well(world: World, guest: str, host: str) -> None:
    """One more guest, who has not been let in."""
    visits.wait(world, world.people.person(guest), world.people.person(host))


@given(text("{host:Name} has had a session in the lobby for a while with {guest:Name} waiting since then"))
def has_had_lobby(world: World, host: str, guest: str) -> None:
    """For three quarters of an hour: shorter than a session is in its lobby that is taken for stuck."""
    stuck_rooms.waiting_for_long(world, world.people.host(host), world.people.person(guest))


@given(text("{host:Name} has ended the room"))
def has_ended(world: World, host: str) -> None:
    """Before the scenario's act, and before an end that was planned."""
    with planned.before_the_end(world.people.person(host)):
        actions.have_ended(world, world.people.person(host))
    premises.ended(world, world.people.person(host))


@given(text("{host:Name}'s room is stuck in {status:StuckStatus} with {pointer:Pointer}, and {guest:Name} inside"))
def is_stuck(world: World, host: str, status: str, pointer: Pointer, guest: str) -> None:
    """The room's status is that, and it points to that; where there is a session, host and guest are still inside."""
    stuck_rooms.stuck(world, world.people.host(host), world.people.person(guest), StuckKind(status, pointer))


@given(text("{host:Name}'s room is stuck in {status:StuckStatus} with {pointer:Pointer}, and nothing else is left"))
def is_stuck_alone(world: World, host: str, status: str, pointer: Pointer) -> None:
    """The room's status is that; where there is a session, it was closed, its entry ended, and nobody is inside."""
    stuck_rooms.stuck_alone(world, world.people.host(host), StuckKind(status, pointer))


@given(text("{host:Name} has been live for hours with {guest:Name} as a guest"))
def has_been_live_for_hours(world: World, host: str, guest: str) -> None:
    """The session began hours ago, and both came then."""
    kind = StuckKind("live", Pointer.ABANDONED)
    stuck_rooms.stuck(world, world.people.host(host), world.people.person(guest), kind)


@given(text("{host:Name}'s room is stuck again in {status:StuckStatus} with {pointer:Pointer}"))
def is_stuck_again(world: World, host: str, status: str, pointer: Pointer) -> None:
    """The open session is ended first; then the room gets stuck as before, with the same guest inside."""
    actions.end(world, world.people.person(host))
    guest = next(other for name, other in world.people.items() if name != host)
    stuck_rooms.stuck(world, world.people.person(host), guest, StuckKind(status, pointer))


@given(text("{host:Name}'s room is idle and still points to a session that is over"))
def is_idle_with_pointer(world: World, host: str) -> None:
    """The pointer was left behind after an end, and nothing else."""
    stuck_rooms.idle_with_pointer(world, world.people.host(host))


@given(text("{host:Name}'s room is idle with an orphaned open session, and {guest:Name} inside"))
def is_orphaned(world: World, host: str, guest: str) -> None:
    """The room is at rest, but a session of it was never closed."""
    stuck_rooms.orphaned(world, world.people.host(host), world.people.person(guest))


@given(text("{host:Name}'s room is idle with a {status:StuckStatus} session left behind, and {guest:Name} inside"))
def is_orphaned_as(world: World, host: str, status: str, guest: str) -> None:
    """The room is at rest, but a session of it, which never got past that status, was never closed."""
    stuck_rooms.orphaned(world, world.people.host(host), world.people.person(guest), status)
