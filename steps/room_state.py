"""The state that a room must be in: at rest, live, over, as it was."""

from __future__ import annotations

from pytest_bdd import given, then

from fixtures.step_text import costs
from greenroom.claims import just_ended, listing, rooms, sessions
from greenroom.claims.fact import every
from greenroom.claims.observation import Observation
from greenroom.scenario import actions, told_sessions, told_state
from greenroom.scenario.world import World
from steps.words import text

_CLOSED = ("ended", "cancelled")


@then(text("{host:Name}'s room is at rest"))
def is_at_rest(world: World, host: str) -> None:
    """Idle, no current session, no host present, no open session."""
    world.expect(f"{host}'s room is at rest", actions.at_rest(world, world.people.person(host)))


@then(text("{host:Name}'s room stays at rest"))
def stays_at_rest(world: World, host: str) -> None:
    """At rest, and still so after having been watched for a while."""
    world.keeps(f"{host}'s room is at rest", actions.at_rest(world, world.people.person(host)))


@then(text("{host:Name}'s room is at rest, or live with exactly one open session"))
def is_at_rest_or_live(world: World, host: str) -> None:
    """One of the two consistent outcomes, which lasts, and the listing tells the same."""
    person = world.people.person(host)
    actions.expect_at_rest_or_live(world, person)
    world.expect(f"the listing agrees with {host}'s room", listing.listing_agrees(person.room_id), deadline="listing")


@then(text("{host:Name} is live with exactly one open session"))
def is_live_with_one_session(world: World, host: str) -> None:
    """The room is live, has one open session, and points to it."""
    world.expect(f"{host} is live with exactly one open session", rooms.is_live(world.people.person(host).room_id))


@then(text("{host:Name} is still live in the same session"))
def is_live_in_same_session(world: World, host: str) -> None:
    """The room is live, and points to the session it had."""
    person = world.people.person(host)
    same_session = every(rooms.is_live(person.room_id), rooms.points_to(person.room_id, person.session_id))
    world.expect(f"{host} is still live in the same session", same_session)


@then(text("{host:Name} stays live in the same session"))
def stays_live_in_same_session(world: World, host: str) -> None:
    """Live in the session of before, and still so after having been watched for a while."""
    person = world.people.person(host)
    same_session = every(rooms.is_live(person.room_id), rooms.points_to(person.room_id, person.session_id))
    world.keeps(f"{host} stays live in the same session", same_session)


@then(text("{host:Name} stays live in the new session for long"))
@costs(waits=True)
def stays_live_for_long(world: World, host: str) -> None:
    """What an end leaves to be done later does nothing to the session that follows: watched for the time called
    "aftermath"."""
    person = world.people.person(host)
    same_session = every(rooms.is_live(person.room_id), rooms.points_to(person.room_id, person.session_id))
    listed = listing.listing_agrees(person.room_id)
    world.expect(f"the listing agrees with {host}'s room", listed, deadline="listing")
    world.keeps(f"{host} stays live in the new session", every(same_session, listed), deadline="aftermath")


@then(text("{host:Name}'s session is over"))
def is_over(world: World, host: str) -> None:
    """Ended, with an end time that is not before its start and not in the future."""
    world.expect(f"{host}'s session is over", sessions.session_over(world.people.person(host).session_id))


@then(text("{host:Name}'s session is over and nobody is left inside"))
def is_over_and_empty(world: World, host: str) -> None:
    """Ended with its end time, and everyone has a leave time."""
    person, session = world.people.person(host), world.people.person(host).session_id
    actions.expect_were_inside(world, person, session, min(1, len(person.came_in)))
    empty = every(sessions.session_over(session), sessions.nobody_inside(session))
    world.expect(f"{host}'s session is over and nobody is left inside", empty)


@then(text("{host:Name}'s session is over or cancelled and nobody is left inside"))
def is_closed_and_empty(world: World, host: str) -> None:
    """Closed with its end time, whichever word the target has for it."""
    session = world.people.person(host).session_id
    empty = every(sessions.session_over(session, statuses=_CLOSED), sessions.nobody_inside(session))
    world.expect(f"{host}'s session is closed and nobody is left inside", empty)


@then(text("{host:Name}'s session, the stay of everyone inside and the entry ended just now"))
def ended_just_now(world: World, host: str) -> None:
    """All of them at the moment of the end, and not when they began, however long that is ago."""
    person = world.people.person(host)
    inside = [row["account_id"] for row in world.before.inside(person.session_id)]
    claim = just_ended.ended_just_now(person.room_id, person.session_id, inside)
    world.expect(f"{host}'s session, the stay of everyone inside and the entry ended just now", claim)


@then(text("the stuck session of {host:Name} is closed and nobody is left inside"))
def stuck_session_is_closed(world: World, host: str) -> None:
    """The session of before the recovery is over, with an end time, and empty."""
    actions.expect_stuck_session_closed(world, world.people.person(host))


@then(text("nobody is left inside {host:Name}'s session of {n:Count} people"))
def nobody_is_left(world: World, host: str, n: int) -> None:
    """All of them were inside, and all have a leave time not before their join time. The host is one of them, where
    something that has happened lets hosts in."""
    person = world.people.person(host)
    actions.expect_were_inside(world, person, person.session_id, n if host in person.came_in else n - 1)
    world.expect(f"nobody is left inside {host}'s session", sessions.nobody_inside(person.session_id))


@then(text("those who had left {host:Name}'s session before keep their leave time"))
def keep_leave_time(world: World, host: str) -> None:
    """An end does not touch those who were gone."""
    kept = sessions.keeps_leave_times(world.people.person(host).session_id, world.before)
    world.expect(f"those who had left {host}'s session before keep their leave time", kept)


@then(text("the former session of {host:Name} is as it was"))
def former_session_is_unchanged(world: World, host: str) -> None:
    """There is a new one, and no column of the former and of its attendance has changed since the step in which the new
    one came: what a step before that did to it, such as a cancel, is no change."""
    person = world.people.person(host)
    former = actions.former_session(world, person)
    unchanged = sessions.session_unchanged(former, person.former_as_it_was)
    world.expect(f"the former session of {host} is as it was", unchanged, deadline="")


@then(text("all earlier sessions of {host:Name} are as they were"))
def earlier_sessions_are_unchanged(world: World, host: str) -> None:
    """None of those that were over before the first of the Whens is gone, and no column of them and of their attendance
    has changed."""
    kept = sessions.closed_are_kept(world.people.person(host).room_id, world.before)
    world.expect(f"all earlier sessions of {host} are as they were", kept, deadline="")


@then(text("nothing about {host:Name}'s room has changed"))
def nothing_has_changed(world: World, host: str) -> None:
    """Every row of the room, its sessions, attendance and listing entry is what it was before the first of the Whens
    that stand together above this Then. A When that is to change something stands apart, with a Then of its own."""
    unchanged = rooms.unchanged(world.before, [world.people.person(host).room_id])
    world.expect(f"nothing about {host}'s room has changed", unchanged, deadline="")


@then(text("nothing about {host:Name}'s room has changed, save that {guest:Name} may have left it"))
def nothing_else_has_changed(world: World, host: str, guest: str) -> None:
    """As above; whoever is inside may leave at any time, by whatever way."""
    before, leaver = world.before, world.people.person(guest).account_id
    unchanged = rooms.unchanged(before, [world.people.person(host).room_id], leaver=leaver)
    world.expect(f"nothing about {host}'s room has changed, save that {guest} may have left it", unchanged, deadline="")


@then(text("{host:Name} has come in once"))
def has_come_in_once(world: World, host: str) -> None:
    """Whoever comes again is not counted twice; a host whom nothing lets in is not counted at all."""
    person = world.people.person(host)
    once = sessions.came_in_once(person.session_id, person.account_id, ever=host in person.came_in)
    world.expect(f"{host} has come in once", once)


@then(text("{host:Name} has had {n:Count} session, and no other comes"))
def has_had_and_no_other(world: World, host: str, n: int) -> None:
    """So many sessions in this scenario, open or over, now and for the time called "steady"."""
    had = sessions.sessions_had(world.people.person(host).room_id, world.mark, n)
    world.keeps(f"{host} has had {n} session", had)


@then(text("all {n:Count} sessions of {host:Name} are over"))
def all_are_over(world: World, n: int, host: str) -> None:
    """That many sessions of this scenario, none of them open."""
    room_id = world.people.person(host).room_id
    over = every(sessions.sessions_had(room_id, world.mark, n), sessions.sessions_over(room_id, world.mark, n))
    world.expect(f"all {n} sessions of {host} are over", over)


@given(text("{host:Name} has been told how the room is"))
def has_been_told_how_it_is(world: World, host: str) -> None:
    """By every request that tells a room's status, before the scenario's act."""
    told_state.ask(world, world.people.person(host))


@then(text("{host:Name} is told how the room is"))
def is_told_how_it_is(world: World, host: str) -> None:
    """Whatever the gateway tells the host of the room's status, its session and its host is what the rows say."""
    told_state.expect_told(world, world.people.person(host))


@given(text("{guest:Name} has been told how {host:Name}'s room is"))
def guest_has_been_told_how_it_is(world: World, guest: str, host: str) -> None:
    """By the request that tells anybody a room's status, before the scenario's act."""
    told_state.ask_as_guest(world, world.people.person(guest), world.people.person(host))


@then(text("{guest:Name} is told how {host:Name}'s room is"))
def guest_is_told_how_it_is(world: World, guest: str, host: str) -> None:
    """Whatever the gateway tells somebody else of the room's status, its session and its host is what the rows say."""
    told_state.expect_guest_told(world, world.people.person(guest), world.people.person(host))


@then(text("{asker:Name} is told at once how {host:Name}'s room is"))
def is_told_at_once(world: World, asker: str, host: str) -> None:
    """Asked once: what the gateway tells is what the rows say after that, whatever was due before."""
    told_state.expect_told_at_first(world, world.people.person(asker), world.people.person(host))


@then(text("no room of {host:Name} is stuck"))
def none_is_stuck(world: World, host: str) -> None:
    """By the count that operators watch: not idle, and without an open session."""
    room = world.people.person(host).room_id
    stuck = (offence.rows for offence in world.offences.now() if offence.invariant.name == "nothing-stuck")
    found = sum(row["room_id"] == room for rows in stuck for row in rows)
    sentence, wrong = f"no room of {host} is stuck", (("rooms.status", "not idle"),)
    world.confirm(Observation(sentence, not found, "0 stuck rooms", f"{found} stuck rooms", wrong=wrong))


@then(text("{asker:Name} is told which sessions {host:Name}'s room has had"))
def is_told_of_sessions(world: World, asker: str, host: str) -> None:
    """Whatever the gateway tells of the room's sessions is what the rows say, of each that the scenario made."""
    told_sessions.expect_told(world, world.people.person(asker), world.people.person(host))


@then(text("{asker:Name} is told at once that {host:Name}'s session is over, among those that the room has had"))
def is_told_at_once_of_the_end(world: World, asker: str, host: str) -> None:
    """By the first request after it: the gateway has done by then what was due, or tells as if it had."""
    told_sessions.expect_told_over(world, world.people.person(asker), world.people.person(host))
