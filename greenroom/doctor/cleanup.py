"""What the doctor made is removed, and counted."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg

from greenroom.doctor.finding import Finding, counted, not_declared, ok, wrong
from greenroom.doctor.patient import Patient
from greenroom.isolation.census import census


def removal(patient: Patient) -> Iterator[Finding]:
    """By SQL where the target lets us, else rooms are at least ended; a census tells what is left."""
    if "world" not in patient.things:
        return
    world, database = patient.world, patient.database
    people = [person.account_id for person in world.people.values() if person.account_id]
    rooms, pool = list(world.people.rooms), patient.target.people.source == "pool"
    patient.things.discard("world")
    try:
        world.close()
    except psycopg.Error:  # the relations that would tell what there is can't be read
        if database is None or pool or not database.can_arrange("remove"):
            raise
        database.arrange("remove", accounts=people, rooms=rooms)
        patient.worker.ledger.removed(patient.mark)
        yield ok("removal", f"{counted(len(people), 'account')} removed, not counted: relations.sql is wrong")
        return
    if pool:
        yield ok("removal", "leased accounts are given back; ended sessions stay")
        return
    if database is None or not database.can_arrange("remove"):
        hint = "arrange.sql: remove(accounts, rooms)"
        yield not_declared("removal", f"{len(people)} accounts marked {patient.mark} stay on the target", hint)
        return
    left = {relation: rows for relation, rows in census(database, patient.mark, people, rooms).items() if rows}
    if left:
        shown = ", ".join(f"{rows} in {relation}" for relation, rows in left.items())
        yield wrong("removal", f"rows marked {patient.mark} are left: {shown}", "arrange.sql: remove(accounts, rooms)")
        return
    yield ok("removal", f"{counted(len(people), 'account')} and {counted(len(rooms), 'room')} removed, none left")
