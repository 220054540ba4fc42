"""What happens at the same moment, and one behind the other: made to meet in the database where that is ours."""

from __future__ import annotations

from pytest_bdd import then, when

from greenroom.claims.fact import Fact, same
from greenroom.drivers.outcome import Outcome, Refused, Went, describe
from greenroom.relations.canonical import LIVE_ROOM
from greenroom.relations.state import State
from greenroom.scenario import concurrent as acts_at_once
from greenroom.scenario.world import World
from steps.words import text

_CONFLICTS = ("not_idle", "not_live")


@when(text("{host:Name} goes live {n:Count} times at the same moment while the room is held"))
def lives_held(world: World, host: str, n: int) -> None:
    """All of them run into the room's row, which is held until they wait for it: whoever looks before locking loses."""
    acts_at_once.go_live(world, world.people.host(host), n, held=True)


@when(text("{host:Name} ends the room {n:Count} times at the same moment while the room is held"))
def ends_held(world: World, host: str, n: int) -> None:
    """All of them run into the room's row, which is held until they wait for it."""
    acts_at_once.end(world, world.people.person(host), n, held=True)


@then(text("exactly one Go Live of {host:Name} succeeded and the others met the conflict"))
def one_live(world: World, host: str) -> None:
    """On a target that heals, each may succeed in turn; on any other exactly one does."""
    _one_of(world, world.people.person(host).outcomes, "not_idle", several=world.target.can("self-reset"))


@then(text("exactly one end of {host:Name} succeeded and the others were refused as not live"))
def one_end(world: World, host: str) -> None:
    """One success, and refusals by the documented conflict."""
    _one_of(world, world.people.person(host).outcomes, "not_live")


@when(text("{host:Name} ends the room {n:Count} times at the same moment"))
def ends_at_once(world: World, host: str, n: int) -> None:
    """Requests that are prepared beforehand and released together."""
    acts_at_once.end(world, world.people.person(host), n)


@when(text("{host:Name} goes live {n:Count} times at the same moment, in {rounds:Count} rounds"))
def lives_in_rounds(world: World, host: str, n: int, rounds: int) -> None:
    """Released together again and again; in between the room ends."""
    acts_at_once.go_live_in_rounds(world, world.people.host(host), n, rounds)


@when(text("{host:Name} ends the room {n:Count} times at the same moment, in {rounds:Count} rounds"))
def ends_in_rounds(world: World, host: str, n: int, rounds: int) -> None:
    """Released together again and again; in between the host goes live again."""
    acts_at_once.end_in_rounds(world, world.people.person(host), n, rounds)


@then(text("in every round exactly one Go Live of {host:Name} succeeded and the others met the conflict"))
def one_live_a_round(world: World, host: str) -> None:
    """On a target that heals, each may succeed in turn; on any other exactly one does."""
    for outcomes in _rounds(world, host):
        _one_of(world, outcomes, "not_idle", several=world.target.can("self-reset"))


@then(text("in every round exactly one end of {host:Name} succeeded and the others were refused as not live"))
def one_end_a_round(world: World, host: str) -> None:
    """One success each time, and refusals by the documented conflict."""
    for outcomes in _rounds(world, host):
        _one_of(world, outcomes, "not_live")


@when(text("{host:Name} goes live and ends the room at the same moment"))
def live_and_end(world: World, host: str) -> None:
    """One request of each, released together."""
    acts_at_once.go_live_and_end(world, world.people.host(host))


@when(text("{host:Name} goes live and then ends the room while the room is held"))
def live_then_end(world: World, host: str) -> None:
    """The Go Live waits for the room's row, and the end behind it, when the row is let go."""
    acts_at_once.go_live_and_end_in_line(world, world.people.host(host), end_first=False)


@when(text("{host:Name} ends the room and then goes live while the room is held"))
def end_then_live(world: World, host: str) -> None:
    """The end waits for the room's row, and the Go Live behind it, when the row is let go."""
    acts_at_once.go_live_and_end_in_line(world, world.people.host(host), end_first=True)


@when(text("{host:Name} goes live twice at the same moment with the same idempotency key while the room is held"))
def same_key_at_once(world: World, host: str) -> None:
    """The request is repeated before the first is answered; both wait for the room's row."""
    acts_at_once.go_live(world, world.people.host(host), 2, held=True, key=f"key-{world.mark}")


@when(text("{host:Name} goes live while {waiting:Name}'s Go Live waits for a room that is held"))
def goes_live_past(world: World, host: str, waiting: str) -> None:
    """Two hosts, each in their own room; the one who is not held up must not wait for the other."""
    acts_at_once.go_live_past(world, world.people.host(host), world.people.host(waiting))


@when(text("{one:Name} and {other:Name} go live at the same moment"))
def both_at_once(world: World, one: str, other: str) -> None:
    """Two hosts, each in their own room."""
    acts_at_once.go_live_both(world, world.people.host(one), world.people.host(other))


@when(text("{one:Name} and {other:Name} go live at the same moment while all rooms are held"))
def both_at_once_held(world: World, one: str, other: str) -> None:
    """Two hosts, each in their own room; the gateway has begun with both before it can look at the room of either."""
    acts_at_once.go_live_both(world, world.people.host(one), world.people.host(other), held=True)


@when(text("{person:Name} asks for a room {n:Count} times at the same moment"))
def asks_at_once(world: World, person: str, n: int) -> None:
    """As many first visits at once."""
    acts_at_once.ask_for_room(world, world.people.person(person), n)


@when(text("{person:Name} asks for a room {n:Count} times at the same moment while no room can be made"))
def asks_at_once_held(world: World, person: str, n: int) -> None:
    """Rooms can be looked at and not be written, until each of the requests waits: all have looked by then."""
    acts_at_once.ask_for_room(world, world.people.person(person), n, held=True)


@when(text("{host:Name} double-clicks Go Live in the browser and waits"))
def double_clicks_and_waits(world: World, host: str) -> None:
    """Two clicks on the last button, as fast as a hand can, while the request of the first is held."""
    person = world.people.host(host)
    person.title = world.naming.title()
    browser = world.browsers.of(person)
    browser.go_live.open(person.values())
    browser.go_live.click_twice(person.values())
    under_way = browser.faults.await_slow(world.deadlines.control)
    world.claim("a request is under way", under_way, expected="a request", found="a request" if under_way else "none")


@then(text("{host:Name} has had {n:Count} session, and no other comes"))
def has_had_and_no_other(world: World, host: str, n: int) -> None:
    """So many sessions in this scenario, open or over, now and for the time called "steady"."""
    room, mark = world.people.person(host).room_id, world.mark
    world.keeps(
        f"{host} has had {n} session",
        lambda state: [same("sessions", n, len(state.marked(state.sessions_of(room), mark)))],
    )


@then(text("each time {person:Name} was given the same room"))
def same_room(world: World, person: str) -> None:
    """All requests went well and named one room."""
    outcomes = world.people.person(person).outcomes
    rooms = {str(outcome.answer["room"]) for outcome in outcomes if isinstance(outcome, Went)}
    right = len(rooms) == 1 and all(isinstance(outcome, Went) for outcome in outcomes)
    found = "; ".join(describe(outcome) for outcome in outcomes)
    world.claim("every request gives the same room", right, expected="one room, each time", found=found)


@then(text("what {host:Name} was told is what has become of the room"))
def told_the_truth(world: World, host: str) -> None:
    """Each request was carried out or met its conflict; a live room is that of the Go Live, one at rest that of the
    end."""
    person = world.people.person(host)
    told = "; ".join(describe(outcome) for outcome in person.outcomes)
    documented = all(_is_documented(outcome) for outcome in person.outcomes)
    world.claim("each request was carried out or met its conflict", documented, expected="one or the other", found=told)
    went = {outcome.operation: outcome.answer for outcome in person.outcomes if isinstance(outcome, Went)}

    def claim(state: State) -> list[Fact]:
        room = state.room(person.room_id)
        if room is None:
            return [Fact("room", "exists", "no such room", False)]
        if room["status"] in LIVE_ROOM:
            return [same("session of the Go Live", str(went.get("go_live", {}).get("session")), room["session_id"])]
        return [Fact("the end", "carried out", "carried out" if "end" in went else "refused", "end" in went)]

    world.expect(f"what {host} was told is what has become of the room", claim, deadline="")


def _rounds(world: World, host: str) -> list[list[Outcome]]:
    rounds = world.people.person(host).rounds
    assert rounds, f"{host} has not done anything in rounds"
    return rounds


def _one_of(world: World, outcomes: list[Outcome], conflict: str, *, several: bool = False) -> None:
    wins = sum(isinstance(outcome, Went) for outcome in outcomes)
    refusals = sum(isinstance(outcome, Refused) and outcome.name == conflict for outcome in outcomes)
    right = wins + refusals == len(outcomes) and (wins == 1 or (several and wins > 1))
    expected = f"one success, the others refused as {conflict.replace('_', ' ')}"
    world.claim(expected, right, expected=expected, found="; ".join(describe(outcome) for outcome in outcomes))


def _is_documented(outcome: Outcome) -> bool:
    return isinstance(outcome, Went) or (isinstance(outcome, Refused) and outcome.name in _CONFLICTS)
