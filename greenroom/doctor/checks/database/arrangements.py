"""The arrangements of arrange.sql do what their names say: each is tried, and undone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import psycopg

from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.checks.database.arrangement_effects import EFFECT_CHECKS
from greenroom.doctor.checks.database.derived_listing import check_entries, looked_at_later
from greenroom.doctor.checks.database.dry_run import DryRun, WrongEffect, dry_run
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Condition, Finding, not_declared, ok, wrong
from greenroom.doctor.own_connection import where_query
from greenroom.doctor.prerequisites import DATABASE, READABLE_RELATIONS, ROOM, WORKING_ARRANGEMENTS
from greenroom.relations.canonical import load_queries
from greenroom.targetfile.arrangements import ARRANGEMENTS
from greenroom.targetfile.soundness import suggest

_PARAMETER = re.compile(r"%\((\w+)\)s")


@doctor_check(
    CheckSubject.DATABASE, "arrangements", needs=(DATABASE, READABLE_RELATIONS, ROOM), provides=(WORKING_ARRANGEMENTS,)
)
def check_arrangements(examination: Examination) -> Iterator[Finding]:
    """Every statement of arrange.sql, with plausible values."""
    database, folder = examination.target.database, examination.target.folder
    assert database is not None
    exists = (folder / "arrange.sql").is_file()
    if database.access == "read":
        detail = 'access = "read": no state is arranged' + (", arrange.sql is not used" if exists else "")
        yield not_declared("arrangements", detail)
        return
    if not exists:
        yield not_declared("arrangements", "no arrange.sql: no state is arranged", "docs/targets.md, Arrangements")
        return
    queries = load_queries(folder / "arrange.sql")
    all_ok = True
    examination.world.let_rows_come()  # of what was tried before
    with dry_run(examination, queries) as run:
        for name in queries:
            finding = _check_arrangement(examination, run, name)
            all_ok = all_ok and finding.condition is Condition.OK
            yield finding
        entries = list(check_entries(examination, run))
    for finding in (looked_at_later(examination, found) for found in entries):
        all_ok = all_ok and finding.condition is not Condition.WRONG
        yield finding
    missing = [name for name in ARRANGEMENTS if name not in queries and name not in _not_needed(examination)]
    if missing:
        what = "what scenarios need of them is not applicable"
        yield not_declared("arrangements", f"without {', '.join(missing)}: {what}")
    if all_ok:
        examination.establish(WORKING_ARRANGEMENTS)


def _not_needed(examination: Examination) -> set[str]:
    """Arrangements that nothing would ask for on this target."""
    target = examination.target
    names = set() if target.people.source == "pool" else {"forget"}
    if not target.can("multi-tenant") or target.people.elsewhere is not None:
        names.add("make_account_elsewhere")
    if target.environment != "disposable":  # there is neither a clone for the migration, nor a crowd
        names |= {"make_room"} if target.people.source == "sql" else {"make_room", "make_account"}
    if target.states.entries_follow:
        names.add("set_listing")
    if target.states.rooms_follow:
        names |= {"set_room", "point_to_missing"}
    return names


def _check_arrangement(examination: Examination, run: DryRun, name: str) -> Finding:
    check, query = f"arrange {name}", run.queries[name]
    where = where_query(examination, "arrange.sql", name)
    if name not in ARRANGEMENTS:
        return wrong(check, f"{where}: nobody ever asks for {name!r}", suggest(name, ARRANGEMENTS, "known: "))
    if name == "set_listing" and examination.target.states.entries_follow:
        detail = f"{where}: {examination.where('states', 'listing')} says that nothing is ever written to the listing"
        return wrong(check, detail, 'take it out, or listing = "kept"')
    known = ARRANGEMENTS[name].given
    unknown = [one for one in _PARAMETER.findall(query) if one not in known]
    if unknown:
        return wrong(check, f"{where}: unknown parameter :{unknown[0]}", f"it is given: {', '.join(known)}")
    try:
        with run.rolled_back():
            return ok(check, EFFECT_CHECKS[name](run) or "tried and undone")
    except psycopg.errors.InsufficientPrivilege as error:
        hint = 'grant it to the role of [database] dsn, or say access = "read"'
        return wrong(check, f"{where}: {error.diag.message_primary}", hint)
    except psycopg.Error as error:
        where = where_query(examination, "arrange.sql", name)
        return wrong(check, f"{where}: {error.diag.message_primary or error}", error.diag.message_hint or "")
    except WrongEffect as error:
        return wrong(check, f"{where}: {error}", ARRANGEMENTS[name].what)
