"""What several people, or one several times, do at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from greenroom.claims import answers
from greenroom.claims.amiss import amiss
from greenroom.claims.observation import Observation
from greenroom.claims.rooms import told_the_truth
from greenroom.drivers.database_faults import Hold, held_room, held_table
from greenroom.drivers.outcome import CarriedOut, Outcome, Refused, describe
from greenroom.migration.scratch import Ran, run_migration
from greenroom.people.person import Person
from greenroom.scenario import actions
from greenroom.scenario.migrating import went_through
from greenroom.scenario.operations import gives_room
from greenroom.scenario.races import UnderWay, at_once, in_line
from greenroom.scenario.world import World
from greenroom.targetfile.model import WriteFault


def go_live(world: World, host: Person, times: int, *, held: bool = False, key: str = "") -> None:
    """The host goes live so many times at the same moment; with `held`, all of them run into a row that is held; with
    `key`, they are one request that is sent again and again."""
    host.title = world.naming.title()
    wish = {"title": host.title, "topics": ["talk"]} | ({"key": key} if key else {})
    host.outcomes = _together(world, host, [_attempt(world, host, "go_live", **wish)] * times, held=held)
    _learn(world, host)


def end(world: World, host: Person, times: int, *, held: bool = False) -> None:
    """The host ends the room so many times at the same moment."""
    host.outcomes = _together(world, host, [_attempt(world, host, "end")] * times, held=held)


def join(world: World, guests: Sequence[Person], host: Person) -> None:
    """Guests come into the host's room at the same moment; somebody may be among them several times."""
    acts = [partial(world.gateway.attempt, "join", guest.account, room=host.room_id) for guest in guests]
    outcomes = at_once(acts, warm_up=world.worker.probe)
    for guest, outcome in zip(guests, outcomes, strict=True):
        guest.outcome = outcome


def join_while_it_ends(world: World, guest: Person, host: Person, rounds: int) -> None:
    """The guest comes while the host, who is live, ends the room; the host goes live again for the next round."""
    for number in range(rounds):
        if number:
            actions.go_live(world, host)
        _learn_both(guest, host, at_once(_join_and_end(world, guest, host), warm_up=world.worker.probe))


def join_and_end_in_line(world: World, guest: Person, host: Person) -> None:
    """The room is held; the guest comes and waits for it, the end behind them, then the room is let go."""
    with held_room(world.writable_database(), host.room_id) as hold:
        both = _join_and_end(world, guest, host)
        _learn_both(guest, host, in_line(both, stands=hold.wait_until_waited_for, release=hold.release))


def end_and_join_in_line(world: World, guest: Person, host: Person) -> None:
    """Nobody can be written in or out; the end comes and waits for that, the guest behind it, then both go on."""
    with held_table(world.writable_database(), world.target.write_fault("attendance")) as hold:
        both = _join_and_end(world, guest, host)[::-1]
        _learn_both(guest, host, in_line(both, stands=hold.wait_until_waited_for, release=hold.release)[::-1])


def go_live_with_same_key(world: World, one: Person, other: Person) -> None:
    """Two hosts go live, each in their own room, with one idempotency key; what came of both is kept."""
    for host in (one, other):
        host.title = world.naming.title()
        host.outcomes = [_attempt(world, host, "go_live", title=host.title, topics=["talk"], key=world.naming.key())()]
        _learn(world, host)


def go_live_in_rounds(world: World, host: Person, times: int, rounds: int) -> None:
    """The host goes live so many times at the same moment, and the room ends before the next round."""
    host.rounds = []
    for number in range(rounds):
        if number:
            actions.end(world, host)
        go_live(world, host, times)
        host.rounds.append(host.outcomes)


def end_in_rounds(world: World, host: Person, times: int, rounds: int) -> None:
    """The host, who is live, ends the room so many times at the same moment, and goes live again for the next round."""
    host.rounds = []
    for number in range(rounds):
        if number:
            actions.go_live(world, host)
        end(world, host, times)
        host.rounds.append(host.outcomes)


def go_live_and_end(world: World, host: Person) -> None:
    """The host goes live and ends the room at the same moment."""
    host.title = world.naming.title()
    host.outcomes = _together(world, host, _both(world, host))
    _learn(world, host)


def go_live_and_end_in_line(world: World, host: Person, *, end_first: bool) -> None:
    """The room is held; one of the two comes and waits for it, then the other behind it, then the room is let go."""
    host.title = world.naming.title()
    both = _both(world, host)
    with held_room(world.writable_database(), host.room_id) as hold:
        host.outcomes = in_line(
            both[::-1] if end_first else both, stands=hold.wait_until_waited_for, release=hold.release
        )
    _learn(world, host)


def end_go_live_and(world: World, host: Person, last: str) -> None:
    """The room, which is live, is held; its host ends it, goes live again and does a last thing, each behind the one
    before, then the room is let go."""
    host.title = world.naming.title()
    _line_up(world, host, [*_both(world, host)[::-1], _attempt(world, host, last)])


def join_and(world: World, guest: Person, host: Person, last: str) -> None:
    """The room is held; the guest comes, and its host does a last thing behind that, then the room is let go."""
    come = partial(world.gateway.attempt, "join", guest.account, room=host.room_id)
    _line_up(world, host, [come, _attempt(world, host, last)])


def end_and_announce(world: World, host: Person) -> None:
    """The room is held; its host ends it, and is announced behind that, then the room is let go."""
    _line_up(world, host, [_attempt(world, host, "end"), _attempt(world, host, "host_present")])


def end_and(world: World, host: Person, last: str) -> None:
    """The room is held; its host ends it and does a last thing behind that, then the room is let go."""
    _line_up(world, host, [_attempt(world, host, "end"), _attempt(world, host, last)])


def end_and_ask(world: World, host: Person, guest: Person) -> None:
    """The room is held; its host ends it, and somebody asks for it behind that, then the room is let go."""
    ask = partial(world.gateway.attempt, "room_state", guest.account, room=host.room_id)
    _line_up(world, host, [_attempt(world, host, "end"), ask])


def ban_and_join(world: World, host: Person, guest: Person) -> None:
    """The room is held; its host bans the guest, who comes in again behind that, then the room is let go."""
    ban = _attempt(world, host, "ban", guest=guest.account_id)
    join_again = partial(world.gateway.attempt, "join", guest.account, room=host.room_id)
    _line_up(world, host, [ban, join_again])


def go_live_both(world: World, one: Person, other: Person, *, held: bool = False) -> None:
    """Two hosts go live at the same moment, each in their own room; with `held`, both are under way in the gateway and
    have to wait for their first look at the rooms."""
    one.title, other.title = world.naming.title(), world.naming.title()
    both = [_attempt(world, person, "go_live", title=person.title, topics=["talk"]) for person in (one, other)]
    if held:
        with held_table(world.writable_database(), _rooms(world), looks=True) as hold:
            outcomes = _meeting(world, both, hold)
    else:
        outcomes = _together(world, one, both)
    for person, outcome in zip((one, other), outcomes, strict=True):
        person.outcomes = [outcome]
        _learn(world, person)


def go_live_past(world: World, host: Person, waiting: Person) -> None:
    """Somebody's Go Live waits for their own room, which is held; meanwhile the host goes live in another one."""
    host.title, waiting.title = world.naming.title(), world.naming.title()
    both = [_attempt(world, person, "go_live", title=person.title, topics=["talk"]) for person in (waiting, host)]
    past: list[bool] = []
    with held_room(world.writable_database(), waiting.room_id) as hold:

        def stands(under_way: UnderWay) -> None:
            hold.wait_until_waited_for(under_way)
            past.append(under_way() == 1)

        waited, went = in_line(both, stands=stands, release=hold.release)
    for person, outcome in ((waiting, waited), (host, went)):
        person.outcomes = [outcome]
        _learn(world, person)
    right = past[-1] and isinstance(went, CarriedOut)
    found = describe(went) if past[-1] else f"{describe(went)}, after {waiting.name} only"
    world.confirm(
        Observation(
            f"{host.name} goes live while {waiting.name} waits",
            right,
            "carried out meanwhile",
            found,
            wrong=amiss(went),
        )
    )


def expect_told_the_truth(world: World, host: Person) -> None:
    """Each request was carried out or met its conflict, and the room is as those were told whose requests were (C3)."""
    world.confirm(answers.carried_out_or_refused(host.outcomes))
    truth = told_the_truth(host.room_id, answers.answers_told(host.outcomes))
    world.expect(f"what {host.name} was told is what has become of the room", truth, deadline="")


def ask_for_room(world: World, person: Person, times: int, *, held: bool = False) -> None:
    """Somebody without a room asks for one so many times at the same moment; with `held`, while no room can be written,
    so that all of them have looked for it before the first is made."""
    attempts = [_attempt(world, person, gives_room(world.gateway), title=world.naming.title())] * times
    if not held:
        person.outcomes = _together(world, person, attempts)
        return
    with held_table(world.writable_database(), _rooms(world)) as hold:
        person.outcomes = _meeting(world, attempts, hold)


def _line_up(world: World, host: Person, acts: Sequence[Callable[[], Outcome]]) -> None:
    with held_room(world.writable_database(), host.room_id) as hold:
        host.outcomes = in_line(acts, stands=hold.wait_until_waited_for, release=hold.release)
    _learn(world, host)


def _join_and_end(world: World, guest: Person, host: Person) -> list[Callable[[], Outcome]]:
    return [lambda: world.gateway.attempt("join", guest.account, room=host.room_id), _attempt(world, host, "end")]


def _learn_both(guest: Person, host: Person, outcomes: Sequence[Outcome]) -> None:
    guest.outcome, host.outcome = outcomes


def _rooms(world: World) -> WriteFault | None:
    return world.target.write_fault("rooms")


def _both(world: World, host: Person) -> list[Callable[[], Outcome]]:
    return [_attempt(world, host, "go_live", title=host.title, topics=["talk"]), _attempt(world, host, "end")]


def _learn(world: World, host: Person) -> None:
    for outcome in host.outcomes:
        if isinstance(outcome, CarriedOut) and outcome.operation == "go_live":
            actions.entered(world, host, str(outcome.answer["session"]))


def _attempt(world: World, person: Person, operation: str, **values: object) -> Callable[[], Outcome]:
    return lambda: world.gateway.attempt(operation, person.account, room=person.room_id, **values)


def _together(
    world: World, host: Person, attempts: list[Callable[[], Outcome]], *, held: bool = False
) -> list[Outcome]:
    if not held:
        return at_once(attempts, warm_up=world.worker.probe)
    with held_room(world.writable_database(), host.room_id) as hold:
        return _meeting(world, attempts, hold)


def _meeting(world: World, attempts: list[Callable[[], Outcome]], hold: Hold) -> list[Outcome]:
    """All at the same moment; what they run into is let go once each of them waits for it, or is over."""

    def released(under_way: UnderWay) -> None:
        hold.wait_until_waited_for(under_way)
        hold.release()

    return at_once(attempts, warm_up=world.worker.probe, released=released)


def migrate_meanwhile(world: World, host: Person) -> None:
    """The migration runs and is made to wait for the stuck room of somebody else; meanwhile the host, whose room is
    stuck too, recovers and goes live. Both must come to their end."""
    database = world.writable_database()
    other = next(person for person in world.people.values() if person.room_id and person is not host)
    host.title = world.naming.title()

    def recover() -> Outcome:
        world.gateway.attempt("reset", host.account, room=host.room_id)
        return world.gateway.attempt("go_live", host.account, room=host.room_id, title=host.title, topics=["talk"])

    def migrate() -> Ran:
        return run_migration(world.target, database.dsn)

    both: list[Callable[[], Ran | Outcome]] = [migrate, recover]
    with held_room(database, other.room_id) as hold:
        ran, outcome = in_line(both, stands=hold.wait_until_waited_for, release=hold.release)
    assert isinstance(ran, Ran) and not isinstance(outcome, Ran)
    world.confirm(went_through(ran))
    if isinstance(outcome, Refused):
        outcome = recover()  # the migration came first and had the room: once it is done there is no reason left
    went = isinstance(outcome, CarriedOut)
    world.confirm(Observation(f"{host.name} goes live", went, "carried out", describe(outcome), wrong=amiss(outcome)))
    if isinstance(outcome, CarriedOut):
        actions.entered(world, host, str(outcome.answer["session"]))
