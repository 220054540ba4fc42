"""What the doctor made is removed, and counted."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg

from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.checks.operations.lent_room import give_back
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, counted, not_declared, not_reached, ok, wrong
from greenroom.doctor.prerequisites import DATABASE, WORLD
from greenroom.isolation.census import census_at_last


@doctor_check(CheckSubject.CLEAN_UP, "removal")
def check_removal(examination: Examination) -> Iterator[Finding]:
    """By SQL where the target lets us, else rooms are at least ended; a census tells what is left."""
    world, database = examination.take(WORLD), examination.find(DATABASE)
    if world is None:
        return  # nobody was made
    people = [person.account_id for person in world.people.values() if person.account_id]
    rooms, pool = list(world.people.rooms), examination.target.people.source == "pool"
    if examination.lent is not None:
        yield from give_back(examination, world.gateway, next(iter(world.people.values())))
    try:
        world.close()
    except psycopg.Error:  # the relations that would tell what there is can't be read
        if database is None or pool or not database.can_arrange("remove"):
            raise
        database.arrange("remove", accounts=people, rooms=rooms)
        world.worker.ledger.removed(examination.mark)
        yield ok("removal", f"{counted(len(people), 'account')} removed, not counted: relations.sql is wrong")
        return
    if pool:
        yield ok("removal", "leased accounts are given back; ended sessions stay")
        return
    described = examination.target.database
    if database is None and described is not None and described.dsn:
        yield not_reached("removal", f"{len(people)} accounts marked {examination.mark} stay: it needs the database")
        return
    if database is None or not database.can_arrange("remove"):
        hint = "arrange.sql: remove(accounts, rooms)"
        yield not_declared("removal", f"{len(people)} accounts marked {examination.mark} stay on the target", hint)
        return
    seconds = examination.target.deadlines.listing
    found = census_at_last(database, seconds, examination.mark, people, rooms)
    left = {relation: rows for relation, rows in found.items() if rows}
    if left:
        shown = ", ".join(f"{rows} in {relation}" for relation, rows in left.items())
        yield wrong(
            "removal", f"rows marked {examination.mark} are left: {shown}", "arrange.sql: remove(accounts, rooms)"
        )
        return
    yield ok("removal", f"{counted(len(people), 'account')} and {counted(len(rooms), 'room')} removed, none left")
