"""The gateway's operations as written: known by name, with the words in their answers that the vocabulary relies on."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.doctor.finding import Finding, not_declared, ok, wrong
from greenroom.doctor.patient import Patient
from greenroom.targetfile.model import Target
from greenroom.targetfile.operations import OPERATIONS, PAGE_REQUESTS, REFUSALS
from greenroom.targetfile.soundness import suggest

_NEEDED = {
    "go_live": "the request that starts a session, answer = { session = ... }",
    "end": "the request that ends it",
    "join": "the request by which a guest comes in",
}


def described(patient: Patient) -> Iterator[Finding]:
    """Gives `operations` when there are any."""
    target = patient.target
    if not target.operations:
        patient.undeclared.add("operations")
        yield not_declared("described", "no [operations]: everything is done on the page")
        return
    answers = list(_answers(patient))
    findings = [*_names(patient), *answers, *_needed(patient)]
    yield from findings
    if not findings:
        yield ok("described", f"{len(target.operations)} operations, {_refusals(target)} refusals")
    if not answers:  # without their words nothing could follow from what they do
        patient.things.add("operations")


def _names(patient: Patient) -> Iterator[Finding]:
    for name, operation in patient.target.operations.items():
        where = patient.where("operations", name)
        if name not in OPERATIONS:
            detail = f"{where}: nobody ever asks for the operation {name!r}"
            yield wrong("described", detail, suggest(name, OPERATIONS, "known: "))
        for refusal in operation.refusals:
            if refusal not in REFUSALS:
                where = patient.where("operations", name, "refusals", refusal)
                detail = f"{where}: nobody knows the refusal {refusal!r}"
                yield wrong("described", detail, suggest(refusal, REFUSALS, "known: "))
    for name in patient.target.page_requests:
        if name not in PAGE_REQUESTS and name not in OPERATIONS:
            detail = f"{patient.where('page_requests', name)}: nobody ever asks for the page request {name!r}"
            yield wrong("described", detail, suggest(name, PAGE_REQUESTS, "known: "))


def _answers(patient: Patient) -> Iterator[Finding]:
    for name, operation in patient.target.operations.items():
        spec = OPERATIONS.get(name)
        for word in spec.answers if spec else ():
            if word not in operation.answer:
                where = patient.where("operations", name)
                hint = f'answer = {{ {word} = "..." }}, with the JMESPath of the {word}\'s id in the answer'
                yield wrong("described", f"{where}: [operations.{name}] needs `answer.{word}`", hint)


def _needed(patient: Patient) -> Iterator[Finding]:
    target = patient.target
    for name, what in _NEEDED.items():
        if name not in target.operations:
            yield wrong(
                "described", f"{patient.where('operations')}: no operation {name!r}", f"[operations.{name}]: {what}"
            )
    if target.people.source == "api" and not {"create_room", "my_room"} & set(target.operations):
        words = target.people.request.answer if target.people.request else {}
        if not {"room", "room_or_none"} & set(words):
            detail = f"{patient.where('operations')}: nothing says how a person comes to a room"
            hint = "[operations.create_room], or `room` in the answer of [people.request]"
            yield wrong("described", detail, hint)


def _refusals(target: Target) -> int:
    return sum(len(operation.refusals) for operation in target.operations.values())
