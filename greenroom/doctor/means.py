"""The means of capabilities that reach past the gateway are tried: deeds, write faults, a clone, a restart."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg

from greenroom.core.errors import BadTarget, GreenroomError, Inconclusive
from greenroom.doctor.backing import BACKING
from greenroom.doctor.finding import Finding, ok, wrong
from greenroom.doctor.patient import Patient
from greenroom.doctor.sending import attempt, said
from greenroom.drivers.database_faults import failing_writes
from greenroom.drivers.outcome import Broke, Refused
from greenroom.migration.scratch import scratch_database
from greenroom.targetfile.operations import OPERATIONS

_MISSED = frozenset({400, 404, 405, 415})
"""What a data API answers when it is asked for something that it does not have."""

_MAKERS = ("make_account", "make_room")


def data_api(patient: Patient) -> Iterator[Finding]:
    """Every deed, as the guest, against the doctor's own room at rest: each must reach a table or a function."""
    deeds = [name for name, spec in OPERATIONS.items() if spec.capability == "data-api"]
    deeds = [name for name in deeds if name in patient.target.operations]
    if not deeds:
        return
    patient.require_service(patient.target.operations[deeds[0]].service)
    wrongs = 0
    for name in deeds:
        outcome = attempt(patient, name, patient.guest, room=patient.host.room_id, title=patient.world.naming.title())
        if isinstance(outcome, Broke) or (isinstance(outcome, Refused) and outcome.status in _MISSED):
            wrongs += 1
            detail = f"{patient.where('operations', name)}: answered {outcome.status}: it reaches nothing"
            yield wrong(name, detail, said(outcome))
    patient.observed["data-api"] = not wrongs
    if not wrongs:
        yield ok("data API", f"{len(deeds)} deeds reach it")


def write_faults(patient: Patient) -> Iterator[Finding]:
    """Writes to each table can be made to fail for the doctor's own room, and are let be again."""
    described, database = patient.target.database, patient.database
    if described is None or database is None or not described.write_faults:
        return
    if not patient.target.can("database-faults") or next(BACKING["database-faults"](patient), None) is not None:
        return
    wrongs = 0
    for relation, fault in described.write_faults.items():
        try:
            with failing_writes(database, fault, patient.host.room_id):
                pass
        except psycopg.Error as error:
            wrongs += 1
            where = patient.where("database", "write_faults", relation)
            detail = f"{where}: {error.diag.message_primary or str(error).splitlines()[0]}"
            yield wrong(
                "write faults", detail, error.diag.message_hint or f"{fault.table}, and its column {fault.room}"
            )
    patient.observed["database-faults"] = not wrongs
    if not wrongs:
        yield ok("write faults", ", ".join(described.write_faults))


def migration(patient: Patient) -> Iterator[Finding]:
    """The template can be cloned, and the clone filled."""
    database, target = patient.database, patient.target
    if database is None or target.migration is None or not target.can("migration"):
        return
    if next(BACKING["migration"](patient), None) is not None:
        return
    missing = [name for name in _MAKERS if not database.can_arrange(name)]
    if missing:
        where = patient.where("migration")
        detail = f"{where}: arrange.sql has no {missing[0]!r}, which fills the clone"
        yield wrong("migration", detail, f'add "-- name: {missing[0]}(...)"; docs/targets.md, Arrangements')
        return
    where = patient.where("migration", "template")
    try:
        with scratch_database(target, database, patient.mark):
            pass
    except psycopg.errors.InsufficientPrivilege as error:
        yield wrong("migration", f"{where}: {error.diag.message_primary}", "the role of [database] dsn needs createdb")
    except (psycopg.Error, GreenroomError, Inconclusive) as error:
        yield wrong("migration", f"{where}: {str(error).splitlines()[0]}", "a database with the schema and no rows")
    else:
        patient.observed["migration"] = True
        yield ok("migration", f"{target.migration.template} can be cloned")


def restart(patient: Patient) -> Iterator[Finding]:
    """The gateway restarts, and answers again."""
    launch = patient.target.launch
    if launch is None or "restart-gateway" not in launch.controls or not patient.target.can("restart"):
        return
    try:
        patient.worker.control("restart-gateway")
        patient.worker.probe()
    except (Inconclusive, BadTarget) as error:
        where = patient.where("launch", "controls")
        patient.observed["restart"] = False
        yield wrong("restart", f"{where}: {error}", "[launch] controls, or a longer [deadlines] restart")
        return
    patient.observed["restart"] = True
    yield ok("restart", f"within {patient.target.deadlines.restart:g} s")
