"""Writes to a table can be made to fail."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg

from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.checks.capabilities.requirements import missing_for
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, ok, wrong
from greenroom.doctor.prerequisites import DATABASE, ROOM
from greenroom.drivers.database_faults import failing_writes, holds_no_row_of


@doctor_check(CheckSubject.CAPABILITIES, "write faults", needs=(DATABASE, ROOM), makes=True)
def check_write_faults(examination: Examination) -> Iterator[Finding]:
    """Each table in turn, for the doctor's own room only; then writes work again."""
    described, database = examination.target.database, examination.get(DATABASE)
    if described is None or not described.write_faults:
        return
    if not examination.target.can("database-faults") or missing_for("database-faults", examination) is not None:
        return
    faults = 0
    room = examination.host.room_id
    state = database.snapshot([room], [])
    for relation, fault in described.write_faults.items():
        where = examination.where("database", "write_faults", relation)
        try:
            with failing_writes(database, fault, room):
                pass
            if relation in state.sees and state.all(relation) and holds_no_row_of(database, fault, room):
                faults += 1
                detail = (
                    f"{where}: by {fault.room} no row of {fault.table} is one of the room {room!r}: none would fail"
                )
                hint = f"""the column that holds {room!r}, or SQL that makes it, such as "'room_' || id\""""
                yield wrong("write faults", detail, hint)
        except psycopg.Error as error:
            faults += 1
            detail = f"{where}: {error.diag.message_primary or str(error).splitlines()[0]}"
            hint = error.diag.message_hint or f"{fault.table}, and its column {fault.room}"
            yield wrong("write faults", detail, hint)
    examination.observed["database-faults"] = not faults
    if not faults:
        yield ok("write faults", ", ".join(described.write_faults))
