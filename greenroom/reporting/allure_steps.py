"""The steps of one scenario for Allure: Given, When, Then, and under each its evidence."""

from __future__ import annotations

from allure_commons.model2 import Attachment, Status, StatusDetails, TestStepResult

from greenroom.core.verdict import Verdict
from greenroom.record.events import Change, Check, PageNote, ScenarioFinished, Step
from greenroom.reporting.allure_files import AllureFiles
from greenroom.reporting.exchange_text import failed, fold, in_full, one_line
from greenroom.reporting.failure_text import headline

STATUS = {
    Verdict.PASSED: Status.PASSED,
    Verdict.KNOWN_FAILURE: Status.SKIPPED,
    Verdict.NOT_APPLICABLE: Status.SKIPPED,
    Verdict.UNEXPECTEDLY_FIXED: Status.FAILED,
    Verdict.FLAKY: Status.FAILED,
    Verdict.FAILED: Status.FAILED,
    Verdict.CONTRADICTION: Status.FAILED,
    Verdict.INCONCLUSIVE: Status.BROKEN,
    Verdict.BLOCKED: Status.BROKEN,
    Verdict.ERROR: Status.BROKEN,
}
"""A scenario's or a step's verdict -> Allure's word. A step that was not reached is skipped."""


def steps_of(scenario: ScenarioFinished, files: AllureFiles, start: int) -> list[TestStepResult]:
    """The steps of `scenario`, the first of which begins at `start` (ms since 1970), then its invariants as a step."""
    told = []
    for step in scenario.steps:
        stop = start + round(1000 * step.seconds)
        told.append(_step(scenario, step, files, start, stop))
        start = stop
    if scenario.invariants:
        told.append(_invariants(scenario.invariants, files, start))
    return told


def _step(scenario: ScenarioFinished, step: Step, files: AllureFiles, start: int, stop: int) -> TestStepResult:
    result = TestStepResult(name=f"{step.keyword} {step.text}", start=start, stop=stop, stage="finished")
    result.status = STATUS[step.verdict] if step.verdict is not None else Status.SKIPPED
    if step.verdict is not None and step.verdict != Verdict.PASSED:
        result.statusDetails = StatusDetails(message=headline(scenario))
    if step.table:
        result.attachments.append(files.table("table", step.table))
    if step.docstring:
        result.attachments.append(files.text("text", step.docstring))
    result.steps += [_check(check, files, start, stop) for check in step.checks]
    result.attachments += _exchanges(step, files)
    if step.changes:
        result.attachments.append(files.table("what changed", [_CHANGE, *map(_change, step.changes)]))
    if step.page:
        result.attachments.append(files.table("what the page said", [_NOTE, *map(_note, step.page)]))
    return result


def _exchanges(step: Step, files: AllureFiles) -> list[Attachment]:
    told = []
    for one in fold(step.exchanges):
        times = f" ({one.times} times)" if one.times > 1 else ""
        mark = "!! " if failed(one.exchange) else ""
        told.append(files.text(f"{mark}{one_line(one.exchange, body=0)}{times}", in_full(one.exchange)))
    return told


_STATUS = {True: Status.PASSED, False: Status.FAILED, None: Status.SKIPPED}


def _check(check: Check, files: AllureFiles, start: int, stop: int) -> TestStepResult:
    result = TestStepResult(
        name=f"{check.promise} {check.claim}".strip(),
        status=_STATUS[check.held],
        start=start,
        stop=stop,
        stage="finished",
    )
    waited = f"{check.waited:.2f} s of {check.deadline}" if check.deadline else ""
    told = {"expected": check.expected, "found": check.found, "waited": waited, "not shown": ", ".join(check.unseen)}
    if any(told.values()):
        result.attachments.append(files.table("expected and found", [[k, v] for k, v in told.items() if v]))
    for seen in check.seen:
        result.attachments.append(files.table(f"rows of {seen.relation}", [seen.columns, *seen.rows]))
    return result


def _invariants(invariants: list[Check], files: AllureFiles, at: int) -> TestStepResult:
    held = all(check.held for check in invariants)
    result = TestStepResult(name="Invariants of the scenario's own rooms", start=at, stop=at, stage="finished")
    result.status = Status.PASSED if held else Status.FAILED
    result.steps = [_check(check, files, at, at) for check in invariants]
    return result


_CHANGE = ["relation", "row", "field", "before", "after"]
_NOTE = ["who", "kind", "level", "expected", "text"]


def _change(change: Change) -> list[str]:
    before, after = (("-" if value is None else value) for value in (change.before, change.after))
    return [change.relation, change.key, change.field or "(the row)", before, after]


def _note(note: PageNote) -> list[str]:
    return [note.who, note.kind, note.level, "yes" if note.expected else "no", note.text]
