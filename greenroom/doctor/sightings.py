"""What was made through the gateway is seen in the five relations, by the very ids that the gateway gave."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from greenroom.deadlines import eventually
from greenroom.doctor.database import place
from greenroom.doctor.finding import Finding, ok, wrong
from greenroom.doctor.patient import Patient
from greenroom.state import State


def sees_room(patient: Patient) -> Iterator[Finding]:
    """The room is the host's."""
    host = patient.host

    def judge(state: State) -> str:
        room = state.room(host.room_id)
        if room is None:
            return f"no row has the room_id {host.room_id!r}, which the gateway gave"
        return "" if room["host_id"] == host.account_id else f"host_id is {room['host_id']!r}, not {host.account_id!r}"

    yield from _sighting(patient, "rooms", judge, "settle")


def sees_session(patient: Patient) -> Iterator[Finding]:
    """The session is open, and the room points to it."""
    host = patient.host

    def judge(state: State) -> str:
        session, room = state.session(host.session_id), state.room(host.room_id)
        if session is None:
            return f"no row has the session_id {host.session_id!r}, which the gateway gave"
        if session["status"] not in ("live", "lobby"):
            return f"the session is {session['status']!r} right after going live"
        if room is not None and room["session_id"] != host.session_id:
            return f"the room's session_id is {room['session_id']!r}, not {host.session_id!r}: see the relation rooms"
        return "" if session["title"] == host.title else f"its title is {session['title']!r}, not {host.title!r}"

    yield from _sighting(patient, "sessions", judge, "settle")


def sees_entry(patient: Patient) -> Iterator[Finding]:
    """The session is listed under the room's id."""
    host = patient.host

    def judge(state: State) -> str:
        entries = state.entries(host.room_id)
        if not entries:
            return f"no row has the room_id {host.room_id!r} after going live"
        entry = entries[0]
        if entry["status"] != "live":
            return f"the entry is {entry['status']!r} while the room is live"
        if entry["host_id"] != host.account_id:
            return f"host_id is {entry['host_id']!r}, not {host.account_id!r}"
        return "" if entry["title"] == host.title else f"its title is {entry['title']!r}, not {host.title!r}"

    yield from _sighting(patient, "listing", judge, "listing")


def sees_host(patient: Patient) -> Iterator[Finding]:
    """The host is known to be present, once the gateway was told so."""
    if not patient.went("host_present"):
        return
    host = patient.host

    def judge(state: State) -> str:
        room = state.room(host.room_id)
        return "" if room and room["host_present"] else "host_present is not true after `host_present`"

    findings = list(_sighting(patient, "rooms", judge, "settle", row="host present"))
    patient.observed["host-presence"] = all(finding.state == "ok" for finding in findings)
    yield from findings


def sees_guest(patient: Patient) -> Iterator[Finding]:
    """The guest is inside the session."""
    host, guest = patient.host, patient.guest

    def judge(state: State) -> str:
        rows = state.attendance_of(host.session_id)
        mine = [row for row in rows if row["account_id"] == guest.account_id]
        if not mine:
            who = ", ".join(repr(row["account_id"]) for row in rows) or "nobody"
            return f"the guest {guest.account_id!r} joined, and has no row of the session: {who} has"
        if mine[0]["role"] != "guest":
            return f"the guest's role is {mine[0]['role']!r}"
        return "" if mine[0]["left_at"] is None else "the guest has left_at while inside"

    yield from _sighting(patient, "attendance", judge, "settle")


def _sighting(
    patient: Patient, relation: str, judge: Callable[[State], str], deadline: str, *, row: str = ""
) -> Iterator[Finding]:
    database = patient.database
    if database is None or "the relations" not in patient.things:
        return
    people = [patient.host.account_id, patient.guest.account_id]
    seconds = float(getattr(patient.target.deadlines, deadline))
    fault, waited = eventually(
        lambda: judge(database.snapshot([patient.host.room_id], people)), lambda found: not found, seconds
    )
    check = f"seen: {row or relation}"
    if not fault:
        yield ok(check, f"after {waited:.1f} s" if waited > 0.1 else "at once")
        return
    where = place(patient, "relations.sql", relation)
    hint = f"either the SELECT is not right, or the target does not do it within [deadlines] {deadline} = {seconds:g}"
    yield wrong(check, f"{where}: {fault}", hint)
