"""What was done through the gateway is shown by the sources that a run asks, with the ids that the gateway gave."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from greenroom.claims.sources import GATEWAY, sources
from greenroom.core.deadlines import eventually
from greenroom.core.errors import BadTarget, BrokenPromise
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Condition, Finding, ok, wrong
from greenroom.doctor.own_connection import where_query
from greenroom.doctor.prerequisites import DATABASE, READABLE_RELATIONS
from greenroom.relations.canonical import LIVE_ROOM
from greenroom.relations.state import State, Unseen
from greenroom.targetfile.rooms import Channel

_ANNOUNCED_BY: Mapping[Channel, str] = {"go_live": "going live", "call": "`host_present`"}


def check_room_shown(examination: Examination) -> Iterator[Finding]:
    """The room is the host's."""
    host = examination.host

    def what_is_wrong(state: State) -> str:
        room = state.room(host.room_id)
        if room is None:
            return f"no row has the room_id {host.room_id!r}, which the gateway gave"
        return "" if room["host_id"] == host.account_id else f"host_id is {room['host_id']!r}, not {host.account_id!r}"

    yield from _check_shown(examination, "rooms", what_is_wrong, "settle")


def check_live_room_shown(examination: Examination) -> Iterator[Finding]:
    """The room is live, and points to the session: asked where no database shows the session itself."""
    host = examination.host

    def what_is_wrong(state: State) -> str:
        room = state.room(host.room_id)
        if room is None or room["status"] not in LIVE_ROOM:
            return f"right after going live the room is {room['status'] if room else 'not there'!r}"
        pointer = room["session_id"]
        return "" if pointer == host.session_id else f"its session is {pointer!r}, and go_live gave {host.session_id!r}"

    if not examination.has(DATABASE):
        yield from _check_shown(examination, "rooms", what_is_wrong, "settle", row="a live room")


def check_session_shown(examination: Examination) -> Iterator[Finding]:
    """The session is open, and the room points to it."""
    host = examination.host

    def what_is_wrong(state: State) -> str:
        session, room = state.session(host.session_id), state.room(host.room_id)
        if session is None:
            return f"no row has the session_id {host.session_id!r}, which the gateway gave"
        if session["status"] not in ("live", "lobby"):
            return f"the session is {session['status']!r} right after going live"
        if room is not None and room["session_id"] != host.session_id:
            return f"the room's session_id is {room['session_id']!r}, not {host.session_id!r}: see the relation rooms"
        return "" if session["title"] == host.title else f"its title is {session['title']!r}, not {host.title!r}"

    yield from _check_shown(examination, "sessions", what_is_wrong, "settle")


def check_entry_shown(examination: Examination) -> Iterator[Finding]:
    """The session is listed under the room's id."""
    host = examination.host

    def what_is_wrong(state: State) -> str:
        entries = state.entries(host.room_id)
        if not entries:
            return f"no row has the room_id {host.room_id!r} after going live"
        entry = entries[0]
        if entry["status"] != "live":
            return f"the entry is {entry['status']!r} while the room is live"
        if entry["host_id"] != host.account_id:
            return f"host_id is {entry['host_id']!r}, not {host.account_id!r}"
        return "" if entry["title"] == host.title else f"its title is {entry['title']!r}, not {host.title!r}"

    yield from _check_shown(examination, "listing", what_is_wrong, "listing")


def check_lobby_entry_shown(examination: Examination) -> Iterator[Finding]:
    """The session is listed as live while it is in its lobby: it has begun, and only what is scheduled is to come. No
    line where it is not listed at all: what is wrong with entries was said of a live one."""
    host, to_come = examination.host, "a session in its lobby is listed as upcoming, not as live"

    def what_is_wrong(state: State) -> str:
        return to_come if [entry["status"] for entry in state.entries(host.room_id)] == ["upcoming"] else ""

    found = _check_shown(examination, "listing", what_is_wrong, "listing", row="a session in its lobby")
    yield from (finding for finding in found if to_come in finding.detail)


def check_host_shown(examination: Examination, channel: Channel) -> Iterator[Finding]:
    """The host is known to be present, or inside, once this has announced them, where the file says that it does."""
    host, target = examination.host, examination.target
    after = _ANNOUNCED_BY[channel]

    def flag(state: State) -> str:
        room = state.room(host.room_id)
        return "" if room and room["host_present"] else f"host_present is not true after {after}"

    def inside(state: State) -> str:
        mine = [row for row in state.inside(host.session_id) if row["account_id"] == host.account_id]
        return "" if mine else f"the host {host.account_id!r} has no open row of the session after {after}"

    if channel in target.announces("flag"):
        findings = list(_check_shown(examination, "rooms", flag, "settle", row="host present"))
        if findings:
            examination.observed["host-presence"] = all(finding.condition is Condition.OK for finding in findings)
        yield from findings
    if channel in target.announces("inside") and target.presence.inside is not None:
        yield from _check_shown(examination, "attendance", inside, "settle", row="host inside")


def check_no_host_shown(examination: Examination) -> Iterator[Finding]:
    """There is no host's row of the session, where the file says that there never is."""
    host = examination.host

    def what_is_wrong(state: State) -> str:
        mine = [row for row in state.attendance_of(host.session_id) if row["account_id"] == host.account_id]
        return f"the host {host.account_id!r} has a row, and [presence] inside is empty" if mine else ""

    if not examination.target.presence.has_rows:
        yield from _check_shown(examination, "attendance", what_is_wrong, "settle", row="no host inside")


def check_guest_shown(examination: Examination) -> Iterator[Finding]:
    """The guest is inside the session."""
    host, guest = examination.host, examination.guest

    def what_is_wrong(state: State) -> str:
        rows = state.attendance_of(host.session_id)
        mine = [row for row in rows if row["account_id"] == guest.account_id]
        if not mine:
            who = ", ".join(repr(row["account_id"]) for row in rows) or "nobody"
            return f"the guest {guest.account_id!r} joined, and has no row of the session: {who} has"
        if mine[0]["role"] != "guest":
            return f"the guest's role is {mine[0]['role']!r}"
        return "" if mine[0]["left_at"] is None else "the guest has left_at while inside"

    yield from _check_shown(examination, "attendance", what_is_wrong, "settle")


def _check_shown(
    examination: Examination, relation: str, what_is_wrong: Callable[[State], str], deadline: str, *, row: str = ""
) -> Iterator[Finding]:
    """Waits until nothing is wrong, at most for the deadline; no finding where nobody shows the relation."""
    if relation not in examination.world.source.shows:
        return
    if examination.has(DATABASE) and not examination.has(READABLE_RELATIONS):
        return
    seconds = float(getattr(examination.target.deadlines, deadline))

    def probe() -> str | None:
        try:
            return what_is_wrong(examination.world.look([relation]))
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
    where, described = _source(examination, relation)
    hint = f"either {described} is not right, or the target does not do it within [deadlines] {deadline} = {seconds:g}"
    yield wrong(check, f"{where}: {fault}", hint)


def _source(examination: Examination, relation: str) -> tuple[str, str]:
    """Where in the target's folder the relation is described, and by what."""
    if sources(examination.target)[relation] != GATEWAY:
        return where_query(examination, "relations.sql", relation), "the SELECT"
    operation = "listing" if relation == "listing" else "room_state"
    operation = operation if operation in examination.target.operations else "my_room"
    return examination.where("operations", operation), "`answer` or `statuses`"
