"""The gateway's operations as written: known by name, with the words in their answers that the vocabulary relies on."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, not_declared, ok, wrong
from greenroom.doctor.prerequisites import TARGET_FILE, USABLE_OPERATIONS
from greenroom.targetfile.model import Target
from greenroom.targetfile.operations import OPERATIONS, PAGE_REQUESTS, REFUSALS
from greenroom.targetfile.soundness import missing_answers, suggest

_NEEDED = {
    "go_live": "the request that starts a session, answer = { session = ... }",
    "end": "the request that ends it",
    "join": "the request by which a guest comes in",
}


@doctor_check(CheckSubject.OPERATIONS, "described", needs=(TARGET_FILE,), provides=(USABLE_OPERATIONS,))
def check_described(examination: Examination) -> Iterator[Finding]:
    """Names, answer words, and the operations without which little can be tried."""
    target = examination.target
    if not target.operations:
        yield not_declared("described", "no [operations]: everything is done on the page")
        return
    if unfilled := examination.unfilled("operations"):
        yield wrong("described", f"{unfilled}: still the skeleton's CHANGE-ME", "the path of the gateway's own route")
        return
    missing_words = list(_missing_words(examination))
    findings = [*_unknown_names(examination), *missing_words, *_missing_operations(examination)]
    yield from findings
    if not findings:
        yield ok("described", f"{len(target.operations)} operations, {_refusal_count(target)} refusals")
    if not missing_words:  # without them nothing could follow from what an operation does
        examination.establish(USABLE_OPERATIONS)


def _unknown_names(examination: Examination) -> Iterator[Finding]:
    for name, operation in examination.target.operations.items():
        where = examination.where("operations", name)
        if name not in OPERATIONS and difflib.get_close_matches(name, OPERATIONS, n=1):
            # any other name is an operation of the target's own: those who may not try it, too (S6)
            detail = f"{where}: nobody ever asks for the operation {name!r}"
            yield wrong("described", detail, suggest(name, OPERATIONS, "known: "))
        for refusal in operation.refusals:
            if refusal not in REFUSALS:
                where = examination.where("operations", name, "refusals", refusal)
                detail = f"{where}: nobody knows the refusal {refusal!r}"
                yield wrong("described", detail, suggest(refusal, REFUSALS, "known: "))
    for name in examination.target.page_requests:
        if name not in PAGE_REQUESTS and name not in OPERATIONS:
            detail = f"{examination.where('page_requests', name)}: nobody ever asks for the page request {name!r}"
            yield wrong("described", detail, suggest(name, PAGE_REQUESTS, "known: "))


def _missing_words(examination: Examination) -> Iterator[Finding]:
    for problem in missing_answers(examination.target):
        yield wrong("described", f"{examination.where(*problem.path)}: {problem.message}", problem.hint)


def _missing_operations(examination: Examination) -> Iterator[Finding]:
    target = examination.target
    for name, what in _NEEDED.items():
        if name not in target.operations:
            yield wrong(
                "described", f"{examination.where('operations')}: no operation {name!r}", f"[operations.{name}]: {what}"
            )
    if target.people.source != "pool" and not {"create_room", "my_room"} & set(target.operations):
        words = target.people.request.told if target.people.request else frozenset()
        if not {"room", "room_or_none"} & words:
            detail = f"{examination.where('operations')}: nothing says how a person comes to a room"
            hint = "[operations.create_room], or `room` in the answer of [people.request]"
            yield wrong("described", detail, hint)


def _refusal_count(target: Target) -> int:
    return sum(len(operation.refusals) for operation in target.operations.values())
