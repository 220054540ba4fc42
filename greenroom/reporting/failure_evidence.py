"""What a failure's evidence adds to its words: what the page said and showed, and with what something was let in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from greenroom.core.verdict import Verdict
from greenroom.record.change_words import words_of_change
from greenroom.record.events import ScenarioFinished
from greenroom.record.step import PageNote, Step
from greenroom.reporting.exchange_text import one_line
from greenroom.reporting.failure_text import FailureLine, again, headline, lines, place, step_text
from greenroom.reporting.words import clip, tail_of

_NOTES = 2
_LONGEST = 240
_LONGEST_STORY = 400
_READS = 2
_ASKED = 2
_TOLD_OF = frozenset({Verdict.FAILED, Verdict.CONTRADICTION, Verdict.BLOCKED, Verdict.FLAKY})


def evidence_lines(scenario: ScenarioFinished) -> list[FailureLine]:
    """The lines of the failure, and those of its evidence that decide; none for a scenario without a failure."""
    if scenario.failure is None:
        return []
    told = lines(scenario.failure)
    if scenario.verdict not in _TOLD_OF:
        return told
    since_acted = _since_acted(scenario.steps)
    rows = [] if any(line.label == "since" for line in told) else _last_changes(scenario.steps)
    of_pages = [*_complaints(since_acted), *_shown(scenario, since_acted), *_reads(since_acted)]
    return [*told, *rows, *_let_in(scenario, since_acted), *of_pages]


def full_text(scenario: ScenarioFinished) -> str:
    """All that is known of the failure as plain text, for reports that show one block."""
    failure = scenario.failure
    if failure is None:
        return headline(scenario)
    told = [headline(scenario)]
    if step := step_text(scenario):
        told += [f"  {line.label:<9} {line.text}" for line in story_lines(scenario)]
        told.append(f"  {'step':<9} {step}")
    told += [f"  {line.label:<9} {line.text}" if line.label else f"  {line.text}" for line in evidence_lines(scenario)]
    told.append(f"  {'where':<9} {place(scenario)}  {scenario.name}")
    if failure.promise_text:
        told.append(f"  {'promise':<9} {failure.promise} {failure.promise_text}")
    if scenario.note:
        told.append(f"  {'note':<9} {scenario.note}")
    if failure.hint:
        told.append(f"  {'hint':<9} {failure.hint}")
    if command := again(failure):
        told.append(f"  {'again':<9} {command}")
    return "\n".join(told)


def story_lines(scenario: ScenarioFinished) -> list[FailureLine]:
    """How things stood and what was done before the step that failed: a line for the Givens, one for the Whens."""
    reached = [step for step in scenario.steps if step.verdict is not None]
    failing = next((at for at, step in enumerate(reached) if step.verdict is not Verdict.PASSED), len(reached))
    told: dict[str, list[str]] = {}
    phase = "given"
    for step in reached[:failing]:
        phase = step.keyword.lower() if step.keyword in ("Given", "When", "Then") else phase
        if phase != "then":
            told.setdefault(phase, []).append(step.text)
    return [FailureLine(label, clip("; ".join(texts), _LONGEST_STORY)) for label, texts in told.items()]


def _since_acted(steps: list[Step]) -> list[Step]:
    """The steps from the last one in which somebody did something on, up to the one that failed."""
    reached = [step for step in steps if step.verdict is not None]
    last = next((at for at, step in enumerate(reached) if step.verdict is not Verdict.PASSED), len(reached) - 1)
    acted = [at for at, step in enumerate(reached[: last + 1]) if step.keyword in ("Given", "When")]
    return reached[max(acted, default=0) : last + 1]


def _last_changes(steps: list[Step]) -> list[FailureLine]:
    """What the database had to say before a step failed: the last step that changed rows that were there, and how.
    Changes stand before rows that came or went, a room's and a session's before those of others."""
    changing = [(number, step) for number, step in enumerate(steps, 1) if any(one.field for one in step.changes)]
    if not changing:
        return []
    number, step = changing[-1]
    changes = sorted(step.changes, key=lambda change: (not change.field, _IN_ORDER.index(change.relation)))
    told = [words_of_change(change, step.changes) for change in changes[:_CHANGES]]
    more = f", and {len(changes) - _CHANGES} more" if len(changes) > _CHANGES else ""
    return [FailureLine("rows", f"step {number}  {step.keyword} {step.text}      {', '.join(told)}{more}")]


_IN_ORDER = ("rooms", "sessions", "attendance", "listing", "accounts")
_CHANGES = 4


def _let_in(scenario: ScenarioFinished, steps: list[Step]) -> Iterator[FailureLine]:
    """What was asked for in a request that should have been refused, and in the one before it: who somebody claims to
    be stands in a body, and what they have changed to be let in."""
    if not scenario.failure or not any(one.how == "not refused" for one in scenario.failure.wrong):
        return
    sent = [one for step in steps for one in step.exchanges if one.status is not None and one.status < 400]
    for one in sent[-_ASKED:]:
        if one.request_body and one.method != "GET":
            asked = f"{one.method} {tail_of(one.url)} {_by_name(one.request_body, scenario.people)}"
            yield FailureLine("asked", clip(asked, _LONGEST))


def _by_name(text: str, people: Mapping[str, str]) -> str:
    """A text with the ids of people and their rooms shown by name; `people` tells of each the beginnings of both."""
    named = {part: f"{who}'s {kind}" for who, told in people.items() for kind, part in _ID.findall(told)}
    return _UUID.sub(lambda found: named.get(found[1], found[0]), text)


_ID = re.compile(r"(account|room) ([0-9a-f]{8})…")
_UUID = re.compile(r"\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")


def _complaints(steps: list[Step]) -> Iterator[FailureLine]:
    """What pages wrote to their consoles, or failed at, beside what the scenario made fail."""
    said = [f"{note.who}'s page: {note.text}" for step in steps for note in step.page if _complains(note)]
    for text in list(dict.fromkeys(said))[-_NOTES:]:
        yield FailureLine("console", clip(text, _LONGEST))


def _complains(note: PageNote) -> bool:
    of_weight = note.kind in ("error", "request-failed") or note.level in ("error", "warning")
    return of_weight and not note.expected and not note.text.startswith("Failed to load resource")


def _shown(scenario: ScenarioFinished, steps: list[Step]) -> Iterator[FailureLine]:
    """What the pages of people showed when the step had failed; not what the failure has said already."""
    message = scenario.failure.message if scenario.failure else ""
    for note in (note for step in steps for note in step.page if note.kind == "shown"):
        if note.text.partition(",")[0] not in message:
            yield FailureLine("page", f"{note.who}'s page is at {note.text}")


def _reads(steps: list[Step]) -> Iterator[FailureLine]:
    """What the pages had read last when the step had failed: whether they were told what they should show."""
    read = [
        one
        for step in steps
        for one in step.exchanges
        if one.origin == "page" and one.method == "GET" and one.response_body and (one.status or 0) < 400
    ]
    for one in read[-_READS:]:
        yield FailureLine("read", one_line(one, body=_LONGEST))
