"""Sends one operation and says what came of it, with what the answer held where the file said something else."""

from __future__ import annotations

from typing import Any

from greenroom.doctor.finding import Finding, ok, wrong
from greenroom.doctor.patient import Patient
from greenroom.drivers.outcome import Broke, Outcome, Refused, Went
from greenroom.people.person import Person
from greenroom.relations.state import show
from greenroom.targetfile.operations import REFUSALS

NOBODY = Person("nobody", None)


def carry_out(patient: Patient, operation: str, who: Person, **values: Any) -> Finding:
    """It must go well. The outcome is kept among those `tried`."""
    outcome = attempt(patient, operation, who, **values)
    patient.tried[operation] = outcome
    match outcome:
        case Went():
            found = ", ".join(f"{word} {show(value)}" for word, value in outcome.answer.items())
            return ok(operation, f"{_status(outcome)}{'; ' + found if found else ''}")
        case Refused():
            named = f" ({outcome.name})" if outcome.name else ""
            detail = f"{patient.where('operations', operation)}: refused: {_status(outcome)} {outcome.code}{named}"
            return wrong(operation, detail, said(outcome))
        case Broke():
            return wrong(operation, f"{_place(patient, operation, outcome)}: {outcome.why}", _broken_hint(outcome))


def refuse(patient: Patient, operation: str, refusal: str, who: Person, **values: Any) -> Finding | None:
    """It must be refused as the file says; None when it was, so that all that were are one line."""
    outcome = attempt(patient, operation, who, **values)
    described = patient.target.operations[operation].refusals.get(refusal)
    check = f"{operation}: {refusal}"
    if isinstance(outcome, Went):
        return ok(check, f"carried out, though {REFUSALS[refusal]}: a promise is broken here, the file is not wrong")
    code = outcome.code if isinstance(outcome, Refused) else ""
    written = f"{refusal} = {{ status = {_status(outcome)}{f', code = {chr(34)}{code}{chr(34)}' if code else ''} }}"
    if described is None:
        detail = f"{patient.where('operations', operation)}: when {REFUSALS[refusal]} it says {_status(outcome)} {code}"
        return wrong(check, detail.rstrip(), f"[operations.{operation}.refusals]  {written}")
    if isinstance(outcome, Refused) and outcome.name == refusal:
        return None
    if isinstance(outcome, Refused) and _covers(patient, operation, outcome, refusal):
        detail = f"the answer reads as {outcome.name!r}, which comes first and has the same status and code"
        where = patient.where("operations", operation, "refusals", refusal)
        return wrong(check, f"{where}: {detail}", "give each refusal its code, or leave one out")
    where = patient.where("operations", operation, "refusals", refusal)
    detail = f"{where}: when {REFUSALS[refusal]} it says {_status(outcome)} {code}".rstrip()
    expected = f"{described.status} {described.code}".rstrip()
    return wrong(check, f"{detail}, not {expected}", f"{written}, if that is the documented answer")


def attempt(patient: Patient, operation: str, who: Person, **values: Any) -> Outcome:
    """One request, whatever comes of it. Raises TargetUnavailable or Throttled."""
    return patient.world.gateway.attempt(operation, who.account, **values)


def said(outcome: Outcome) -> str:
    """The beginning of the answer."""
    body = " ".join(outcome.exchange.response_body.split())[:200]
    return f"{outcome.exchange.method} {outcome.exchange.url} answered: {body or '(nothing)'}"


def _covers(patient: Patient, operation: str, outcome: Refused, refusal: str) -> bool:
    refusals = patient.target.operations[operation].refusals
    wanted = refusals[refusal]
    return wanted.status == outcome.status and wanted.code in ("", outcome.code) and bool(outcome.name)


def _place(patient: Patient, operation: str, outcome: Broke) -> str:
    return patient.where("operations", operation, "answer" if "without" in outcome.why else "success")


def _broken_hint(outcome: Broke) -> str:
    if "without" in outcome.why:
        return f"the JMESPath finds nothing; {said(outcome)}"
    if outcome.status < 400:
        return f"add {outcome.status} to `success`, if that is the documented answer; {said(outcome)}"
    return said(outcome)


def _status(outcome: Outcome) -> str:
    return str(outcome.exchange.status)
