"""The database lets us in, and relations.sql is there."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, not_declared, ok
from greenroom.doctor.prerequisites import DATABASE, RUNNING_TARGET
from greenroom.drivers.database import Database


@doctor_check(CheckSubject.DATABASE, "database", needs=(RUNNING_TARGET,), provides=(DATABASE,))
def check_connection(examination: Examination) -> Iterator[Finding]:
    """A connection as runs have it: with the access that the file says, and the queries of relations.sql."""
    target = examination.target
    if target.database is None:
        hint = "uncomment [database] and say where it is"
        yield not_declared("database", "no [database]: nothing is checked in SQL, no state is arranged", hint)
        return
    writable = target.database.access == "write"
    elsewhere, settle = target.shown_over_http, target.deadlines.settle
    database = Database(target.database.dsn, target.folder, writable=writable, elsewhere=elsewhere, settle=settle)
    examination.on_close(database.close)
    examination.provide(DATABASE, database)
    way = ", through a pooler" if database.is_pooled else ", a hot standby" if database.waits_for_standby else ""
    yield ok("database", f"PostgreSQL {database.version()}{way}, access {target.database.access}")
