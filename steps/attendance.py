"""Who is inside: who comes and goes, who is put out, and how many there is room for."""

from __future__ import annotations

from pytest_bdd import given, then, when

from fixtures.step_text import costs
from greenroom.claims import attendance, just_ended, turned_away
from greenroom.gherkin.vocabulary import WordList
from greenroom.scenario import concurrent, crowd, told_people, visits
from greenroom.scenario.world import World
from steps.words import text

_STANDINGS = WordList("thing that somebody is told of herself", told_people.STANDINGS)


@given(text("{host:Name} is live with room for {n:Count} people"))
@costs(go_lives=1)
def is_live_with_room_for(world: World, host: str, n: int) -> None:
    """The session takes so many; whether its host is one of them is the target's own affair."""
    visits.go_live_with_room_for(world, world.people.host(host), n)


@given(text("{guests:Names} have come to {host:Name}'s room, one after the other"))
@when(text("{guests:Names} come to {host:Name}'s room, one after the other"))
def come_one_after_the_other(world: World, guests: tuple[str, ...], host: str) -> None:
    """A request of each; some may be refused, as far as there is no room."""
    visits.come_one_after_the_other(world, [world.people.person(guest) for guest in guests], world.people.person(host))


@when(text("{guests:Names} come to {host:Name}'s room at the same moment"))
def come_at_once(world: World, guests: tuple[str, ...], host: str) -> None:
    """A request of each, released together; some may be refused, as far as there is no room."""
    concurrent.join(world, [world.people.person(guest) for guest in guests], world.people.person(host))


@when(text("{guest:Name} joins {host:Name}'s room {n:Count} times at the same moment"))
def joins_at_once(world: World, guest: str, host: str, n: int) -> None:
    """As from several tabs: requests that are prepared beforehand and released together."""
    concurrent.join(world, [world.people.person(guest)] * n, world.people.person(host))


@given(text("{n:Count} more guests are inside {host:Name}'s session"))
def more_are_inside(world: World, n: int, host: str) -> None:
    """People who do nothing else; they are there without having asked anybody."""
    crowd.be_inside(world, world.people.person(host), n)


@given(text("{n:Count} more guests wait in {host:Name}'s lobby"))
def more_wait(world: World, n: int, host: str) -> None:
    """People who do nothing else; they are there without having asked anybody."""
    crowd.wait(world, world.people.person(host), n)


@given(text("{host:Name} has been told how many people are inside"))
def has_been_told_how_many(world: World, host: str) -> None:
    """By the gateway, before the scenario's act."""
    visits.ask_people_inside(world, world.people.person(host))


@given(text("{host:Name} has let {guest:Name} in"))
@when(text("{host:Name} lets {guest:Name} in"))
def lets_in(world: World, host: str, guest: str) -> None:
    """Who waits in the lobby; one request, which is carried out."""
    visits.decide_on(world, "admit", world.people.person(host), world.people.person(guest))


@given(text("{host:Name} has a session in the lobby with room for {n:Count} people"))
@costs(go_lives=1)
def has_lobby_with_room_for(world: World, host: str, n: int) -> None:
    """It takes so many; whether its host is one of them is the target's own affair."""
    visits.open_doors_with_room_for(world, world.people.host(host), n)


@given(text("{host:Name} has let in {guests:Names}, as far as there is room"))
@when(text("{host:Name} lets in {guests:Names}, as far as there is room"))
def lets_in_as_far_as_there_is_room(world: World, host: str, guests: tuple[str, ...]) -> None:
    """A request for each; some may be refused."""
    people = world.people
    visits.let_in_as_far_as_there_is_room(world, [people.person(guest) for guest in guests], people.person(host))


@when(text("{host:Name} lets in everybody who waits"))
def lets_all_in(world: World, host: str) -> None:
    """One request, which is carried out, for all as far as there is room."""
    visits.let_all_in(world, world.people.person(host))


@then(text("{host:Name} is told of {n:Count} more people inside"))
def is_told_of_several_more(world: World, host: str, n: int) -> None:
    """By the gateway, against what it said before."""
    visits.expect_people_inside(world, world.people.person(host), more=n)


@then(text("{host:Name} is told that {n:Count} more people are inside, or {host_too:Count} beside the host"))
def is_told_of_a_full_house(world: World, host: str, n: int, host_too: int) -> None:
    """By the gateway, against what it said before: as many as there is room for, and no more."""
    visits.expect_people_inside(world, world.people.person(host), more=n, or_one_fewer=host_too < n)


@given(text("{host:Name} has let {guest:Name} in, if she has to wait"))
@when(text("{host:Name} lets {guest:Name} in, if she has to wait"))
def lets_in_who_has_to_wait(world: World, host: str, guest: str) -> None:
    """Whether a lobby lets people in by itself is the target's affair."""
    visits.let_in_who_has_to_wait(world, world.people.person(host), world.people.person(guest))


@given(text("{host:Name} has turned {guest:Name} away"))
@when(text("{host:Name} turns {guest:Name} away"))
def turns_away(world: World, host: str, guest: str) -> None:
    """Who waits in the lobby; one request, which is carried out."""
    visits.decide_on(world, "reject", world.people.person(host), world.people.person(guest))


@given(text("{host:Name} has put {guest:Name} out"))
@when(text("{host:Name} puts {guest:Name} out"))
def puts_out(world: World, host: str, guest: str) -> None:
    """One request, which is carried out."""
    visits.put_out(world, "kick", world.people.person(host), world.people.person(guest))


@given(text("{host:Name} has banned {guest:Name}"))
@when(text("{host:Name} bans {guest:Name}"))
def bans(world: World, host: str, guest: str) -> None:
    """One request, which is carried out."""
    visits.put_out(world, "ban", world.people.person(host), world.people.person(guest))


@given(text("{host:Name} has put {guest:Name} out of the lobby"))
def has_put_out_of_lobby(world: World, host: str, guest: str) -> None:
    """Who waits there; a target that puts nobody out who is not inside has nothing to show."""
    visits.put_out_of_lobby(world, world.people.person(host), world.people.person(guest))


@when(text("{host:Name} tries to let {guest:Name} in after the end"))
def tries_to_let_in_too_late(world: World, host: str, guest: str) -> None:
    """One request, as from a page that is still open; what comes of it is for a Then."""
    visits.try_to_let_in(world, world.people.person(host), world.people.person(guest))


@when(text("{host:Name} tries to put {guest:Name} out"))
@when(text("{host:Name} tries to put {guest:Name} out after the end"))
def tries_to_put_out_too_late(world: World, host: str, guest: str) -> None:
    """One request, as from a page that is still open; what comes of it is for a Then."""
    visits.try_to_put_out(world, world.people.person(host), world.people.person(guest))


@given(text("{host:Name} has tried to ban {guest:Name}"))
def has_tried_to_ban(world: World, host: str, guest: str) -> None:
    """One request; who is not inside yet may be none whom a host can ban."""
    visits.try_to_ban(world, world.people.person(host), world.people.person(guest))


@given(text("{host:Name} has managed to ban {guest:Name}"))
def has_managed_to_ban(world: World, host: str, guest: str) -> None:
    """One request; a target that bans nobody who is not inside has nothing to show."""
    visits.manage_to_ban(world, world.people.person(host), world.people.person(guest))


@then(text("nobody is inside {host:Name}'s session twice"))
def nobody_inside_twice(world: World, host: str) -> None:
    """Whoever came in by several ways is there once."""
    once = attendance.nobody_is_inside_twice(world.people.person(host).session_id)
    world.expect(f"nobody is inside {host}'s session twice", once)


@then(text("{guest:Name} stays inside {host:Name}'s session for long"))
@costs(waits=True)
def stays_inside_for_long(world: World, guest: str, host: str) -> None:
    """Inside, once, and still so after the time called "aftermath": what a page leaves to be done later is done."""
    who, session = world.people.person(guest).account_id, world.people.person(host).session_id
    is_in = attendance.is_inside(session, who)
    visits.expect_lasting(
        world,
        f"{guest} is inside {host}'s session",
        f"{guest} stays inside {host}'s session",
        is_in,
        deadline="aftermath",
    )


@then(text("{guest:Name} stays inside {host:Name}'s session"))
@costs(waits=True)
def stays_inside(world: World, guest: str, host: str) -> None:
    """Inside, once, and still so after the time called "settle"."""
    who, session = world.people.person(guest).account_id, world.people.person(host).session_id
    is_in = attendance.is_inside(session, who)
    visits.expect_lasting(world, f"{guest} is inside {host}'s session", f"{guest} stays inside {host}'s session", is_in)


@then(text("{guest:Name} stays away from {host:Name}'s session"))
@costs(waits=True)
def stays_away(world: World, guest: str, host: str) -> None:
    """Was inside, is not any more, and is still not after the time called "settle": no page brings them back."""
    who, session = world.people.person(guest).account_id, world.people.person(host).session_id
    has_gone = attendance.has_left(session, who)
    visits.expect_lasting(
        world, f"{guest} has left {host}'s session", f"{guest} stays away from {host}'s session", has_gone
    )


@then(text("{guest:Name} is inside {host:Name}'s session"))
def is_inside(world: World, guest: str, host: str) -> None:
    """Inside the present session, and not twice."""
    who, session = world.people.person(guest).account_id, world.people.person(host).session_id
    world.expect(f"{guest} is inside {host}'s session", attendance.is_inside(session, who))


@then(text("{guest:Name} is not inside {host:Name}'s session"))
def is_not_inside(world: World, guest: str, host: str) -> None:
    """Not inside the present session, whether they ever were or not."""
    who, session = world.people.person(guest).account_id, world.people.person(host).session_id
    world.expect(f"{guest} is not inside {host}'s session", attendance.is_not_inside(session, who))


@then(text("{guest:Name} stays out of {host:Name}'s session"))
@costs(waits=True)
def stays_out(world: World, guest: str, host: str) -> None:
    """Is not inside, and is still not after the time called "settle": no page brings them in."""
    who, session = world.people.person(guest).account_id, world.people.person(host).session_id
    is_out = attendance.is_not_inside(session, who)
    world.keeps(f"{guest} stays out of {host}'s session", is_out, deadline="settle")


@then(text("{guest:Name} is out of {host:Name}'s session, and stays out"))
@costs(waits=True)
def is_out_and_stays(world: World, guest: str, host: str) -> None:
    """Not inside, be it that they have just left, and still not after the time called "settle"."""
    who, session = world.people.person(guest).account_id, world.people.person(host).session_id
    is_out = attendance.is_not_inside(session, who)
    visits.expect_lasting(
        world, f"{guest} is out of {host}'s session", f"{guest} stays out of {host}'s session", is_out
    )


@then(text("{guest:Name} has left {host:Name}'s session"))
def has_left_session(world: World, guest: str, host: str) -> None:
    """Was inside the present session, and is not any more."""
    who, session = world.people.person(guest).account_id, world.people.person(host).session_id
    world.expect(f"{guest} has left {host}'s session", attendance.has_left(session, who))


@then(text("{guest:Name} has just left {host:Name}'s session"))
def has_just_left(world: World, guest: str, host: str) -> None:
    """The stay in the present session has ended at this moment, however long ago it began."""
    who, session = world.people.person(guest).account_id, world.people.person(host).session_id
    world.expect(f"{guest} has just left {host}'s session", just_ended.left_just_now(session, who))


@then(text("{host:Name}'s session of {n:Count} people is full"))
def is_full(world: World, host: str, n: int) -> None:
    """As many are inside as there is room for, with the host or without, and no more."""
    world.expect(f"{host}'s session of {n} people is full", attendance.is_full(world.people.person(host).session_id, n))


@then(text("{host:Name} is told of 1 more person inside"))
def is_told_of_one_more(world: World, host: str) -> None:
    """By the gateway, against what it said before."""
    visits.expect_people_inside(world, world.people.person(host), more=1)


@then(text("{host:Name} is told of 1 person fewer inside"))
def is_told_of_one_fewer(world: World, host: str) -> None:
    """By the gateway, against what it said before."""
    visits.expect_people_inside(world, world.people.person(host), more=-1)


@then(text("{host:Name} is told of as many people inside as before"))
def is_told_of_as_many(world: World, host: str) -> None:
    """By the gateway, against what it said before."""
    visits.expect_people_inside(world, world.people.person(host), more=0)


@then(text("{guest:Name} is not let in"))
def is_not_let_in(world: World, guest: str) -> None:
    """The gateway refused, or changed nothing."""
    world.confirm(turned_away.not_let_in(guest, world.people.person(guest).last_outcome))


@then(text("{host:Name} is told that {guest:Name} waits, and nobody else"))
def is_told_who_waits(world: World, host: str, guest: str) -> None:
    """By the gateway, which tells hosts who is in the lobby."""
    people = world.people
    told_people.expect_told_who_waits(world, people.person(host), [people.person(guest)])


@then(text("{person:Name} is told of {host:Name}'s room that {standing:Standing}", Standing=_STANDINGS))
def is_told_of_herself(world: World, person: str, host: str, standing: told_people.OwnStanding) -> None:
    """By the gateway, when she asks for the room."""
    told_people.expect_told_of_oneself(world, world.people.person(person), world.people.person(host), standing)
