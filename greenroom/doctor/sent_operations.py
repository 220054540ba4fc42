"""Sends one operation, and compares the answer with what the target file says of it."""

from __future__ import annotations

import json
from typing import Any

from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, ok, wrong
from greenroom.drivers.outcome import Broke, CarriedOut, Outcome, Refused
from greenroom.people.person import Person
from greenroom.relations.state import show
from greenroom.targetfile.operations import READS, REFUSALS

SIGNED_OUT = Person("nobody", None)
_OF_A_ROOM = ("not_host", "not_found", "malformed")
"""Refusals that are about the room which a request names."""
_OPEN_TO_ALL = READS - {"my_room"}
"""What may be read by everybody, unless the file says that it is refused."""


def expect_success(examination: Examination, operation: str, person: Person, **values: Any) -> Finding:
    """It must be carried out. The examination keeps the outcome: see `Examination.went`.

    `values` fill the placeholders of the request. Raises TargetUnavailable or Throttled.
    """
    outcome = send(examination, operation, person, **values)
    examination.outcomes[operation] = outcome
    where = examination.where("operations", operation)
    match outcome:
        case CarriedOut():
            found = ", ".join(f"{word} {show(value)}" for word, value in outcome.answer.items())
            return ok(operation, f"{_status(outcome)}{'; ' + found if found else ''}")
        case Refused():
            named = f" ({outcome.name})" if outcome.name else ""
            detail = f"{where}: refused: {_status(outcome)} {outcome.code}{named}"
            return wrong(operation, detail, answer_text(outcome))
        case Broke():
            return _broke(examination, operation, outcome)


def expect_refusal(
    examination: Examination, operation: str, refusal: str, person: Person, **values: Any
) -> Finding | None:
    """It must be refused as the file says; None when it was, or can't be asked: all such are one line of the table.

    Raises TargetUnavailable or Throttled.
    """
    if refusal in _OF_A_ROOM and not examination.target.operations[operation].names_room:
        return None  # it is about the room of whoever asks, and nobody can ask it of another
    outcome = send(examination, operation, person, **values)
    described = examination.target.operations[operation].refusals.get(refusal)
    check = f"{operation}: {refusal}"
    if isinstance(outcome, CarriedOut) and operation in _OPEN_TO_ALL and described is None:
        return ok(check, "whoever is not signed in is told as well")
    if isinstance(outcome, CarriedOut):
        hint = "a promise is broken here; unless the answer says no in its body, which `when` of a refusal can tell"
        return ok(check, f"carried out, though {REFUSALS[refusal]}: {hint}")
    code = outcome.code if isinstance(outcome, Refused) else ""
    line = refusal_line(refusal, _status(outcome), code)
    answered = f"when {REFUSALS[refusal]} it says {_status(outcome)} {code}".rstrip()
    if isinstance(outcome, Refused) and refusal in outcome.names:
        return None
    path = ("operations", operation) if described is None else ("operations", operation, "refusals", refusal)
    where = examination.where(*path)
    if isinstance(outcome, Broke) and 0 < outcome.status < 300:
        hint = f"a success refuses nothing; if its answer says no, `when` of the refusal {refusal!r} tells it"
        return wrong(check, f"{where}: {answered}", f"{hint}; {answer_text(outcome)}")
    if described is None:
        return wrong(check, f"{where}: {answered}", f"[operations.{operation}.refusals]  {line}")
    expected = f"{described.status} {described.code}".rstrip()
    return wrong(check, f"{where}: {answered}, not {expected}", f"{line}, if that is the documented answer")


def refusal_line(refusal: str, status: object, code: str) -> str:
    """The line of the target file for a refusal. What stands where codes do may be a sentence, which names what was
    asked for and is another for each: that is no code, and the status alone is written."""
    written = f", code = {json.dumps(code)}" if code and not any(map(str.isspace, code)) else ""
    return f"{refusal} = {{ status = {status}{written} }}"


def send(examination: Examination, operation: str, person: Person, **values: Any) -> Outcome:
    """One request, whatever comes of it. Raises TargetUnavailable or Throttled."""
    return examination.world.gateway.attempt(operation, person.account, **values)


def answer_text(outcome: Outcome) -> str:
    """The beginning of the answer, for a hint."""
    body = " ".join(outcome.exchange.response_body.split())[:200]
    return f"{outcome.exchange.method} {outcome.exchange.url} answered: {body or '(nothing)'}"


def _broke(examination: Examination, operation: str, outcome: Broke) -> Finding:
    """The answer is neither the documented success nor a refusal."""
    lacks_word = "without" in outcome.why
    where = examination.where("operations", operation, "answer" if lacks_word else "success")
    hint = answer_text(outcome)
    if lacks_word:
        hint = f"the JMESPath finds nothing; {hint}"
    elif 300 <= outcome.status < 400:
        hint = f"`follow = true`, if clients follow it; `location`, if its address tells an id: {_leads_to(outcome)}"
    elif 0 < outcome.status < 400:
        hint = f"add {outcome.status} to `success`, if that is the documented answer; {hint}"
    return wrong(operation, f"{where}: {outcome.why}", hint)


def _leads_to(outcome: Outcome) -> str:
    """Where a redirect leads to, as it says it."""
    headers = {name.lower(): value for name, value in outcome.exchange.response_headers.items()}
    return headers.get("location", "(nowhere)")


def _status(outcome: Outcome) -> str:
    return str(outcome.exchange.status)
