"""What each arrangement must do: it is carried out with plausible values, and the relations show what it did."""

from __future__ import annotations

from collections.abc import Callable

import psycopg

from greenroom.doctor.checks.database.dry_run import DryRun, WrongEffect, expect
from greenroom.relations.canonical import LISTING_STATUSES, OPEN_SESSION, ROOM_STATUSES, SESSION_STATUSES
from greenroom.targetfile.arrangements import STANDINGS


def _set_room(run: DryRun) -> None:
    if run.states.rooms_follow:
        _set_presence(run)
        return
    if run.states.rooms_mirror:
        _set_pointer(run)
        return
    for status in run.states.rooms:
        present = status != "idle" and run.presence.has_flag
        with run.rolled_back():
            run.arrange("set_room", room_id=run.room, status=status, session_id=None, host_present=present)
            row = run.row("rooms", "room_id", run.room)
            expect("status", status, row["status"])
            expect("session_id", None, row["session_id"])
            expect("host_present", present, row["host_present"])
    if "add_session" in run.queries:
        session = run.session("ended")
        run.arrange("set_room", room_id=run.room, status="live", session_id=session, host_present=False)
        expect("session_id", session, run.row("rooms", "room_id", run.room)["session_id"])
    for status in ROOM_STATUSES:
        if status not in run.states.rooms:
            _ruled_out(run, "rooms", status, DryRun.room_status)


def _set_pointer(run: DryRun) -> None:
    """A room is what the session is that it points to: that is what is set, and whether the host is there."""
    if "add_session" not in run.queries:
        raise WrongEffect("it can't be tried without add_session")
    for status in run.states.sessions:
        with run.rolled_back():
            session, present = run.session(status), status in OPEN_SESSION and run.presence.has_flag
            for pointer, shown, there in ((session, status, present), (None, "idle", False)):
                run.arrange("set_room", room_id=run.room, status=shown, session_id=pointer, host_present=there)
                row = run.row("rooms", "room_id", run.room)
                expect("session_id", pointer, row["session_id"])
                expect("status", shown, row["status"])
                expect("host_present", there, row["host_present"])


def _set_presence(run: DryRun) -> None:
    """A room follows from its sessions: set to what it is already, but for whether its host is there."""
    if "add_session" not in run.queries:
        raise WrongEffect("it can't be tried without add_session")
    session, present = run.session("live"), run.presence.has_flag
    run.arrange("set_room", room_id=run.room, status="live", session_id=session, host_present=present)
    row = run.row("rooms", "room_id", run.room)
    for column, wanted in (("status", "live"), ("session_id", session), ("host_present", present)):
        expect(column, wanted, row[column])


def _ruled_out(run: DryRun, relation: str, status: str, arranged: Callable[[DryRun, str], object]) -> None:
    """Raises WrongEffect where a status that the file rules out is stored all the same."""
    try:
        with run.rolled_back():
            stored = arranged(run, status)
    except (psycopg.Error, WrongEffect):
        return
    if stored == status:
        raise WrongEffect(f"[states] {relation} lacks {status!r}, and the schema lets it be: add it")


def _point_to_missing(run: DryRun) -> None:
    run.arrange("point_to_missing", room_id=run.room, status="live")
    row = run.row("rooms", "room_id", run.room)
    if not run.states.rooms_mirror:
        expect("status", "live", row["status"])
    if row["session_id"] is None:
        raise WrongEffect("afterwards the room points to no session at all")
    if run.rows("select 1 from sessions where session_id = %(value)s", value=row["session_id"]):
        raise WrongEffect("afterwards the room points to a session that exists")


def _add_session(run: DryRun) -> None:
    for status in run.states.sessions:
        with run.rolled_back():
            row = run.row("sessions", "session_id", run.session(status))
            expect("room_id", run.room, row["room_id"])
            expect("title", run.mark, row["title"])
            expect("status", status, row["status"])
            expect("starts_at", run.began, row["starts_at"])
            wanted = run.ended if status in ("ended", "cancelled") else None
            expect(f"ended_at of a session that is {status}", wanted, row["ended_at"])
            if run.states.rooms_follow:
                found = run.row("rooms", "room_id", run.room)["status"]
                expect(f"the room of a session that is {status}", "idle" if wanted else status, found)
    for status in SESSION_STATUSES:
        if status not in run.states.sessions:
            _ruled_out(run, "sessions", status, DryRun.session_status)


def _add_attendance(run: DryRun) -> None:
    if "add_session" not in run.queries:
        raise WrongEffect("it can't be tried without add_session")
    session = run.session("ended")
    for standing in STANDINGS[1:]:
        with run.rolled_back():  # whether such a row is shown at all is the target's own affair
            guest = {"account_id": run.guest, "role": "guest", "joined_at": run.began, "left_at": None}
            run.arrange("add_attendance", session_id=session, **guest, standing=standing)
    people = [(run.host, "host", None)] if run.presence.has_rows else []
    for account, role, left in [*people, (run.guest, "guest", run.ended)]:
        run.arrange(
            "add_attendance", session_id=session, account_id=account, role=role, joined_at=run.began, left_at=left
        )
        rows = run.rows(
            "select * from attendance where session_id = %(s)s and account_id = %(a)s", s=session, a=account
        )
        if not rows:
            raise WrongEffect(f"afterwards the relation attendance has no row of {account!r} in the session")
        row = rows[0]
        expect("session_id", session, row["session_id"])
        expect("role", role, row["role"])
        expect("joined_at", run.began, row["joined_at"])
        expect("left_at", left, row["left_at"])


def _set_listing(run: DryRun) -> None:
    for status in LISTING_STATUSES:
        with run.rolled_back():
            ended = run.ended if status == "ended" else None
            run.arrange(
                "set_listing", room_id=run.room, title=run.mark, host_id=run.host, status=status,
                started_at=run.began, ended_at=ended,
            )  # fmt: skip
            row = run.row("listing", "room_id", run.room)
            expect("status", status, row["status"])
            expect("title", run.mark, row["title"])
            expect(f"ended_at of an entry that is {status}", ended, row["ended_at"])


def _lock_room(run: DryRun) -> None:
    if not run.arrange("lock_room", room_id=run.room):
        raise WrongEffect("it finds no row of the room")


def _expire_sign_ins(run: DryRun) -> None:
    if not run.arrange("expire_sign_ins", account_id=run.host, proofs=run.proofs):
        raise WrongEffect("it returns no row, though the host is signed in")


def _second_room(run: DryRun) -> str:
    try:
        with run.rolled_back():
            run.arrange("second_room", room_id=run.room)
    except psycopg.IntegrityError:
        return "the schema refuses it"
    return "the schema lets it be: a promise (D4) is broken here, the file is not wrong"


def _make_account(run: DryRun) -> None:
    _account(run)


def _make_account_elsewhere(run: DryRun) -> None:
    _account(run, "make_account_elsewhere")


def _make_room(run: DryRun) -> None:
    account = _account(run) if "make_account" in run.queries else run.guest
    rows = run.arrange("make_room", account_id=account, title=run.mark)
    if not rows or rows[0].get("room_id") is None:
        raise WrongEffect("it does not return room_id")
    expect("host_id", account, run.row("rooms", "room_id", str(rows[0]["room_id"]))["host_id"])


def _remove(run: DryRun) -> None:
    accounts = [run.host, run.guest]
    run.arrange("remove", accounts=accounts, rooms=[run.room])
    follows_later = run.states.entries_follow  # as a materialised view does: the clean-up counts what is left
    for relation, column, values in (
        ("rooms", "room_id", [run.room]),
        ("sessions", "room_id", [run.room]),
        ("listing", "room_id", [run.room]),
        ("attendance", "account_id", accounts),
        ("accounts", "account_id", accounts),
    ):
        if relation == "listing" and follows_later:
            continue
        if run.rows(f"select 1 from {relation} where {column} = any(%(values)s)", values=values):
            raise WrongEffect(f"afterwards the relation {relation} still has rows of them")


def _forget(run: DryRun) -> None:
    session, mark = run.session("ended"), run.mark
    run.arrange("forget", mark=mark)
    if run.rows("select 1 from sessions where session_id = %(value)s", value=session):
        raise WrongEffect("afterwards the relation sessions still has the session whose title bears the mark")
    if run.rows("select 1 from listing where title like '%%' || %(mark)s || '%%'", mark=mark):
        raise WrongEffect("afterwards the relation listing still has entries whose title bears the mark")


def _account(run: DryRun, arrangement: str = "make_account") -> str:
    mark = run.mark
    rows = run.arrange(
        arrangement, name=f"Trial {mark}", email=f"trial.{mark}@greenroom.test", password="tried and undone",
        slug="trial", mark=mark,
    )  # fmt: skip
    if not rows or rows[0].get("account_id") is None:
        raise WrongEffect("it does not return account_id")
    account = str(rows[0]["account_id"])
    run.row("accounts", "account_id", account)
    return account


EFFECT_CHECKS: dict[str, Callable[[DryRun], str | None]] = {
    "set_room": _set_room,
    "point_to_missing": _point_to_missing,
    "add_session": _add_session,
    "add_attendance": _add_attendance,
    "set_listing": _set_listing,
    "lock_room": _lock_room,
    "second_room": _second_room,
    "expire_sign_ins": _expire_sign_ins,
    "make_account": _make_account,
    "make_account_elsewhere": _make_account_elsewhere,
    "make_room": _make_room,
    "remove": _remove,
    "forget": _forget,
}
"""Arrangement -> what tries it: raises psycopg.Error or WrongEffect; returns a remark for the table, or None."""
