"""Each capability that is declared is backed by what the file says and by what was seen; others are suggested."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.doctor.backing import BACKING
from greenroom.doctor.finding import Finding, not_declared, ok, wrong
from greenroom.doctor.patient import Patient
from greenroom.targetfile.model import CAPABILITIES, DESTRUCTIVE

_UNSEEN = {
    "client-fallback": "the page did not end the room when the gateway failed",
    "scheduling": "the session could not be scheduled",
    "lobby": "a session could not begin in a lobby",
    "cancelling": "the session could not be cancelled",
    "idempotency": "the same key gave another session, or none",
    "host-presence": "the relation rooms never had host_present after `host_present`",
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


def capabilities(patient: Patient) -> Iterator[Finding]:
    """One line for each that is declared, and one for each that seems to be there and is not."""
    declared = patient.target.capabilities
    for number, name in enumerate(declared):
        where = patient.where("capabilities", number)
        lack = next(BACKING[name](patient), None) if name in BACKING else None
        if lack is not None:
            yield wrong(name, f"{where}: declared, but {lack.what}", lack.hint)
        elif patient.observed.get(name) is False:
            yield wrong(name, f"{where}: declared, but {_UNSEEN.get(name, 'it was not seen')}", _either(name))
        else:
            seen = "seen to work" if patient.observed.get(name) else "described"
            yield ok(name, f"{CAPABILITIES[name]} ({seen})")
    for name in CAPABILITIES:
        if name not in declared and _apparent(patient, name):
            how = "it was seen to work" if patient.observed.get(name) else "the file describes it"
            yield not_declared(name, f"{CAPABILITIES[name]}: {how}", f'add "{name}" to capabilities')


def _apparent(patient: Patient, name: str) -> bool:
    if name in DESTRUCTIVE and patient.target.environment != "disposable":
        return False
    if patient.observed.get(name) is not None:
        return patient.observed[name]
    return name in _BY_DESCRIPTION and name in BACKING and next(BACKING[name](patient), None) is None


_BY_DESCRIPTION = frozenset(
    {"scheduling", "lobby", "cancelling", "host-presence", "idempotency", "conflict-notice", "multi-tenant"}
    | {"data-api", "migration", "database-faults", "restart"}
)


def _either(name: str) -> str:
    return f'mend what describes it, or take "{name}" out of capabilities'
