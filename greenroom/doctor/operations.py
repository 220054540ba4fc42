"""Operations are really sent, each harmless to anybody else: a room of one's own, a session in it, a guest, an end."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.core.deadlines import eventually
from greenroom.core.errors import Inconclusive
from greenroom.doctor.finding import Finding, cant_tell, not_reached, ok, wrong
from greenroom.doctor.patient import Patient
from greenroom.doctor.sending import NOBODY, attempt, carry_out, refuse
from greenroom.doctor.sightings import sees_entry, sees_guest, sees_host, sees_live_room, sees_room, sees_session
from greenroom.drivers.logs import GatewayLog, in_order
from greenroom.drivers.outcome import Refused, Went

_TOPICS = ["talk"]


def own_room(patient: Patient) -> Iterator[Finding]:
    """The host has a room: the person came with it, or `create_room` makes it. Gives `a room`."""
    patient.require_service("gateway")
    if blank := patient.blank("operations"):
        yield wrong("own room", f"{blank}: still the skeleton's CHANGE-ME", "the path of the gateway's own route")
        return
    host, offers = patient.host, patient.world.gateway.offers
    if offers("create_room") and not host.room_id:
        yield carry_out(patient, "create_room", host, title=patient.world.naming.title())
        if made := patient.went("create_room"):
            patient.world.people.owns(host, str(made.answer["room"]))
    if offers("my_room"):
        yield carry_out(patient, "my_room", host)
        mine = patient.went("my_room")
        if mine is not None and host.room_id and str(mine.answer["room"]) != host.room_id:
            where = patient.where("operations", "my_room", "answer")
            detail = f"{where}: it gives room {mine.answer['room']!r}, and the host's is {host.room_id!r}"
            yield wrong("my_room", detail, "both must give the same id")
        if mine is not None and not host.room_id:
            patient.world.people.owns(host, str(mine.answer["room"]))
    if not host.room_id:
        yield not_reached("own room", "the host has no room")
        return
    yield from sees_room(patient)
    if offers("room_state"):
        yield carry_out(patient, "room_state", host, room=host.room_id)
    patient.things.add("a room")


def session(patient: Patient) -> Iterator[Finding]:
    """The host goes live, a guest joins and leaves, the host ends; on the way strangers are refused."""
    host, gateway = patient.host, patient.world.gateway
    room = host.room_id
    if not gateway.offers("go_live"):
        return  # `described` says so
    if not patient.may_go_live():
        yield not_reached("go_live", patient.limited)
        return
    _watch_log(patient)
    host.title = patient.world.naming.title()
    wish: dict[str, object] = {"room": room, "title": host.title, "topics": _TOPICS, "key": f"key-{patient.mark}"}
    yield carry_out(patient, "go_live", host, **wish)
    went = patient.went("go_live")
    if went is None:
        return
    patient.things.add("a session")
    host.session_id = str(went.answer["session"])
    try:
        yield from _while_live(patient, wish)
    except Inconclusive:
        if gateway.offers("end"):  # later checks find the room at rest
            attempt(patient, "end", host, room=room)
        raise
    if patient.went("end"):
        finding = refuse(patient, "end", "not_live", host, room=room)
        if finding:
            yield finding


def _while_live(patient: Patient, wish: dict[str, object]) -> Iterator[Finding]:
    """All that can be done while the room is live, to its end."""
    host, guest, gateway = patient.host, patient.guest, patient.world.gateway
    room = host.room_id
    if gateway.offers("host_present"):
        yield carry_out(patient, "host_present", host, room=room)
    yield from sees_session(patient)
    yield from sees_live_room(patient)
    yield from sees_entry(patient)
    yield from sees_host(patient)
    yield from _log(patient)
    if gateway.offers("join"):
        yield carry_out(patient, "join", guest, room=room)
        if patient.went("join"):
            yield from sees_guest(patient)
    refused = [*_refusals(patient)]
    if gateway.offers("leave"):
        yield carry_out(patient, "leave", guest, room=room)
    refused += [*_again(patient, wish)]
    yield from (finding for finding in refused if finding is not None)
    if not any(refused):
        yield ok("refusals", f"{len(refused)} tried, each as described")
    if gateway.offers("end"):
        yield carry_out(patient, "end", host, room=room)


def _refusals(patient: Patient) -> Iterator[Finding | None]:
    """What must be refused while the room is live; None for each that was."""
    host, guest, target = patient.host, patient.guest, patient.target
    room, offers = host.room_id, patient.world.gateway.offers
    cases = [
        ("end", "not_host", guest, room),
        ("end", "unauthenticated", NOBODY, room),
        ("end", "not_found", host, target.unknown_room),
        ("end", "malformed", host, target.malformed_room),
        ("my_room", "unauthenticated", NOBODY, room),
        ("room_state", "unauthenticated", NOBODY, room),
    ]
    for name, refusal, who, which in cases:
        if offers(name):
            yield refuse(patient, name, refusal, who, room=which)


def _again(patient: Patient, wish: dict[str, object]) -> Iterator[Finding | None]:
    """A second Go Live: with the same key it is a repetition, with another a conflict, or it heals."""
    host, target = patient.host, patient.target
    if any("{key}" in str(part) for part in (target.operations["go_live"].json_, target.operations["go_live"].form)):
        if patient.may_go_live():
            outcome = attempt(patient, "go_live", host, **wish)
            same = isinstance(outcome, Went) and str(outcome.answer["session"]) == host.session_id
            patient.observed["idempotency"] = same
        else:
            yield not_reached("go_live: again", patient.limited)
    if not patient.may_go_live():
        yield not_reached("go_live: not_idle", patient.limited)
        return
    other = wish | {"key": f"other-{patient.mark}"}
    if not target.can("self-reset"):
        finding = refuse(patient, "go_live", "not_idle", host, **other)
        if finding is not None and finding.state == "ok":  # carried out: the session may be a new one
            where = patient.where("capabilities") if target.capabilities else patient.where()
            hint = 'add "self-reset" to capabilities, if that is meant to be; else a promise (R3) is broken'
            yield wrong("go_live: not_idle", f"{where}: Go Live on a room that is in use is carried out", hint)
            return
        yield finding
        return
    outcome = attempt(patient, "go_live", host, **other)
    patient.observed["self-reset"] = isinstance(outcome, Went)
    if isinstance(outcome, Went):
        host.session_id = str(outcome.answer["session"])
    elif not isinstance(outcome, Refused):
        yield cant_tell("go_live: again", f"answered {outcome.status}")


def _watch_log(patient: Patient) -> None:
    logs = patient.target.logs
    if logs.gateway_file or logs.gateway_command:
        patient.log = GatewayLog(logs, patient.target.folder)


def _log(patient: Patient) -> Iterator[Finding]:
    """The documented lines, where the file says what they are."""
    logs = patient.target.logs
    if patient.log is None or not (logs.session_created and logs.listing_synced):
        return
    log = patient.log
    patterns = [logs.session_created.replace("{session}", patient.host.session_id), logs.listing_synced]
    missing, _ = eventually(
        lambda: in_order(log.fresh(), patterns), lambda one: not one, patient.target.deadlines.settle
    )
    patient.observed["gateway-log"] = not missing
    if not missing:
        yield ok("gateway's log", "both documented lines, in their order")
        return
    key = "session_created" if missing == patterns[0] else "listing_synced"
    last = log.fresh().strip().splitlines()[-1:] or ["nothing"]
    yield wrong(
        "gateway's log", f"{patient.where('logs', key)}: no line fits {missing!r}", f"it logged: {last[0][:160]}"
    )
