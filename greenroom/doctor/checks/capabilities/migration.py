"""The database template of the migration can be cloned."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg

from greenroom.core.errors import GreenroomError, Inconclusive
from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.checks.capabilities.requirements import missing_for
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, ok, wrong
from greenroom.doctor.prerequisites import DATABASE, ROOM
from greenroom.drivers.database_connection import first_line
from greenroom.migration.scratch import scratch_database

_FILLING = ("make_account", "make_room")
"""The arrangements that fill a clone with people and rooms."""


@doctor_check(CheckSubject.CAPABILITIES, "migration", needs=(DATABASE, ROOM), makes=True)
def check_migration(examination: Examination) -> Iterator[Finding]:
    """The template can be cloned, and the clone filled."""
    database, target = examination.get(DATABASE), examination.target
    if target.migration is None or not target.can("migration"):
        return
    if missing_for("migration", examination) is not None:
        return  # the check "capabilities" says so
    missing = [name for name in _FILLING if not database.can_arrange(name)]
    if missing:
        where = examination.where("migration")
        detail = f"{where}: arrange.sql has no {missing[0]!r}, which fills the clone"
        yield wrong("migration", detail, f'add "-- name: {missing[0]}(...)"; docs/targets.md, Arrangements')
        return
    where = examination.where("migration", "template")
    try:
        with scratch_database(target, database, examination.mark):
            pass
    except (GreenroomError, Inconclusive) as error:
        yield wrong("migration", f"{where}: {error.message}", error.hint)
    except psycopg.Error as error:
        yield wrong("migration", f"{where}: {first_line(error)}", "a database with the schema and no rows")
    else:
        examination.observed["migration"] = True
        yield ok("migration", f"{target.migration.template} can be cloned")
