"""The canary: somebody goes live, is listed, is joined, ends, is listed no more, and is removed with all they made."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, field
from typing import Any, Literal

from greenroom.claims.fact import Claim, facts_of, holds, seen
from greenroom.claims.listing import listed_as, not_listed_live
from greenroom.core import ticks
from greenroom.core.deadlines import eventually
from greenroom.core.errors import BrokenPromise, GreenroomError, Inconclusive
from greenroom.drivers.account import Account
from greenroom.drivers.outcome import CarriedOut, Outcome, Refused, describe
from greenroom.isolation.census import census_at_last
from greenroom.people.person import Person
from greenroom.record.evidence import Evidence
from greenroom.record.series import CanarySeen, Done, OperationSeen
from greenroom.scenario import presence
from greenroom.scenario.worker import Worker
from greenroom.scenario.world import World

CONFLICT = 409
PEOPLE, CLEAN_UP = "people", "clean_up"
"""What the canary does besides operations of the gateway: its people and their room come to be, and all is removed."""


class _CutShort(Exception):
    """An operation did not go as it must, and what comes after it makes no sense."""


@dataclass
class _Course:
    """How it goes, until it is over."""

    operations: list[OperationSeen] = field(default_factory=list)
    listed_after: float | None = None
    gone_after: float | None = None
    late: list[Literal["listed", "gone"]] = field(default_factory=list)
    could_not_tell: str = ""

    def frozen(self) -> CanarySeen:
        return CanarySeen(
            operations=self.operations,
            listed_after=self.listed_after,
            gone_after=self.gone_after,
            late=self.late,
            could_not_tell=self.could_not_tell,
        )


def send_canary(worker: Worker, number: int) -> CanarySeen:
    """Send one, with people and a room of its own. `number` is in its mark, so that no two are alike.

    What does not work is part of what was seen. What it made is removed also when it is interrupted.
    """
    mark = f"gr{worker.run[-4:]}{number % 16**6:06x}"
    course = _Course()
    worker.http.scenario = "canary"
    world = World(worker, Evidence(worker.redactor.child()), mark, number, [])
    pool = worker.target.people.source == "pool"
    try:
        if pool:
            worker.leases.reserve(2, worker.target.deadlines.lease)
        with contextlib.suppress(_CutShort):
            _go_through(world, course)
    except Inconclusive as unclear:
        course.could_not_tell = unclear.message
    finally:
        _remove(world, course)
    return course.frozen()


def _go_through(world: World, course: _Course) -> None:
    host, guest = _people(world, course)
    host.title = world.naming.title()
    went = _try(world, course, "go_live", host.account, room=host.room_id, title=host.title, topics=["talk"])
    began = time.monotonic()
    host.session_id = str(went.answer["session"])
    if presence.by_call(world.target) and world.gateway.offers("host_present"):
        _try(world, course, "host_present", host.account, room=host.room_id)
    course.listed_after = _await(world, course, "listed", listed_as(host.room_id, "live"), began)
    if world.gateway.offers("join"):
        _try(world, course, "join", guest.account, room=host.room_id)
    if world.gateway.offers("end"):
        _try(world, course, "end", host.account, room=host.room_id)
        course.gone_after = _await(world, course, "gone", not_listed_live(host.room_id), time.monotonic())


def _people(world: World, course: _Course) -> tuple[Person, Person]:
    began = time.monotonic()
    try:
        found = world.people.host("Ada"), world.people.person("Grace")
    except BrokenPromise as error:
        course.operations.append(_by_hand(PEOPLE, began, str(error)))
        raise _CutShort from None
    course.operations.append(_by_hand(PEOPLE, began))
    return found


def _try(world: World, course: _Course, operation: str, who: Account | None, **values: Any) -> CarriedOut:
    """Raises _CutShort when it is not carried out."""
    outcome = world.gateway.attempt(operation, who, **values)
    course.operations.append(_told(outcome))
    if not isinstance(outcome, CarriedOut):
        raise _CutShort
    return outcome


def _told(outcome: Outcome) -> OperationSeen:
    came_of_it: Done = "done"
    if isinstance(outcome, Refused):
        is_conflict = outcome.operation == "go_live" and outcome.status == CONFLICT
        came_of_it = "conflict" if is_conflict else "refused"
    elif not isinstance(outcome, CarriedOut):
        came_of_it = "broke"
    return OperationSeen(
        name=outcome.operation,
        seconds=round(outcome.exchange.seconds, 4),
        came_of_it=came_of_it,
        status=outcome.exchange.status or 0,
        said="" if came_of_it == "done" else describe(outcome),
    )


def _by_hand(name: str, began: float, wrong: str = "") -> OperationSeen:
    return OperationSeen(
        name=name,
        seconds=round(time.monotonic() - began, 4),
        came_of_it="broke" if wrong else "done",
        status=0,
        said=" ".join(wrong.split()),
    )


def _await(world: World, course: _Course, what: Literal["listed", "gone"], claim: Claim, began: float) -> float | None:
    """The seconds since `began` until the listing says so, or the deadline when it does not. None where nobody shows
    the listing. Raises Inconclusive when this machine was too slow to tell."""
    if "listing" not in world.source.shows:
        return None
    ticks.forget()
    deadline = world.deadlines.listing
    try:
        facts, waited = eventually(
            lambda: facts_of(claim, world.look(("rooms", "listing"))),
            lambda found: holds(found) or not seen(found),
            max(deadline - (time.monotonic() - began), 0.0),
        )
    except BrokenPromise as error:
        course.operations.append(_by_hand("listing", began, str(error)))
        raise _CutShort from None
    after = round(time.monotonic() - began, 4)
    if not seen(facts):
        return None
    if holds(facts):
        return after
    ticks.in_vain(waited)
    if (slow := ticks.too_slow()) is not None:
        raise slow.inconclusive(f"the canary is not {what} within {deadline:g} s")
    course.late.append(what)
    return max(after, deadline)


def _remove(world: World, course: _Course) -> None:
    """Remove what was made, and count what is left of it."""
    began = time.monotonic()
    accounts = [person.account_id for person in world.people.values() if person.account_id]
    rooms, pool = list(world.people.rooms), world.target.people.source == "pool"
    try:
        world.close()
        seconds = world.target.deadlines.listing
        database = None if pool else world.database
        left = {} if database is None else census_at_last(database, seconds, world.mark, accounts, rooms)
    except Inconclusive as unclear:
        course.could_not_tell = course.could_not_tell or unclear.message
        return
    except GreenroomError as error:
        course.operations.append(_by_hand(CLEAN_UP, began, error.message))
        return
    still = ", ".join(f"{count} in {relation}" for relation, count in left.items() if count)
    wrong = f"rows marked {world.mark} are left: {still}" if still else ""
    course.operations.append(_by_hand(CLEAN_UP, began, wrong))
