"""Ids are what the file says that they are in JSON: text, or numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from greenroom.core.placeholders import alone
from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, ok, wrong
from greenroom.doctor.prerequisites import ROOM, USABLE_OPERATIONS
from greenroom.drivers.outcome import CarriedOut, Outcome, Refused
from greenroom.targetfile.model import Target
from greenroom.targetfile.operations import IDS

_TOLD = ("room", "session", "session_or_none", "ended_or_none", "host", "account")
"""Words of an answer that are an id."""


@doctor_check(CheckSubject.OPERATIONS, "ids", needs=(USABLE_OPERATIONS, ROOM))
def check_ids(examination: Examination) -> Iterator[Finding]:
    """The answers tell of which kind ids are; bodies have to hold the same, where another is refused."""
    target, outcomes = examination.target, examination.outcomes
    complaint, hint = complaint_about(target, outcomes)
    if complaint:
        where = examination.where("ids") if "ids" in target.model_fields_set else examination.where()
        yield wrong("ids", f"{where}: {complaint}", hint)
    elif _told(outcomes):
        yield ok("ids", f"{'numbers' if target.ids == 'number' else 'text'} in the JSON of requests")


def complaint_about(target: Target, outcomes: Mapping[str, Outcome]) -> tuple[str, str]:
    """What is wrong with `ids`, as far as the operations that were sent tell, and how to mend it; "" for nothing."""
    told = _told(outcomes)
    odd = next((value for value in told if target.ids == "number" and not str(value).isdigit()), None)
    if odd is not None:
        return f"ids are said to be numbers, and {odd!r} is one", 'ids = "text"'
    kinds = {"number" if isinstance(value, int) else "text" for value in told}
    if len(kinds) != 1 or target.ids in kinds:
        return "", ""
    for name, outcome in outcomes.items():
        if isinstance(outcome, Refused) and alone(target.operations[name].json_) & IDS:
            (kind,) = kinds
            return f"{name} is refused; its body holds an id as {target.ids}, and answers as {kind}", f'ids = "{kind}"'
    return "", ""


def _told(outcomes: Mapping[str, Outcome]) -> list[object]:
    answers = [outcome.answer for outcome in outcomes.values() if isinstance(outcome, CarriedOut)]
    return [answer[word] for answer in answers for word in _TOLD if answer.get(word) is not None]
