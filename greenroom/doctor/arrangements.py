"""The arrangements of arrange.sql do what their names say: each is tried, and undone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import psycopg

from greenroom.doctor.database import place
from greenroom.doctor.finding import Finding, not_declared, ok, wrong
from greenroom.doctor.patient import Patient
from greenroom.doctor.trial import Amiss, Trial, expect, trial
from greenroom.relations.canonical import LISTING_STATUSES, ROOM_STATUSES, SESSION_STATUSES, load_queries
from greenroom.targetfile.arrangements import ARRANGEMENTS
from greenroom.targetfile.soundness import suggest

_PARAMETER = re.compile(r"%\((\w+)\)s")


def arrangements(patient: Patient) -> Iterator[Finding]:
    """Every statement of arrange.sql, with plausible values. Gives `arrangements` when all is well."""
    database, folder = patient.target.database, patient.target.folder
    assert database is not None
    there = (folder / "arrange.sql").is_file()
    if database.access == "read":
        detail = 'access = "read": no state is arranged' + (", arrange.sql is not used" if there else "")
        yield not_declared("arrangements", detail)
        return
    if not there:
        yield not_declared("arrangements", "no arrange.sql: no state is arranged", "docs/targets.md, Arrangements")
        return
    queries = load_queries(folder / "arrange.sql")
    fine = True
    with trial(patient, queries) as attempt:
        for name in queries:
            finding = _try(patient, attempt, name)
            fine = fine and finding.state == "ok"
            yield finding
    missing = [name for name in ARRANGEMENTS if name not in queries and name not in _idle(patient)]
    if missing:
        what = "what scenarios need of them is not applicable"
        yield not_declared("arrangements", f"without {', '.join(missing)}: {what}")
    if fine:
        patient.things.add("arrangements")


def _idle(patient: Patient) -> set[str]:
    """Arrangements that nothing would ask for on this target."""
    target = patient.target
    idle = set() if target.people.source == "pool" else {"forget"}
    if not target.can("migration"):
        idle |= {"make_room"} if target.people.source == "sql" else {"make_room", "make_account"}
    return idle


def _try(patient: Patient, attempt: Trial, name: str) -> Finding:
    check, query = f"arrange {name}", attempt.queries[name]
    where = place(patient, "arrange.sql", name)
    if name not in ARRANGEMENTS:
        return wrong(check, f"{where}: nobody ever asks for {name!r}", suggest(name, ARRANGEMENTS, "known: "))
    known = ARRANGEMENTS[name].given
    strange = [one for one in _PARAMETER.findall(query) if one not in known]
    if strange:
        return wrong(check, f"{where}: unknown parameter :{strange[0]}", f"it is given: {', '.join(known)}")
    try:
        with attempt.undone():
            return ok(check, _TRIALS[name](attempt) or "tried and undone")
    except psycopg.errors.InsufficientPrivilege as error:
        hint = 'grant it to the role of [database] dsn, or say access = "read"'
        return wrong(check, f"{where}: {error.diag.message_primary}", hint)
    except psycopg.Error as error:
        where = place(patient, "arrange.sql", name)
        return wrong(check, f"{where}: {error.diag.message_primary or error}", error.diag.message_hint or "")
    except Amiss as error:
        return wrong(check, f"{where}: {error}", ARRANGEMENTS[name].what)


def _set_room(attempt: Trial) -> None:
    for status in ROOM_STATUSES:
        with attempt.undone():
            attempt.do("set_room", room_id=attempt.room, status=status, session_id=None, host_present=status != "idle")
            row = attempt.one("rooms", "room_id", attempt.room)
            expect("status", status, row["status"])
            expect("session_id", None, row["session_id"])
            expect("host_present", status != "idle", row["host_present"])
    if "add_session" in attempt.queries:
        session = attempt.session("ended")
        attempt.do("set_room", room_id=attempt.room, status="lobby", session_id=session, host_present=True)
        expect("session_id", session, attempt.one("rooms", "room_id", attempt.room)["session_id"])


def _point_to_missing(attempt: Trial) -> None:
    attempt.do("point_to_missing", room_id=attempt.room, status="live")
    row = attempt.one("rooms", "room_id", attempt.room)
    expect("status", "live", row["status"])
    if row["session_id"] is None:
        raise Amiss("afterwards the room points to no session at all")
    if attempt.see("select 1 from sessions where session_id = %(value)s", value=row["session_id"]):
        raise Amiss("afterwards the room points to a session that exists")


def _add_session(attempt: Trial) -> None:
    for status in SESSION_STATUSES:
        with attempt.undone():
            row = attempt.one("sessions", "session_id", attempt.session(status))
            expect("room_id", attempt.room, row["room_id"])
            expect("title", attempt.patient.mark, row["title"])
            expect("status", status, row["status"])
            expect("starts_at", attempt.began, row["starts_at"])
            wanted = attempt.ended if status in ("ended", "cancelled") else None
            expect(f"ended_at of a session that is {status}", wanted, row["ended_at"])


def _add_attendance(attempt: Trial) -> None:
    if "add_session" not in attempt.queries:
        raise Amiss("it can't be tried without add_session")
    session = attempt.session("ended")
    for account, role, left in ((attempt.host, "host", None), (attempt.guest, "guest", attempt.ended)):
        attempt.do(
            "add_attendance", session_id=session, account_id=account, role=role, joined_at=attempt.began, left_at=left
        )
        rows = attempt.see(
            "select * from attendance where session_id = %(s)s and account_id = %(a)s", s=session, a=account
        )
        if not rows:
            raise Amiss(f"afterwards the relation attendance has no row of {account!r} in the session")
        row = rows[0]
        expect("session_id", session, row["session_id"])
        expect("role", role, row["role"])
        expect("joined_at", attempt.began, row["joined_at"])
        expect("left_at", left, row["left_at"])


def _set_listing(attempt: Trial) -> None:
    for status in LISTING_STATUSES:
        with attempt.undone():
            ended = attempt.ended if status == "ended" else None
            attempt.do(
                "set_listing", room_id=attempt.room, title=attempt.patient.mark, host_id=attempt.host, status=status,
                started_at=attempt.began, ended_at=ended,
            )  # fmt: skip
            row = attempt.one("listing", "room_id", attempt.room)
            expect("status", status, row["status"])
            expect("title", attempt.patient.mark, row["title"])
            expect(f"ended_at of an entry that is {status}", ended, row["ended_at"])


def _lock_room(attempt: Trial) -> None:
    if not attempt.do("lock_room", room_id=attempt.room):
        raise Amiss("it finds no row of the room")


def _second_room(attempt: Trial) -> str:
    try:
        with attempt.undone():
            attempt.do("second_room", room_id=attempt.room)
    except psycopg.IntegrityError:
        return "the schema refuses it"
    return "the schema lets it be: a promise (D4) is broken here, the file is not wrong"


def _make_account(attempt: Trial) -> None:
    _account(attempt)


def _make_room(attempt: Trial) -> None:
    account = _account(attempt) if "make_account" in attempt.queries else attempt.guest
    rows = attempt.do("make_room", account_id=account, title=attempt.patient.mark)
    if not rows or rows[0].get("room_id") is None:
        raise Amiss("it does not return room_id")
    expect("host_id", account, attempt.one("rooms", "room_id", str(rows[0]["room_id"]))["host_id"])


def _remove(attempt: Trial) -> None:
    accounts = [attempt.host, attempt.guest]
    attempt.do("remove", accounts=accounts, rooms=[attempt.room])
    for relation, column, values in (
        ("rooms", "room_id", [attempt.room]),
        ("sessions", "room_id", [attempt.room]),
        ("listing", "room_id", [attempt.room]),
        ("attendance", "account_id", accounts),
        ("accounts", "account_id", accounts),
    ):
        if attempt.see(f"select 1 from {relation} where {column} = any(%(values)s)", values=values):
            raise Amiss(f"afterwards the relation {relation} still has rows of them")


def _forget(attempt: Trial) -> None:
    session, mark = attempt.session("ended"), attempt.patient.mark
    attempt.do("forget", mark=mark)
    if attempt.see("select 1 from sessions where session_id = %(value)s", value=session):
        raise Amiss("afterwards the relation sessions still has the session whose title bears the mark")
    if attempt.see("select 1 from listing where title like '%%' || %(mark)s || '%%'", mark=mark):
        raise Amiss("afterwards the relation listing still has entries whose title bears the mark")


def _account(attempt: Trial) -> str:
    mark = attempt.patient.mark
    rows = attempt.do(
        "make_account", name=f"Trial {mark}", email=f"trial.{mark}@greenroom.test", password="tried and undone",
        slug="trial", mark=mark,
    )  # fmt: skip
    if not rows or rows[0].get("account_id") is None:
        raise Amiss("it does not return account_id")
    account = str(rows[0]["account_id"])
    attempt.one("accounts", "account_id", account)
    return account


_TRIALS: dict[str, Callable[[Trial], str | None]] = {
    "set_room": _set_room,
    "point_to_missing": _point_to_missing,
    "add_session": _add_session,
    "add_attendance": _add_attendance,
    "set_listing": _set_listing,
    "lock_room": _lock_room,
    "second_room": _second_room,
    "make_account": _make_account,
    "make_room": _make_room,
    "remove": _remove,
    "forget": _forget,
}
