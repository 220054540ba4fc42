"""What is done when a scenario is over: rooms are ended or removed, and what was leased is given back."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

from greenroom.core.errors import BadTarget, GreenroomError, Inconclusive, NotApplicable
from greenroom.drivers.database import Database
from greenroom.drivers.gateway import Gateway
from greenroom.isolation import census
from greenroom.scenario.browsers import ScenarioBrowsers
from greenroom.scenario.people import ScenarioPeople
from greenroom.scenario.worker import Worker


def leave_nothing(
    worker: Worker, gateway: Gateway, people: ScenarioPeople, browsers: ScenarioBrowsers, mark: str
) -> None:
    """Close the browsers, remove what was made, give back what was leased.

    By SQL where the target lets us, so that it works while the gateway is down; else rooms are at least ended.
    """
    if not gateway.offers("end"):
        _end_on_pages(people)
    browsers.close()
    accounts = [person.account_id for person in people.values() if person.account_id]
    pool, database = worker.target.people.source == "pool", worker.database
    try:
        if not pool and database is not None and database.can_arrange("remove"):
            database.check_answers()
            if _remove(worker, database, mark, accounts, people.rooms):
                worker.ledger.removed(mark)
            else:
                _end_rooms(gateway, people)
        else:
            _end_rooms(gateway, people)
            if pool and database is not None and database.can_arrange("forget"):
                database.arrange("forget", mark=mark)
            if pool:
                worker.ledger.removed(mark)
    finally:
        if pool:
            worker.leases.give_all_back()


def _remove(worker: Worker, database: Database, mark: str, accounts: Sequence[str], rooms: Sequence[str]) -> bool:
    """Remove by SQL what was made. Returns whether that is surely gone: not where the database has never shown anything
    of any scenario. Where the relations can't be read, what is known by its id is removed all the same."""
    try:
        found = census.remove(database, mark, accounts, rooms)
    except BadTarget:
        with contextlib.suppress(GreenroomError):
            database.arrange("remove", accounts=list(accounts), rooms=list(rooms))
        raise
    made_nothing = not accounts and not rooms
    return made_nothing or bool(found.accounts or found.rooms) or not worker.seen_people.none_ever


def _end_rooms(gateway: Gateway, people: ScenarioPeople) -> None:
    for person in people.values():
        if person.room_id and person.account is not None and gateway.offers("end"):
            with contextlib.suppress(Inconclusive, NotApplicable):
                gateway.attempt("end", person.account, room=person.room_id)


def _end_on_pages(people: ScenarioPeople) -> None:
    """Where nothing but pages is described, who is still live ends there."""
    for person in people.values():
        if person.browser is not None and person.room_id:
            with contextlib.suppress(Exception):
                person.browser.viewer.open(person.values())
                if person.browser.viewer.shows_end_now(person.values()):
                    person.browser.viewer.press_end(person.values())
                    person.browser.viewer.says_ended(person.values())
