"""Every operation of the data API reaches a table or a function."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, not_reached, ok, wrong
from greenroom.doctor.prerequisites import ROOM
from greenroom.doctor.sent_operations import answer_text, send
from greenroom.drivers.outcome import Broke, Refused
from greenroom.targetfile.operations import LISTING_WRITES, WRITES_TO_TABLES

_NOTHING_THERE = frozenset({400, 404, 405, 415})
"""What a data API answers when it is asked for something that it does not have."""


@doctor_check(CheckSubject.CAPABILITIES, "data API", needs=(ROOM,), makes=True)
def check_data_api(examination: Examination) -> Iterator[Finding]:
    """Each is sent as the guest, against the doctor's own room at rest: it may be refused, but must reach something."""
    described = examination.target.operations
    names = [name for name in WRITES_TO_TABLES if name in described]
    unwritten = LISTING_WRITES if examination.target.states.entries_follow else frozenset()
    if not names or names == ["reset"]:
        return  # a reset alone is the gateway's own, and tried with it
    if examination.borrows:
        detail = "rooms are borrowed here: a write that is let through, as none should be, could not be undone"
        yield not_reached("data API", detail)
        return
    for service in sorted({described[name].service for name in names}):
        examination.require_service(service)
    host, guest, naming = examination.host, examination.guest, examination.world.naming
    faults = 0
    for name in names:
        outcome = send(examination, name, guest, room=host.room_id, title=naming.title())
        if name in unwritten:
            continue  # there is nothing to be reached: a view may fail at it like anything that nobody provided for
        if isinstance(outcome, Broke) or (isinstance(outcome, Refused) and outcome.status in _NOTHING_THERE):
            faults += 1
            detail = f"{examination.where('operations', name)}: answered {outcome.status}: it reaches nothing"
            yield wrong(name, detail, answer_text(outcome))
    examination.observed["data-api"] = not faults
    if not faults:
        yield ok("data API", f"{len(set(names) - unwritten)} operations reach it")
