"""Whether entries follow from rooms and sessions by themselves, and whether the file says so."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg

from greenroom.core import clock
from greenroom.core.deadlines import eventually
from greenroom.doctor.checks.database.dry_run import DryRun, WrongEffect
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Condition, Finding, not_declared, ok, wrong
from greenroom.doctor.prerequisites import DATABASE

_CHECK = "derived listing"
_NEEDED = {"set_room", "add_session"}


def check_entries(examination: Examination, run: DryRun) -> Iterator[Finding]:
    """A room is live in a session, another time at rest, and nothing is written to the listing: a derived one follows.

    No finding where that can't be tried, or where entries are written as the file says."""
    if not examination.get(DATABASE).holds("listing") or not run.queries.keys() >= _NEEDED:
        return
    said = examination.target.states.entries_follow
    if not said and "set_listing" in run.queries:
        return
    try:
        found = _found(run)
    except (psycopg.Error, WrongEffect):
        return  # the arrangement's own finding says so
    if said and found:
        where = examination.where("states", "listing")
        yield wrong(_CHECK, f"{where}: {found}", 'listing = "kept", where entries are rows that are written')
    elif said:
        yield ok(_CHECK, "entries follow rooms and sessions, tried and undone")
    elif not found:
        detail = "entries follow rooms and sessions by themselves, and the file does not say so"
        yield not_declared(_CHECK, detail, '[states] listing = "derived": scenarios then need no set_listing')


def looked_at_later(examination: Examination, finding: Finding) -> Finding:
    """The finding, or another where the listing follows a moment later, as a materialised view does that is refreshed:
    no transaction that is rolled back can see that, so it is tried with a room of the doctor's own."""
    world, target = examination.world, examination.target
    may = target.environment == "disposable" and world.gateway.offers("end") and target.people.source != "pool"
    if finding.condition is not Condition.WRONG or not may:
        return finding
    host, database = examination.host, examination.get(DATABASE)
    title, began = world.naming.title(), clock.database_now()
    made = database.arrange(
        "add_session", room_id=host.room_id, title=title, status="live", starts_at=began, ended_at=None
    )
    session = str(made[0]["session_id"])
    database.arrange("set_room", room_id=host.room_id, status="live", session_id=session, host_present=False)
    query = "select 1 from listing where room_id = %(room)s and status = 'live' and title = %(title)s"

    def rows() -> list[dict[str, object]]:
        return database.query(query, {"room": host.room_id, "title": title})

    found, seconds = eventually(rows, bool, target.deadlines.listing)
    world.gateway.attempt("end", host.account, room=host.room_id)
    return ok(_CHECK, f"entries follow rooms and sessions after {seconds:.1f} s") if found else finding


def _found(run: DryRun) -> str:
    """What is wrong with an entry that should follow; "" for nothing."""
    with run.rolled_back():
        session = run.session("live")
        run.arrange("set_room", room_id=run.room, status="live", session_id=session, host_present=False)
        entries = run.rows("select status, title from listing where room_id = %(room)s", room=run.room)
        if [(entry["status"], entry["title"]) for entry in entries] != [("live", run.mark)]:
            told = ", ".join(f"{entry['status']} as {entry['title']!r}" for entry in entries) or "none"
            return f"a room that is live in a session called {run.mark!r} should have one entry that says so: {told}"
    with run.rolled_back():
        run.session("ended")
        run.arrange("set_room", room_id=run.room, status="idle", session_id=None, host_present=False)
        entries = run.rows("select status from listing where room_id = %(room)s", room=run.room)
        if any(entry["status"] != "ended" for entry in entries):
            return f"a room at rest, whose session is over, is still listed as {entries[0]['status']}"
    return ""
