"""Guests of a room: how many there is room for, who comes, and who is put out."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from functools import partial

from greenroom.claims.fact import Claim
from greenroom.claims.observation import Observation
from greenroom.core.deadlines import eventually
from greenroom.core.errors import BadFeature, BrokenPromise, NotApplicable
from greenroom.core.placeholders import holes
from greenroom.drivers.outcome import Refused
from greenroom.people.person import Person
from greenroom.scenario import actions, places, presence
from greenroom.scenario.operations import must, succeeded
from greenroom.scenario.world import World

_A_BAN_STAYS = "people of a pool are only leased, and a ban would stay"


def go_live_with_room_for(world: World, host: Person, people: int) -> None:
    """The host goes live with a session that takes so many people, and is there."""
    actions.go_live_unnoticed(world, host, capacity=people)
    presence.be_present(world, host)


def open_doors_with_room_for(world: World, host: Person, people: int) -> None:
    """The host opens a lobby to a session that takes so many people. Raises NotApplicable where that can't be said."""
    described = world.target.operations.get("open_doors")
    parts = [described.path, described.query, described.json_, described.form] if described is not None else []
    if described is not None and "capacity" not in holes(parts):
        raise NotApplicable("capacity", "the operation open_doors has no {capacity}")
    actions.open_doors(world, host, capacity=people)
    host.room_for = people


def wait(world: World, guest: Person, host: Person) -> None:
    """The guest comes to the lobby of the host's session, and is not inside by that. Raises NotApplicable where as many
    wait as there is room for, and one more is turned away: there whoever waits has a place already."""
    if host.room_for is not None and len(host.waiting) >= host.room_for and world.gateway.offers("join"):
        outcome = world.gateway.attempt("join", guest.account, room=host.room_id)
        if isinstance(outcome, Refused):
            raise NotApplicable("waiting", "who waits in the lobby takes a place, and there are no more")
        succeeded(outcome)
    else:
        actions.join(world, guest, host)
    host.came_in.discard(guest.name)
    host.waiting.add(guest.name)


def let_in_as_far_as_there_is_room(world: World, guests: Sequence[Person], host: Person) -> None:
    """The host lets in each who waits; what came of it is kept."""
    for guest in guests:
        guest.outcome = world.gateway.attempt("admit", host.account, room=host.room_id, guest=guest.account_id)
    host.outcomes = [guest.outcome for guest in guests if guest.outcome is not None]


def come_one_after_the_other(world: World, guests: Sequence[Person], host: Person) -> None:
    """Each guest asks to come in; what came of it is kept."""
    for guest in guests:
        actions.attempt(world, guest, "join", room=host.room_id)


def decide_on(world: World, operation: str, host: Person, guest: Person) -> None:
    """The host lets in who waits in the lobby, or turns them away, by the operation "admit" or "reject"."""
    must(world.gateway, operation, host.account, room=host.room_id, guest=guest.account_id)


def let_in_who_has_to_wait(world: World, host: Person, guest: Person) -> None:
    """The host lets the guest in, who has come to a lobby in which nobody is let in by themselves. In one that lets
    people in, and where nothing says how a host does it, nothing has to be done."""
    world.let_rows_come()
    state = world.look()
    room = state.room(host.room_id)
    is_in = any(row["account_id"] == guest.account_id for row in state.inside(str(room and room["session_id"])))
    if room is None or room["status"] != "lobby" or is_in or not world.gateway.offers("admit"):
        return
    decide_on(world, "admit", host, guest)


def try_to_let_in(world: World, host: Person, guest: Person) -> None:
    """The host tries to let somebody in; what came of it is kept."""
    host.outcome = world.gateway.attempt("admit", host.account, room=host.room_id, guest=guest.account_id)


def let_all_in(world: World, host: Person) -> None:
    """The host lets in everybody who waits, as far as there is room."""
    must(world.gateway, "admit_all", host.account, room=host.room_id)


def put_out(world: World, operation: str, host: Person, guest: Person) -> None:
    """The host puts a guest out, by the operation "kick" or "ban". Raises NotApplicable for a ban of somebody who is
    only leased: it would stay."""
    if operation == "ban":
        check_bans_pass(world)
    must(world.gateway, operation, host.account, room=host.room_id, guest=guest.account_id)


def check_bans_pass(world: World) -> None:
    """Raises NotApplicable where people are only leased: a ban would stay."""
    if world.target.people.source == "pool":
        raise NotApplicable("new-people", _A_BAN_STAYS)


def put_out_of_lobby(world: World, host: Person, guest: Person) -> None:
    """The host puts out somebody who waits. Raises NotApplicable where the target refuses that."""
    outcome = world.gateway.attempt("kick", host.account, room=host.room_id, guest=guest.account_id)
    if isinstance(outcome, Refused):
        raise NotApplicable("kick-outside", "the target puts nobody out who is not inside")
    succeeded(outcome)


def try_to_put_out(world: World, host: Person, guest: Person) -> None:
    """The host tries to put somebody out; what came of it is kept."""
    host.outcome = world.gateway.attempt("kick", host.account, room=host.room_id, guest=guest.account_id)


def try_to_ban(world: World, host: Person, guest: Person) -> None:
    """The host tries to ban somebody, inside or not; what came of it is kept. Raises what `put_out` does."""
    check_bans_pass(world)
    host.outcome = world.gateway.attempt("ban", host.account, room=host.room_id, guest=guest.account_id)


def manage_to_ban(world: World, host: Person, guest: Person) -> None:
    """The host bans somebody who is not inside. Raises NotApplicable where the target refuses that, and what
    `put_out` does."""
    try_to_ban(world, host, guest)
    if isinstance(host.last_outcome, Refused):
        raise NotApplicable("ban-outside", "the target bans nobody who is not inside")
    succeeded(host.last_outcome)


def leave_lobby(world: World, guest: Person, host: Person) -> None:
    """Who waits in the lobby leaves it. Raises NotApplicable where the target refuses that."""
    outcome = world.gateway.attempt("leave", guest.account, room=host.room_id)
    if isinstance(outcome, Refused):
        raise NotApplicable("leaving", "the target does not let anybody leave who still waits in the lobby")
    succeeded(outcome)
    host.waiting.discard(guest.name)


def come_back_to_lobby(world: World, guest: Person, host: Person) -> None:
    """Who waits in the lobby loses the connection and asks to come in again. Raises NotApplicable where the target
    refuses to be told that of somebody who waits."""
    outcome = world.gateway.attempt("disconnect", guest.account, room=host.room_id)
    if isinstance(outcome, Refused):
        raise NotApplicable("disconnecting", "nobody who waits in the lobby can be said to have lost the connection")
    succeeded(outcome)
    wait(world, guest, host)


def leave_lobby_on_page(world: World, guest: Person, host: Person) -> None:
    """Who waits in the lobby leaves it on the room's page, which they have open. Raises NotApplicable where the page
    has nothing for that."""
    try:
        leave_on_page(world, guest, host)
    except BrokenPromise:
        raise NotApplicable("leaving", "the page has no way to leave for somebody who still waits") from None


def come_in_on_page(world: World, guest: Person, host: Person) -> None:
    """The guest opens the room's page and comes in there. Raises NotApplicable where nobody comes in by the page."""
    viewer = world.browsers.of(guest).viewer
    if not viewer.tells_coming_in:
        raise NotApplicable("coming-in", "the target does not say how guests come in by the page: [web.viewer] come_in")
    actions.visit(world, guest, host)
    viewer.come_in(host.values())


def try_to_come_in_on_page(world: World, guest: Person, host: Person) -> None:
    """The guest opens the room's page, and does there what it takes to come in, as far as the page lets them. Raises
    NotApplicable where nobody comes in by the page, or the page looks the same to those who are inside."""
    viewer, values = world.browsers.of(guest).viewer, host.values()
    if not viewer.tells_coming_in or not viewer.tells_leaving:
        message = "the target does not say how guests come in and leave by the page: [web.viewer] come_in, leave"
        raise NotApplicable("coming-in", message)
    actions.visit(world, guest, host)
    if viewer.shows_leaving(values):
        raise NotApplicable("leaving", "the page offers a way to leave to those who have not come in as well")
    with contextlib.suppress(BrokenPromise):  # where there is no place, the control may be gone or out of use
        viewer.come_in_again(values)


def come_in_after(world: World, guest: Person, other: Person, host: Person) -> None:
    """The guest signs out on the room's page, and on the same page somebody else signs in and comes in. Raises
    NotApplicable where nobody comes in by the page, or nothing says how people sign out."""
    viewer = world.browsers.of(guest).viewer
    if not viewer.tells_coming_in:
        raise NotApplicable("coming-in", "the target does not say how guests come in by the page: [web.viewer] come_in")
    places.change_over(world, guest, other, host)
    viewer.come_in(host.values())


def come_in_again_on_page(world: World, guest: Person) -> None:
    """The guest, who came in by the page, reloads it and does there what it takes to come in, if anything."""
    actions.reload(world, guest)
    world.browsers.of(guest).viewer.come_in_again(actions.values_of_visited(world, guest))


def reload_in_lobby(world: World, guest: Person, host: Person) -> None:
    """The guest, who waits in the lobby, reloads the room's page, and comes to the lobby again where closing a page
    has taken them out of it, as the rows tell."""
    waited = _is_there(world, guest, host)
    actions.reload(world, guest)
    world.let_rows_come()
    if waited and not _is_there(world, guest, host):
        world.browsers.of(guest).viewer.come_in_again(actions.values_of_visited(world, guest))


def _is_there(world: World, guest: Person, host: Person) -> bool:
    """Whether a row says that the guest has come to the host's session, be it to its lobby, and has not left it."""
    inside = world.look().inside(host.session_id)
    return any(row["account_id"] == guest.account_id for row in inside)


def leave_on_page(world: World, guest: Person, host: Person) -> None:
    """The guest leaves on the page of the room that they have open. Raises NotApplicable where nothing says how."""
    viewer = world.browsers.of(guest).viewer
    if not viewer.tells_leaving:
        raise NotApplicable("leaving", "the target does not say how guests leave on the page: [web.viewer] leave")
    viewer.leave(host.values())


def expect_lasting(world: World, so: str, stays_so: str, claim: Claim, *, deadline: str = "settle") -> None:
    """The claim comes to hold, and still holds after the time called `deadline`: no page undoes it. `so` and `stays_so`
    say it in words. Raises BrokenPromise."""
    world.expect(so, claim)
    world.keeps(stays_so, claim, deadline=deadline)


def ask_people_inside(world: World, host: Person) -> None:
    """The host asks how many people are inside their room; what they are told is kept. Raises NotApplicable where
    nobody tells."""
    host.people_inside = _people_inside(world, host)


def expect_people_inside(world: World, host: Person, *, more: int, or_one_fewer: bool = False) -> None:
    """The host is told of so many more people inside than before, within the deadline "settle" (A5)."""
    if host.people_inside is None:
        raise BadFeature(
            f"{host.name} has not been told how many people are inside", hint="add a Given in which they are"
        )
    expected = host.people_inside + more
    right = (expected - 1, expected) if or_one_fewer else (expected,)
    probe, pause = partial(_people_inside, world, host), world.browsers.let_pass
    found, waited = eventually(probe, lambda n: n in right, world.deadlines.settle, pause=pause)
    sentence = "the number of people inside follows"
    difference = "more" if found > expected else "fewer"
    wrong = (("operation:room_state", f"tells of {difference} people inside than are due"),)
    told = f'{world.deadlines.settle:g} s "settle"'
    words = " or ".join(map(str, right))
    world.confirm(Observation(sentence, found in right, words, str(found), waited, told, wrong=wrong))


def _people_inside(world: World, host: Person) -> int:
    told = must(world.gateway, "room_state", host.account, room=host.room_id).answer
    if "people_or_none" not in told:
        hint = "[operations.room_state] answer has no `people_or_none`"
        raise NotApplicable("people", f"the target does not say how many people are inside: {hint}")
    return int(told["people_or_none"] or 0)  # nobody is inside what has not begun, and a target may say none
