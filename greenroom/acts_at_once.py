"""What several people, or one several times, do at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from greenroom import acts
from greenroom.drivers.interference import held_room
from greenroom.drivers.outcome import Outcome, Refused, Went, describe
from greenroom.migration.scratch import Ran
from greenroom.person import Person
from greenroom.races import at_once
from greenroom.stage import Stage


def go_live(stage: Stage, host: Person, times: int, *, held: bool = False) -> None:
    """The host goes live so many times at the same moment; with `held`, all of them run into a row that is held."""
    host.title = stage.title()
    attempts = [_attempt(stage, host, "go_live", title=host.title, topics=["talk"]) for _ in range(times)]
    host.outcomes = _together(stage, host, attempts, held=held)
    for outcome in host.outcomes:
        if isinstance(outcome, Went):
            acts.entered(stage, host, str(outcome.answer["session"]))


def end(stage: Stage, host: Person, times: int, *, held: bool = False) -> None:
    """The host ends the room so many times at the same moment."""
    host.outcomes = _together(stage, host, [_attempt(stage, host, "end")] * times, held=held)


def go_live_and_end(stage: Stage, host: Person, *, held: bool = False) -> None:
    """The host goes live and ends the room at the same moment."""
    host.title = stage.title()
    both = [_attempt(stage, host, "go_live", title=host.title, topics=["talk"]), _attempt(stage, host, "end")]
    host.outcomes = _together(stage, host, both, held=held)


def go_live_both(stage: Stage, one: Person, other: Person) -> None:
    """Two hosts go live at the same moment, each in their own room."""
    one.title, other.title = stage.title(), stage.title()
    both = [_attempt(stage, person, "go_live", title=person.title, topics=["talk"]) for person in (one, other)]
    for person, outcome in zip((one, other), _together(stage, one, both), strict=True):
        person.outcome = outcome
        if isinstance(outcome, Went):
            acts.entered(stage, person, str(outcome.answer["session"]))


def ask_for_room(stage: Stage, person: Person, times: int) -> None:
    """Somebody without a room asks for one so many times at the same moment."""
    title = stage.title()
    person.outcomes = _together(stage, person, [_attempt(stage, person, "create_room", title=title)] * times)


def _attempt(stage: Stage, person: Person, operation: str, **values: object) -> Callable[[], Outcome]:
    return lambda: stage.gateway.attempt(operation, person.account, room=person.room_id, **values)


def _together(
    stage: Stage, host: Person, attempts: list[Callable[[], Outcome]], *, held: bool = False
) -> list[Outcome]:
    if not held or stage.database is None:
        return at_once(attempts, warm_up=stage.bench.probe)
    with held_room(stage.database, host.room_id) as hold:
        return at_once(
            attempts, warm_up=stage.bench.probe, released=lambda: hold.release_when_waited_for(len(attempts))
        )


def migrate_meanwhile(stage: Stage, host: Person, migrate: Callable[[], Ran]) -> None:
    """The migration runs and is made to wait for the stuck room of somebody else; meanwhile the host, whose room is
    stuck too, recovers and goes live. Both must come to their end."""
    database = stage.writable_database()
    other = next(person for person in stage.people.values() if person.room_id and person is not host)
    host.title = stage.title()

    def recover() -> Outcome:
        stage.gateway.attempt("reset", host.account, room=host.room_id)
        return stage.gateway.attempt("go_live", host.account, room=host.room_id, title=host.title, topics=["talk"])

    with held_room(database, other.room_id) as hold, ThreadPoolExecutor(2) as pool:
        migration = pool.submit(migrate)
        hold.wait_until_waited_for(1)
        recovery = pool.submit(recover)
        hold.wait_until_waited_for(2, unless=recovery.done)
        hold.release()
        ran, outcome = migration.result(), recovery.result()
    stage.claim("the migration runs", not ran.error, expected="no error", found=ran.error or "no error")
    if isinstance(
        outcome, Refused
    ):  # the migration came first and had the room: once it is done there is no reason left
        outcome = recover()
    stage.claim(f"{host.name} goes live", isinstance(outcome, Went), expected="carried out", found=describe(outcome))
    if isinstance(outcome, Went):
        acts.entered(stage, host, str(outcome.answer["session"]))
