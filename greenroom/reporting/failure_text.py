"""A scenario that did not pass, in words: one headline, then labelled lines. The same voice in every report."""

from __future__ import annotations

import re
from dataclasses import dataclass

from greenroom.core.verdict import Verdict
from greenroom.record.events import Failure, ScenarioFinished

_LABELLED = re.compile(r"^\s*([a-z][a-z-]{2,11}) {2,}(\S.*)$|^\s*(expected(?! that )|found|since|again|hint):? (\S.*)$")
_SAYS_SO = re.compile(
    r"^(\w+ )?(broken|contradiction|inconclusive|error|blocked|left behind|unexpectedly fixed|flaky)\b", re.I
)


@dataclass(frozen=True, slots=True)
class FailureLine:
    """One line of a failure: `expected`, `found`, `since` ..., or "" for a line without a label."""

    label: str
    text: str


def headline(scenario: ScenarioFinished) -> str:
    """What is wrong in one line: `E1 broken: Ada's room is not at rest`. For a passed scenario, an empty string.

    Begins with the verdict's own word, except for a broken promise, which begins with the promise.
    """
    failure, verdict = scenario.failure, scenario.verdict
    first = _first(failure) or scenario.note or scenario.name
    if verdict is Verdict.FLAKY:
        return first if first.startswith("flaky") else f"flaky: {_broken(failure, first)}"
    if _SAYS_SO.match(first):
        return first
    match verdict:
        case Verdict.PASSED:
            return ""
        case Verdict.INCONCLUSIVE:
            cause = failure.cause if failure else ""
            return f"inconclusive, {cause}: {first.removeprefix(f'{cause}: ')}" if cause else f"inconclusive: {first}"
        case Verdict.FAILED:
            return _broken(failure, first)
        case _:
            return f"{verdict}: {first}"


def _broken(failure: Failure | None, first: str) -> str:
    if failure is None:
        return f"broken: {first}"
    if failure.kind == "leftover":
        return f"left behind: {first}"
    if failure.kind == "contradiction":
        return f"contradiction: {first}"
    if failure.promise:
        return first if first.startswith(f"{failure.promise} ") else f"{failure.promise} broken: {first}"
    return f"invariant broken: {first}" if failure.kind == "invariant" else f"broken: {first}"


def lines(failure: Failure) -> list[FailureLine]:
    """The rest of the failure's message, line by line, without its headline and without the command.

    Inner spaces are kept: `expected` and `found` are aligned with each other.
    """
    rest = failure.message.strip("\n").splitlines()
    if rest and not _label(rest[0]):
        rest = rest[1:]
    told = [_label(line) or FailureLine("", line.strip()) for line in rest if line.strip()]
    told += [FailureLine("besides", other) for other in failure.besides]
    return [line for line in told if line.label != "again"]


def again(failure: Failure) -> str:
    """The command that shows it again, or an empty string."""
    if failure.again:
        return failure.again
    own = [label.text for line in failure.message.splitlines() if (label := _label(line)) and label.label == "again"]
    return own[-1] if own else ""


def place(scenario: ScenarioFinished) -> str:
    """`features/end.feature:12`: of the failing step where it is known, else of the scenario."""
    line = scenario.failure.line if scenario.failure and scenario.failure.line else scenario.line
    return f"{scenario.feature}:{line}"


def step_text(scenario: ScenarioFinished) -> str:
    """The failing step with its place among the steps: `step 3 of 7  When Ada ends the room`."""
    failure = scenario.failure
    if failure is None or not failure.step:
        return ""
    for number, step in enumerate(scenario.steps, start=1):
        whole = f"{step.keyword} {step.text}"
        if failure.step in (step.text, whole) and (not failure.line or step.line == failure.line):
            return f"step {number} of {len(scenario.steps)}  {whole}"
    return failure.step


def _first(failure: Failure | None) -> str:
    if failure is None:
        return ""
    first = failure.message.strip().partition("\n")[0].strip()
    return "" if _label(first) else first


def _label(line: str) -> FailureLine | None:
    found = _LABELLED.match(line)
    return FailureLine(found[1] or found[3], found[2] or found[4]) if found else None
