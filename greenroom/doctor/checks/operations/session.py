"""A session in the host's own room is gone through: go live, join, leave, end; on the way strangers are refused."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.core.errors import Inconclusive
from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.checks.operations.gateway_log import check_log
from greenroom.doctor.checks.operations.people_inside import PeopleInside
from greenroom.doctor.checks.operations.refusals import check_second_go_live, check_strangers
from greenroom.doctor.checks.operations.shown_state import (
    check_entry_shown,
    check_guest_shown,
    check_host_shown,
    check_live_room_shown,
    check_no_host_shown,
    check_session_shown,
)
from greenroom.doctor.checks.operations.told import check_end_told, check_room_told, check_sessions_told
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Condition, Finding, not_reached, ok
from greenroom.doctor.prerequisites import READABLE_RELATIONS, ROOM, SESSION, USABLE_OPERATIONS
from greenroom.doctor.sent_operations import expect_refusal, expect_success, send
from greenroom.drivers.logs import GatewayLog

_TOPICS = ["talk"]


@doctor_check(
    CheckSubject.OPERATIONS,
    "session",
    needs=(USABLE_OPERATIONS, ROOM),
    provides=(SESSION,),
    uses=(READABLE_RELATIONS,),
    makes=True,
)
def check_session(examination: Examination) -> Iterator[Finding]:
    """The host goes live, a guest joins and leaves, the host ends; on the way strangers are refused."""
    host, gateway = examination.host, examination.world.gateway
    room = host.room_id
    if not gateway.offers("go_live"):
        return  # the check "described" says so
    if not examination.may_go_live():
        yield not_reached("go_live", examination.limit_reached)
        return
    log = _open_log(examination)
    host.title = examination.world.naming.title()
    asked: dict[str, object] = {"room": room, "title": host.title, "topics": _TOPICS, "key": f"key-{examination.mark}"}
    yield expect_success(examination, "go_live", host, **asked)
    went = examination.went("go_live")
    if went is None:
        return
    examination.establish(SESSION)
    host.session_id = str(went.answer["session"])
    try:
        yield from _check_while_live(examination, asked, log)
    except Inconclusive:
        if gateway.offers("end"):  # later checks find the room at rest
            send(examination, "end", host, room=room)
        raise
    if examination.went("end"):
        finding = expect_refusal(examination, "end", "not_live", host, room=room)
        if finding:
            yield finding


def _check_while_live(examination: Examination, asked: dict[str, object], log: GatewayLog | None) -> Iterator[Finding]:
    """All that can be done while the room is live, to its end. `asked` are the values of the Go Live."""
    host, guest, gateway = examination.host, examination.guest, examination.world.gateway
    room = host.room_id
    yield from check_host_shown(examination, "go_live")
    if gateway.offers("host_present"):
        yield expect_success(examination, "host_present", host, room=room)
    if gateway.offers("host_absent"):
        yield expect_success(examination, "host_absent", host, room=room)
        if gateway.offers("host_present"):
            send(examination, "host_present", host, room=room)
    yield from check_session_shown(examination)
    yield from check_live_room_shown(examination)
    yield from check_room_told(examination)
    yield from check_sessions_told(examination)
    yield from check_entry_shown(examination)
    if examination.went("host_present"):
        yield from check_host_shown(examination, "call")
    yield from check_no_host_shown(examination)
    yield from check_log(examination, log)
    people = PeopleInside(examination)
    people.look()
    if gateway.offers("join"):
        yield expect_success(examination, "join", guest, room=room)
        if examination.went("join"):
            yield from check_guest_shown(examination)
            people.look()
    refusals = [*check_strangers(examination)]
    if gateway.offers("disconnect"):
        yield expect_success(examination, "disconnect", guest, room=room)
        if gateway.offers("join"):
            send(examination, "join", guest, room=room)
    if gateway.offers("leave"):
        yield expect_success(examination, "leave", guest, room=room)
        people.look()
        yield from people.suggest()
    yield from _check_putting_out(examination)
    refusals += [*check_second_go_live(examination, asked)]
    yield from (finding for finding in refusals if finding is not None)
    described = [one for one in refusals if one is None or one.condition is not Condition.NOT_DECLARED]
    if not any(described):
        yield ok("refusals", f"{len(described)} tried, each as described")
    if gateway.offers("end"):
        yield expect_success(examination, "end", host, room=room)
        yield from check_end_told(examination)


def _check_putting_out(examination: Examination) -> Iterator[Finding]:
    """The guest comes back and is put out, in each way that is described. A ban of somebody who is only borrowed would
    stay for good."""
    host, guest, gateway = examination.host, examination.guest, examination.world.gateway
    for operation in ("kick", "ban"):
        if not gateway.offers(operation) or not gateway.offers("join"):
            continue
        if operation == "ban" and examination.borrows:
            yield not_reached("ban", "rooms are borrowed here, and a ban could not be undone")
            continue
        send(examination, "join", guest, room=host.room_id)
        yield expect_success(examination, operation, host, room=host.room_id, guest=guest.account_id)
        if operation == "ban":
            examination.observed["banning"] = examination.went("ban") is not None


def _open_log(examination: Examination) -> GatewayLog | None:
    """The gateway's log from now on; None when the file does not say where it is."""
    target = examination.target
    if target.logs.gateway_file or target.logs.gateway_command:
        return GatewayLog(target.logs, target.folder)
    return None
