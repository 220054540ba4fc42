"""People and rooms as they are found, and the state a room must be in."""

from __future__ import annotations

from pytest_bdd import given, then

from greenroom.claims.claims import at_rest as rest
from greenroom.claims.claims import (
    is_live,
    keeps_leave_times,
    listing_agrees,
    nobody_inside,
    points_to,
    rooms_hosted,
    session_over,
    unchanged,
)
from greenroom.claims.fact import Fact, either, every, same
from greenroom.core.errors import NotApplicable
from greenroom.relations.state import State
from greenroom.scenario import actions as acts
from greenroom.scenario import stuck_rooms as arrange
from greenroom.scenario.world import World
from steps.words import text


@given(text("{host:Name} has a room"))
def has_room(world: World, host: str) -> None:
    """A member with a permanent room at rest."""
    world.people.host(host)


@given(text("{member:Name} is a member"))
def is_member(world: World, member: str) -> None:
    """Somebody with an account."""
    world.people.person(member)


@given(text("{visitor:Name} is signed out"))
def is_signed_out(world: World, visitor: str) -> None:
    """Somebody who has not signed in."""
    world.people.visitor(visitor)


@given(text("{host:Name} is live"))
def is_live_now(world: World, host: str) -> None:
    """The host went live through the gateway and is present."""
    acts.be_live(world, world.people.host(host))


@given(text("{host:Name} is live with {guest:Name} as a guest"))
def is_live_with_guest(world: World, host: str, guest: str) -> None:
    """The host is live and present, and the guest is inside."""
    acts.be_live(world, world.people.host(host))
    acts.join(world, world.people.person(guest), world.people.person(host))


@given(text("{host:Name} is live in the browser with {guest:Name} as a guest"))
def is_live_in_browser(world: World, host: str, guest: str) -> None:
    """The host went live from the page and looks at the viewer; the guest is inside."""
    acts.go_live_in_browser(world, world.people.host(host))
    acts.await_presence(world, world.people.person(host))
    acts.join(world, world.people.person(guest), world.people.person(host))


@given(text("{host:Name} is live with {guest:Name} as a guest, and has her room open in the browser"))
def is_live_and_looks(world: World, host: str, guest: str) -> None:
    """The host is live and looks at the room's page, which they have opened by its link; the guest is inside."""
    is_live_with_guest(world, host, guest)
    world.browsers.of(world.people.person(host)).viewer.open(world.people.person(host).values())


@given(text("{guest:Name} has joined {host:Name}'s room"))
def has_joined(world: World, guest: str, host: str) -> None:
    """One more guest is inside."""
    acts.join(world, world.people.person(guest), world.people.person(host))


@given(text("{guest:Name} has left {host:Name}'s room"))
def has_left(world: World, guest: str, host: str) -> None:
    """The guest was inside and has left."""
    world.gateway.must("leave", world.people.person(guest).account, room=world.people.person(host).room_id)


@given(text("{host:Name}'s room is stuck in {status} with {pointer}, and {guest:Name} inside"))
def is_stuck(world: World, host: str, status: str, pointer: str, guest: str) -> None:
    """The room's status is that, and it points to that; where there is a session, host and guest are still inside."""
    arrange.stuck(world, world.people.host(host), world.people.person(guest), status, pointer)


@given(text("{host:Name}'s room is idle with an orphaned open session, and {guest:Name} inside"))
def is_orphaned(world: World, host: str, guest: str) -> None:
    """The room is at rest, but a session of it was never closed."""
    arrange.orphaned(world, world.people.host(host), world.people.person(guest))


@then(text("{host:Name}'s room is at rest"))
def at_rest(world: World, host: str) -> None:
    """Idle, no current session, no host present, no open session."""
    presence = world.target.can("host-presence")
    world.expect(f"{host}'s room is at rest", rest(world.people.person(host).room_id, presence=presence))


@then(text("{host:Name} is live with exactly one open session"))
def live_with_one_session(world: World, host: str) -> None:
    """The room is live, has one open session, and points to it."""
    world.expect(f"{host} is live with exactly one open session", is_live(world.people.person(host).room_id))


@then(text("{host:Name} is still live in the same session"))
def live_in_same_session(world: World, host: str) -> None:
    """The room is live, and points to the session it had."""
    person = world.people.person(host)
    world.expect(
        f"{host} is still live in the same session",
        every(
            is_live(person.room_id),
            points_to(person.room_id, person.session_id),
        ),
    )


@then(text("{host:Name}'s session is over"))
def over(world: World, host: str) -> None:
    """Ended, with an end time that is not before its start and not in the future."""
    world.expect(f"{host}'s session is over", session_over(world.people.person(host).session_id))


@then(text("{host:Name}'s session is over and nobody is left inside"))
def over_and_empty(world: World, host: str) -> None:
    """Ended with its end time, and everyone has a leave time."""
    session = world.people.person(host).session_id
    world.expect(
        f"{host}'s session is over and nobody is left inside",
        every(session_over(session), nobody_inside(session, at_least=1)),
    )


@then(text("nobody is left inside {host:Name}'s session of {n:Count} people"))
def nobody_left(world: World, host: str, n: int) -> None:
    """All of them were inside, and all have a leave time not before their join time."""
    session = world.people.person(host).session_id
    world.expect(f"nobody is left inside {host}'s session", nobody_inside(session, at_least=n))


@then(text("those who had left {host:Name}'s session before keep their leave time"))
def keep_leave_time(world: World, host: str) -> None:
    """An end does not touch those who were gone."""
    claim = keeps_leave_times(world.people.person(host).session_id, world.before)
    world.expect(f"those who had left {host}'s session before keep their leave time", claim)


@then(text("the stuck session of {host:Name} is closed and nobody is left inside"))
def stuck_session_closed(world: World, host: str) -> None:
    """The session of before the recovery is over, with an end time, and empty."""
    session = world.people.person(host).former_session_id
    world.expect(
        f"the stuck session of {host} is closed and nobody is left inside",
        every(session_over(session, statuses=("ended", "cancelled")), nobody_inside(session, at_least=1)),
    )


@then(text("the former session of {host:Name} is as it was"))
def former_session_unchanged(world: World, host: str) -> None:
    """No column of it and of its attendance has changed."""
    person = world.people.person(host)
    session = person.former_session_id
    if not person.session_id:
        raise NotApplicable("database", "nobody tells which session is whose")
    another = bool(session) and session != person.session_id
    world.claim(
        f"{host} has a new session", another, expected="another session", found="another" if another else "the same"
    )
    before = world.before
    world.expect(
        f"the former session of {host} is as it was",
        lambda state: [
            same("session row", before.session(session), state.session(session)),
            same("attendance rows", before.attendance_of(session), state.attendance_of(session)),
        ],
        deadline="",
    )


@then(text("nothing about {host:Name}'s room has changed"))
def nothing_changed(world: World, host: str) -> None:
    """Every row of the room, its sessions, attendance and listing entry is what it was before the last When."""
    claim = unchanged(world.before, [world.people.person(host).room_id])
    world.expect(f"nothing about {host}'s room has changed", claim, deadline="")


@then(text("{person:Name} hosts exactly one room"))
def hosts_one_room(world: World, person: str) -> None:
    """One room, and the account is linked to it."""
    world.expect(f"{person} hosts exactly one room", rooms_hosted(world.people.person(person).account_id, 1))


@given(text("{host:Name} has scheduled a session for tomorrow"))
def has_scheduled(world: World, host: str) -> None:
    """A session that starts in a day."""
    acts.schedule(world, world.people.host(host), hours=24)


@given(text("{host:Name} has a session in the lobby with {guest:Name} waiting"))
def has_lobby(world: World, host: str, guest: str) -> None:
    """A session that admits nobody by itself; the guest has asked to come in."""
    acts.open_doors(world, world.people.host(host))
    acts.join(world, world.people.person(guest), world.people.person(host))


@given(text("{person:Name} has never gone live"))
def never_live(world: World, person: str) -> None:
    """A member without a room."""
    world.people.roomless(person)


@given(text("{person:Name} is called exactly like {other:Name}"))
def same_name(world: World, person: str, other: str) -> None:
    """Two people whom the target shows by the same name."""
    world.people.person_called(person, world.people.person(other).shown_name)


@given(text("{person:Name} is a member of another tenant"))
def of_another_tenant(world: World, person: str) -> None:
    """Somebody who shares the target, and nothing else."""
    world.people.newcomer_elsewhere(person)


@then(text("{host:Name}'s room stays at rest"))
def stays_at_rest(world: World, host: str) -> None:
    """At rest, and still so after having been watched for a while."""
    presence = world.target.can("host-presence")
    world.keeps(f"{host}'s room is at rest", rest(world.people.person(host).room_id, presence=presence))


@then(text("{host:Name}'s room is at rest, or live with exactly one open session"))
def at_rest_or_live(world: World, host: str) -> None:
    """One of the two consistent outcomes, which lasts, and the listing tells the same."""
    room, presence = world.people.person(host).room_id, world.target.can("host-presence")
    world.keeps(f"{host}'s room is at rest or live", either(is_live(room), rest(room, presence=presence)))
    world.expect(f"the listing agrees with {host}'s room", listing_agrees(room), deadline="listing")


@then(text("{host:Name}'s session is over or cancelled and nobody is left inside"))
def over_or_cancelled(world: World, host: str) -> None:
    """Closed with its end time, whichever word the target has for it."""
    session = world.people.person(host).session_id
    world.expect(
        f"{host}'s session is closed and nobody is left inside",
        every(session_over(session, statuses=("ended", "cancelled")), nobody_inside(session)),
    )


@then(text("the schema refuses a second room for {host:Name}"))
def schema_refuses(world: World, host: str) -> None:
    """By a constraint of its own, whatever the gateway does."""
    complaint = world.writable_database().refuses("second_room", room_id=world.people.person(host).room_id)
    found = complaint or "it lets it be"
    world.claim("the schema refuses a second room", bool(complaint), expected="a constraint refuses it", found=found)


@then(text("no room of {host:Name} is stuck"))
def none_stuck(world: World, host: str) -> None:
    """By the count that operators watch: not idle, and without an open session."""
    room = world.people.person(host).room_id
    stuck = [offence for offence in world.offences() if offence.invariant.name == "nothing-stuck"]
    rows = [row for offence in stuck for row in offence.rows if row["room_id"] == room]
    world.claim(f"no room of {host} is stuck", not rows, expected="0 stuck rooms", found=f"{len(rows)} stuck rooms")


@given(text("{host:Name} is live in her own room"))
def is_live_in_own_room(world: World, host: str) -> None:
    """Another host, live as well."""
    is_live_now(world, host)


@given(text("{host:Name}'s room is stuck again in {status} with {pointer}"))
def is_stuck_again(world: World, host: str, status: str, pointer: str) -> None:
    """The open session is ended first; then the room gets stuck as before."""
    person = world.people.person(host)
    acts.end(world, person)
    guest = next(other for other in world.people.values() if other is not person)
    arrange.stuck(world, person, guest, status, pointer)


@then(text("{host:Name} has come in once"))
def came_in_once(world: World, host: str) -> None:
    """Whoever comes again is not counted twice."""
    person = world.people.person(host)

    def claim(state: State) -> list[Fact]:
        mine = [row for row in state.attendance_of(person.session_id) if row["account_id"] == person.account_id]
        inside = [row for row in mine if row["left_at"] is None]
        return [same("times come in", 1, len(mine)), same("times inside", 1, len(inside))]

    world.expect(f"{host} has come in once", claim)
