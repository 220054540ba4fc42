"""What must be refused while a room is live is refused, in the words of the target file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from greenroom.core.placeholders import holes
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Condition, Finding, cant_tell, not_declared, not_reached, wrong
from greenroom.doctor.sent_operations import SIGNED_OUT, expect_refusal, refusal_line, send
from greenroom.drivers.outcome import CarriedOut, Refused


def check_strangers(examination: Examination) -> Iterator[Finding | None]:
    """Requests by those who may not send them, and for rooms that are not there; None for each that was refused."""
    host, guest, target = examination.host, examination.guest, examination.target
    room, offers = host.room_id, examination.world.gateway.offers
    cases = [
        ("end", "not_host", guest, room),
        ("end", "unauthenticated", SIGNED_OUT, room),
        ("end", "not_found", host, target.unknown_room),
        ("end", "malformed", host, target.malformed_room),
        ("my_room", "unauthenticated", SIGNED_OUT, room),
        ("room_state", "unauthenticated", SIGNED_OUT, room),
    ]
    for operation, refusal, person, asked_room in cases:
        if offers(operation):
            yield expect_refusal(examination, operation, refusal, person, room=asked_room)
    yield from _check_not_told(examination)


def _check_not_told(examination: Examination) -> Iterator[Finding]:
    """How others are refused for rooms that are not there, where the file does not say it and a scenario would ask."""
    host, target = examination.host, examination.target
    rooms = {"not_found": target.unknown_room, "malformed": target.malformed_room}
    for operation, refusal in (("cancel", "not_found"), ("cancel", "malformed"), ("join", "not_found")):
        described = target.operations.get(operation)
        if described is None or refusal in described.refusals or not described.names_room:
            continue
        outcome = send(examination, operation, host, room=rooms[refusal])
        if isinstance(outcome, Refused):
            hint = f"[operations.{operation}.refusals]  {refusal_line(refusal, outcome.status, outcome.code)}"
            detail = f"{examination.where('operations', operation)}: what needs it is not applicable"
            yield not_declared(f"{operation}: {refusal}", detail, hint)


def check_second_go_live(examination: Examination, asked: Mapping[str, object]) -> Iterator[Finding | None]:
    """A second Go Live with the values of the first: with the same key it is a repetition, with another one a conflict,
    or the room is reset. None for each that was refused as described."""
    host, target = examination.host, examination.target
    described = target.operations["go_live"]
    if "key" in holes((described.json_, described.form, described.headers, described.query)):
        if examination.may_go_live():
            outcome = send(examination, "go_live", host, **asked)
            same = isinstance(outcome, CarriedOut) and str(outcome.answer["session"]) == host.session_id
            examination.observed["idempotency"] = same
        else:
            yield not_reached("go_live: again", examination.limit_reached)
    if not examination.may_go_live():
        yield not_reached("go_live: not_idle", examination.limit_reached)
        return
    with_another_key = {**asked, "key": f"other-{examination.mark}"}
    if target.can("self-reset"):
        yield from _check_self_reset(examination, with_another_key)
        return
    finding = expect_refusal(examination, "go_live", "not_idle", host, **with_another_key)
    if finding is not None and finding.condition is Condition.OK:  # carried out: the session may be a new one
        where = examination.where("capabilities") if target.capabilities else examination.where()
        hint = 'add "self-reset" to capabilities, if that is meant to be; else a promise (R3) is broken'
        yield wrong("go_live: not_idle", f"{where}: Go Live on a room that is in use is carried out", hint)
        return
    yield finding


def _check_self_reset(examination: Examination, asked: Mapping[str, object]) -> Iterator[Finding]:
    """Go Live on a room that is in use is carried out, where the target declares that."""
    host = examination.host
    outcome = send(examination, "go_live", host, **asked)
    examination.observed["self-reset"] = isinstance(outcome, CarriedOut)
    if isinstance(outcome, CarriedOut):
        host.session_id = str(outcome.answer["session"])
    elif not isinstance(outcome, Refused):
        yield cant_tell("go_live: again", f"answered {outcome.status}")
