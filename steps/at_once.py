"""What happens at the same moment, and one behind the other: made to meet in the database where that is ours."""

from __future__ import annotations

from pytest_bdd import then, when

from fixtures.step_text import costs
from greenroom.claims import answers, attendance
from greenroom.gherkin.vocabulary import WordList
from greenroom.scenario import concurrent, presence, visits
from greenroom.scenario.world import World
from steps.words import text

_AT_LAST = WordList("act", {"cancels the session": "cancel", "resets the room": "reset"})
_BEHIND = WordList("act", {"opens the doors": "open_early", "cancels the session": "cancel"})


@when(text("{host:Name} goes live {n:Count} times at the same moment while the room is held"))
@costs(go_lives=lambda n: n)
def go_lives_meet(world: World, host: str, n: int) -> None:
    """All of them run into the room's row, which is held until they wait for it: whoever looks before locking loses."""
    concurrent.go_live(world, world.people.host(host), n, held=True)


@when(text("{host:Name} ends the room {n:Count} times at the same moment while the room is held"))
def ends_meet(world: World, host: str, n: int) -> None:
    """All of them run into the room's row, which is held until they wait for it."""
    concurrent.end(world, world.people.person(host), n, held=True)


@when(text("{host:Name} ends the room {n:Count} times at the same moment"))
def ends_at_once(world: World, host: str, n: int) -> None:
    """Requests that are prepared beforehand and released together."""
    concurrent.end(world, world.people.person(host), n)


@when(text("{host:Name} goes live {n:Count} times at the same moment, in {rounds:Count} rounds"))
@costs(go_lives=lambda n, rounds: n * rounds)
def goes_live_in_rounds(world: World, host: str, n: int, rounds: int) -> None:
    """Released together again and again; in between the room ends."""
    concurrent.go_live_in_rounds(world, world.people.host(host), n, rounds)


@when(text("{host:Name} ends the room {n:Count} times at the same moment, in {rounds:Count} rounds"))
@costs(go_lives=lambda rounds: rounds - 1)
def ends_in_rounds(world: World, host: str, n: int, rounds: int) -> None:
    """Released together again and again; in between the host goes live again."""
    concurrent.end_in_rounds(world, world.people.person(host), n, rounds)


@when(text("{host:Name} goes live and ends the room at the same moment"))
@costs(go_lives=1)
def goes_live_and_ends(world: World, host: str) -> None:
    """One request of each, released together."""
    concurrent.go_live_and_end(world, world.people.host(host))


@when(text("{host:Name} goes live and then ends the room while the room is held"))
@costs(go_lives=1)
def goes_live_then_ends(world: World, host: str) -> None:
    """The Go Live waits for the room's row, and the end behind it, when the row is let go."""
    concurrent.go_live_and_end_in_line(world, world.people.host(host), end_first=False)


@when(text("{host:Name} ends the room and then goes live while the room is held"))
@costs(go_lives=1)
def ends_then_goes_live(world: World, host: str) -> None:
    """The end waits for the room's row, and the Go Live behind it, when the row is let go."""
    concurrent.go_live_and_end_in_line(world, world.people.host(host), end_first=True)


@when(text("{host:Name} ends the room, goes live again and then {last:AtLast} while the room is held", AtLast=_AT_LAST))
@costs(go_lives=1)
def ends_goes_live_and(world: World, host: str, last: str) -> None:
    """Each waits for the room's row behind the one before; whoever has looked before waiting is out of date."""
    concurrent.end_go_live_and(world, world.people.person(host), last)


@when(text("{guest:Name} joins and behind that {host:Name} {last:AtLast}, while the room is held", AtLast=_AT_LAST))
def joins_and_behind_that(world: World, guest: str, host: str, last: str) -> None:
    """The guest waits for the room's row, and the host behind them, when the row is let go."""
    concurrent.join_and(world, world.people.person(guest), world.people.person(host), last)


@when(text("{host:Name} ends the room, and behind that {last:Behind}, while the room is held", Behind=_BEHIND))
def ends_and_then(world: World, host: str, last: str) -> None:
    """The end waits for the room's row, and the other request behind it, when the row is let go."""
    concurrent.end_and(world, world.people.person(host), last)


@when(text("{guest:Name} asks for the room behind an end by {host:Name}, while the room is held"))
def ends_and_is_asked(world: World, host: str, guest: str) -> None:
    """The end waits for the room's row; whoever asks has looked before it is carried out."""
    concurrent.end_and_ask(world, world.people.person(host), world.people.person(guest))


@when(text("{host:Name} ends the room and then announces being back while the room is held"))
def ends_then_announces(world: World, host: str) -> None:
    """The end waits for the room's row, and the announcement behind it, when the row is let go."""
    presence.check_announced_by_call(world.target)
    concurrent.end_and_announce(world, world.people.person(host))


@when(text("{host:Name} bans {guest:Name}, who comes in again behind that, while the room is held"))
def bans_who_comes_again(world: World, host: str, guest: str) -> None:
    """The ban waits for the room's row, and the guest behind it, when the row is let go."""
    visits.check_bans_pass(world)
    concurrent.ban_and_join(world, world.people.person(host), world.people.person(guest))


@when(text("{host:Name} goes live twice at the same moment with the same idempotency key while the room is held"))
@costs(go_lives=2)
def goes_live_twice_with_key(world: World, host: str) -> None:
    """The request is repeated before the first is answered; both wait for the room's row."""
    concurrent.go_live(world, world.people.host(host), 2, held=True, key=world.naming.key())


@when(text("{host:Name} goes live while {waiting:Name}'s Go Live waits for a room that is held"))
@costs(go_lives=2)
def goes_live_past(world: World, host: str, waiting: str) -> None:
    """Two hosts, each in their own room; the one who is not held up must not wait for the other."""
    concurrent.go_live_past(world, world.people.host(host), world.people.host(waiting))


@when(text("{one:Name} and {other:Name} go live at the same moment"))
@costs(go_lives=2)
def both_go_live(world: World, one: str, other: str) -> None:
    """Two hosts, each in their own room."""
    concurrent.go_live_both(world, world.people.host(one), world.people.host(other))


@when(text("{one:Name} and {other:Name} go live at the same moment while all rooms are held"))
@costs(go_lives=2)
def both_go_live_held(world: World, one: str, other: str) -> None:
    """Two hosts, each in their own room; the gateway has begun with both before it can look at the room of either."""
    concurrent.go_live_both(world, world.people.host(one), world.people.host(other), held=True)


@when(text("{person:Name} asks for a room {n:Count} times at the same moment"))
def asks_at_once(world: World, person: str, n: int) -> None:
    """As many first visits at once."""
    concurrent.ask_for_room(world, world.people.person(person), n)


@when(text("{person:Name} asks for a room {n:Count} times at the same moment while no room can be made"))
def asks_at_once_held(world: World, person: str, n: int) -> None:
    """Rooms can be looked at and not be written, until each of the requests waits: all have looked by then."""
    concurrent.ask_for_room(world, world.people.person(person), n, held=True)


@then(text("exactly one Go Live of {host:Name} succeeded and the others met the conflict"))
def one_went_live(world: World, host: str) -> None:
    """On a target that heals, each may succeed in turn; on any other exactly one does."""
    outcomes, heals = world.people.person(host).outcomes, world.target.can("self-reset")
    world.confirm(answers.one_succeeded(outcomes, "not_idle", several=heals))


@then(text("exactly one end of {host:Name} succeeded and the others were refused as not live"))
def one_ended(world: World, host: str) -> None:
    """One success, and refusals by the documented conflict."""
    world.confirm(answers.one_succeeded(world.people.person(host).outcomes, "not_live"))


@then(text("in every round exactly one Go Live of {host:Name} succeeded and the others met the conflict"))
def one_went_live_a_round(world: World, host: str) -> None:
    """On a target that heals, each may succeed in turn; on any other exactly one does."""
    for outcomes in world.people.person(host).every_round:
        world.confirm(answers.one_succeeded(outcomes, "not_idle", several=world.target.can("self-reset")))


@then(text("in every round exactly one end of {host:Name} succeeded and the others were refused as not live"))
def one_ended_a_round(world: World, host: str) -> None:
    """One success each time, and refusals by the documented conflict."""
    for outcomes in world.people.person(host).every_round:
        world.confirm(answers.one_succeeded(outcomes, "not_live"))


@then(text("each time {person:Name} was given the same room"))
def was_given_same_room(world: World, person: str) -> None:
    """All requests were carried out and named one room."""
    world.confirm(answers.the_same_each_time(world.people.person(person).outcomes, "room", times="each time"))


@then(text("what {host:Name} was told is what has become of the room"))
def was_told_the_truth(world: World, host: str) -> None:
    """Each request was carried out or met its conflict; a live room is that of the Go Live, one at rest that of the
    end."""
    concurrent.expect_told_the_truth(world, world.people.person(host))


@when(text("{one:Name} and {other:Name} go live with the same idempotency key"))
@costs(go_lives=2)
def go_live_with_same_key(world: World, one: str, other: str) -> None:
    """Two hosts, each in their own room, one after the other: a key is its host's own."""
    concurrent.go_live_with_same_key(world, world.people.host(one), world.people.host(other))


@when(text("{guest:Name} joins while {host:Name} ends the room, in {rounds:Count} rounds"))
@costs(go_lives=lambda rounds: rounds - 1)
def joins_while_it_ends(world: World, guest: str, host: str, rounds: int) -> None:
    """Both requests released together again and again; in between the host goes live again."""
    concurrent.join_while_it_ends(world, world.people.person(guest), world.people.person(host), rounds)


@when(text("{guest:Name} joins before {host:Name} ends the room, while the room is held"))
def joins_before_it_ends(world: World, guest: str, host: str) -> None:
    """The guest waits for the room's row, and the end behind them, when the row is let go."""
    concurrent.join_and_end_in_line(world, world.people.person(guest), world.people.person(host))


@when(text("{guest:Name} joins after {host:Name} has begun to end the room, which stands still meanwhile"))
def joins_behind_the_end(world: World, guest: str, host: str) -> None:
    """The end waits for the rows of who is inside, and the guest comes before it goes on."""
    concurrent.end_and_join_in_line(world, world.people.person(guest), world.people.person(host))


@then(text("nobody is left inside any session of {host:Name}"))
def nobody_left_in_any(world: World, host: str) -> None:
    """Of all sessions that the room has had."""
    world.expect(f"nobody is left inside any session of {host}", attendance.empty(world.people.person(host).room_id))
