"""What was made through the gateway is seen by whom a run will ask, by the very ids that the gateway gave."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from greenroom.claims.sources import GATEWAY, sources
from greenroom.core.deadlines import eventually
from greenroom.core.errors import BadTarget, BrokenPromise
from greenroom.doctor.database import place
from greenroom.doctor.finding import Finding, ok, wrong
from greenroom.doctor.patient import Patient
from greenroom.relations.canonical import LIVE_ROOM
from greenroom.relations.state import State, Unseen


def sees_room(patient: Patient) -> Iterator[Finding]:
    """The room is the host's."""
    host = patient.host

    def judge(state: State) -> str:
        room = state.room(host.room_id)
        if room is None:
            return f"no row has the room_id {host.room_id!r}, which the gateway gave"
        return "" if room["host_id"] == host.account_id else f"host_id is {room['host_id']!r}, not {host.account_id!r}"

    yield from _sighting(patient, "rooms", judge, "settle")


def sees_live_room(patient: Patient) -> Iterator[Finding]:
    """The room is live, and points to the session: asked where no database shows the session itself."""
    host = patient.host

    def judge(state: State) -> str:
        room = state.room(host.room_id)
        if room is None or room["status"] not in LIVE_ROOM:
            return f"right after going live the room is {room['status'] if room else 'not there'!r}"
        pointer = room["session_id"]
        return "" if pointer == host.session_id else f"its session is {pointer!r}, and go_live gave {host.session_id!r}"

    if patient.database is None:
        yield from _sighting(patient, "rooms", judge, "settle", row="a live room")


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
    if findings:
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
    source = sources(patient.target)[relation]
    if relation not in patient.world.source.shows:
        return
    if patient.database is not None and "the relations" not in patient.things:
        return
    seconds = float(getattr(patient.target.deadlines, deadline))

    def probe() -> str | None:
        try:
            return judge(patient.world.look([relation]))
        except Unseen:  # a column that the gateway does not show
            return None
        except (BadTarget, BrokenPromise) as error:
            return str(error).replace("\n", " ")

    fault, waited = eventually(probe, lambda found: not found, seconds)
    check = f"seen: {row or relation}"
    if fault is None:
        return
    if not fault:
        yield ok(check, f"after {waited:.1f} s" if waited > 0.1 else "at once")
        return
    if source == GATEWAY:
        operation = "listing" if relation == "listing" else "room_state"
        operation = operation if operation in patient.target.operations else "my_room"
        where, described = patient.where("operations", operation), "`answer` or `statuses`"
    else:
        where, described = place(patient, "relations.sql", relation), "the SELECT"
    hint = f"either {described} is not right, or the target does not do it within [deadlines] {deadline} = {seconds:g}"
    yield wrong(check, f"{where}: {fault}", hint)
