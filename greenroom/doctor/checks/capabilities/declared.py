"""Each capability that is declared is backed by what the file says and by what was seen; others are suggested."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.checks.capabilities.requirements import missing_for
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, not_declared, not_reached, ok, wrong
from greenroom.doctor.prerequisites import MEMBERS, SESSION
from greenroom.targetfile.capabilities import CAPABILITIES, DESTRUCTIVE
from greenroom.targetfile.operations import OPERATIONS

_NOT_SEEN = {
    "client-fallback": "the page did not end the room when the gateway failed",
    "room-fallback": "the page did not go live when the gateway could not tell the room",
    "scheduling": "the session could not be scheduled",
    "lobby": "a session could not begin in a lobby",
    "cancelling": "the session could not be cancelled",
    "idempotency": "the same key gave another session, or none",
    "planned-end": "Go Live with a planned end was not carried out",
    "capacity": "Go Live with a number of people was not carried out",
    "banning": "a guest could not be banned",
    "admission": "nobody was let in from the lobby, and nobody turned away",
    "private-sessions": "a session that is not public could not begin",
    "host-presence": "the relation rooms never had host_present once the host was announced",
    "self-reset": "Go Live on a room that is in use was refused",
    "conflict-notice": "the page recovered without saying that it retries",
    "public-listing": "a visitor who is not signed in did not see the session on the listing",
    "host-lookup": "the page did not ask who hosts the room",
    "data-api": "it did not answer as a data API does",
    "console-log": "the page did not log the documented lines",
    "gateway-log": "the gateway did not log the documented lines",
    "multi-tenant": "nobody of another tenant could be made",
    "first-room": "people have rooms from the start",
}


_BY_DESCRIPTION = frozenset(
    {"scheduling", "lobby", "cancelling", "host-presence", "idempotency", "conflict-notice", "multi-tenant"}
    | {"planned-end", "capacity", "banning", "admission", "private-sessions"}
    | {"page-reset", "reset", "data-api", "migration", "database-faults", "restart"}
)
"""Capabilities of which the description in the file is sign enough."""


@doctor_check(CheckSubject.CAPABILITIES, "capabilities", needs=(MEMBERS,), uses=(SESSION,))
def check_capabilities(examination: Examination) -> Iterator[Finding]:
    """One line for each that is declared, and one for each that seems to be there and is not declared."""
    declared = examination.target.capabilities
    for number, name in enumerate(declared):
        where = examination.where("capabilities", number)
        missing = missing_for(name, examination)
        if missing is not None:
            yield wrong(name, f"{where}: declared, but {missing.what}", missing.hint)
        elif examination.observed.get(name) is False:
            hint = f'mend what describes it, or take "{name}" out of capabilities'
            yield wrong(name, f"{where}: declared, but {_NOT_SEEN.get(name, 'it was not seen')}", hint)
        elif broken := _did_not_work(examination, name):
            yield not_reached(name, f"declared, but {broken!r} did not work, as said above")
        else:
            seen = "seen to work" if examination.observed.get(name) else "described"
            yield ok(name, f"{CAPABILITIES[name]} ({seen})")
    for name in CAPABILITIES:
        if not examination.target.can(name) and _seems_available(examination, name):
            how = "it was seen to work" if examination.observed.get(name) else "the file describes it"
            yield not_declared(name, f"{CAPABILITIES[name]}: {how}", f'add "{name}" to capabilities')


def _did_not_work(examination: Examination, capability: str) -> str:
    """The operation of a capability that was sent and not carried out, or ""."""
    named = (name for name, spec in OPERATIONS.items() if spec.capability == capability != "data-api")
    return next((name for name in named if name in examination.outcomes and not examination.went(name)), "")


def _seems_available(examination: Examination, name: str) -> bool:
    if name in DESTRUCTIVE and examination.target.environment != "disposable":
        return False
    if not examination.observed.get(name, name in _BY_DESCRIPTION):
        return False
    return missing_for(name, examination) is None  # else declaring it would be wrong at once
