"""The conclusion of a record: its verdict, exit code, reason and numbers, the same in every report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from greenroom.core.verdict import Exit, RunVerdict, Verdict, exit_code, judge_run, worse
from greenroom.record.events import ScenarioFinished
from greenroom.record.reader import Record
from greenroom.reporting.words import SUBJECTS, enumerated, plural


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a run came to. `seconds` is wall time; `counts` has every verdict, also at 0."""

    verdict: RunVerdict
    exit: int
    reason: str
    seconds: float
    counts: dict[Verdict, int]

    @property
    def scenarios(self) -> int:
        """How many scenarios finished."""
        return sum(self.counts.values())


def judge(record: Record) -> Judgement:
    """The conclusion of `record`.

    The footer's own verdict stands, with two exceptions that keep a report from being greener than its record: a
    truncated record is an error, and so is one whose footer says conformant although its scenarios do not.
    """
    counted = Counter(scenario.verdict for scenario in record.scenarios)
    counts = {verdict: counted[verdict] for verdict in Verdict}
    seconds = record.footer.seconds if record.footer else _elapsed(record)
    verdict, exit_, reason = _conclusion(record)
    return Judgement(verdict, exit_, reason, seconds, counts)


def promise_verdicts(scenarios: Iterable[ScenarioFinished]) -> dict[str, Verdict]:
    """Promise -> the worst verdict of its scenarios, ordered by subject and number.

    A scenario that is not applicable says nothing of a promise that others could judge: it counts only where no
    scenario of the promise applied, so that it neither hides a known failure nor makes a kept promise look unjudged.
    """
    found: dict[str, Verdict] = {}
    for scenario in scenarios:
        for promise in scenario.promises:
            known = found.get(promise, scenario.verdict)
            if Verdict.NOT_APPLICABLE in (known, scenario.verdict):
                found[promise] = scenario.verdict if known is Verdict.NOT_APPLICABLE else known
            else:
                found[promise] = worse(known, scenario.verdict)
    return {promise: found[promise] for promise in sorted(found, key=promise_order)}


def promise_order(promise: str) -> tuple[int, str, int, str]:
    """A sort key: subjects in the order of `SUBJECTS`, then by number, so that E10 follows E9."""
    letter, number = promise[:1], promise[1:]
    place = list(SUBJECTS).index(letter) if letter in SUBJECTS else len(SUBJECTS)
    return place, letter, int(number) if number.isdecimal() else 0, promise


_TELLING = (
    Verdict.FAILED,
    Verdict.CONTRADICTION,
    Verdict.FLAKY,
    Verdict.ERROR,
    Verdict.INCONCLUSIVE,
    Verdict.UNEXPECTEDLY_FIXED,
    Verdict.KNOWN_FAILURE,
    Verdict.NOT_APPLICABLE,
)


def one_line(judgement: Judgement, broken: Iterable[str] = ()) -> str:
    """The run in one sentence: `57 of 60 scenarios passed; 2 failed; 1 inconclusive. Broken: E1, E7.`"""
    total = judgement.scenarios
    if total == 0:
        return "No scenario finished."
    passed = judgement.counts[Verdict.PASSED]
    if passed == total:
        return f"All {plural(total, 'scenario')} passed." if total > 1 else "The one scenario passed."
    rest = [f"{judgement.counts[verdict]} {verdict}" for verdict in _TELLING if judgement.counts[verdict]]
    sentence = f"{passed} of {plural(total, 'scenario')} passed; {enumerated(rest)}."
    named = list(broken)
    return f"{sentence} Broken: {enumerated(named)}." if named else sentence


def broken_promises(scenarios: Iterable[ScenarioFinished]) -> list[str]:
    """The promises that failed scenarios show to be broken, in order: the failure's own, else all of its scenario."""
    named: set[str] = set()
    for scenario in scenarios:
        if scenario.verdict in (Verdict.FAILED, Verdict.CONTRADICTION):
            own = scenario.failure.promise if scenario.failure else ""
            named.update([own] if own else scenario.promises)
    return sorted(named, key=promise_order)


def _conclusion(record: Record) -> tuple[RunVerdict, int, str]:
    footer = record.footer
    if record.truncated or footer is None:
        reason = f"the run was cut short after {plural(len(record.scenarios), 'scenario')}"
        if record.header.planned:
            reason += f" of {record.header.planned}"
        if record.unfinished:
            reason += f"; {plural(len(record.unfinished), 'scenario')} began and never finished"
        return RunVerdict.ERROR, int(Exit.ERROR), reason
    verdicts = [scenario.verdict for scenario in record.scenarios]
    own = judge_run(verdicts, complete=footer.complete and not record.unfinished)
    if footer.verdict is RunVerdict.CONFORMANT and own is not RunVerdict.CONFORMANT:
        why = "scenarios began and never finished" if record.unfinished else f"its scenarios say {own}"
        return own, int(exit_code(own)), footer.reason or f"the footer says conformant, but {why}"
    agree = (footer.exit == 0) == (footer.verdict is RunVerdict.CONFORMANT)
    return footer.verdict, footer.exit if agree else int(exit_code(footer.verdict)), footer.reason


def _elapsed(record: Record) -> float:
    """The seconds a truncated run is known to have lasted: from its start to the end of its last scenario."""
    ends = [0.0]
    began = instant(record.header.started)
    for scenario in record.scenarios:
        at = instant(scenario.started)
        if began is not None and at is not None:
            ends.append((at - began).total_seconds() + scenario.seconds)
    return max(ends)


def instant(text: str) -> datetime | None:
    """An ISO 8601 time of a record as a time in UTC where it says no zone; None when it is empty or no time."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
