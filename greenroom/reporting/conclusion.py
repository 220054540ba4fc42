"""What follows from a record, worked out once: every report is handed the same `Conclusion`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from greenroom.core.verdict import Exit, RunVerdict, Verdict, exit_code, run_verdict
from greenroom.core.wording import plural
from greenroom.record.events import ScenarioFinished
from greenroom.record.former_runs import FormerRun
from greenroom.record.reader import Record
from greenroom.record.times import instant
from greenroom.reporting.causes import FailureCause, broken_by, causes_of, touched_by
from greenroom.reporting.history import ScenarioPast, pasts_of
from greenroom.reporting.promises import PromiseOrder, PromiseVerdict, promise_order, promise_states, subject_titles
from greenroom.reporting.words import enumerated


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A run and what it came to."""

    record: Record
    verdict: RunVerdict
    reason: str
    """Why it could not tell, or was cut short, in one line; often empty."""
    seconds: float
    """Wall time."""
    counts: dict[Verdict, int]
    """Verdict -> number of scenarios; every verdict is there, also at 0."""
    subjects: dict[str, str]
    """Subject letter -> title, in the order in which reports show them."""
    promises: dict[str, PromiseVerdict]
    """Promise -> the worst verdict of its scenarios, for the promises that were checked, in the order of `subjects`.
    Exactly those of `broken` are failed or contradictions; those of `touched` are touched."""
    causes: tuple[FailureCause, ...]
    """What is behind the scenarios that failed or were blocked, the cause with most of them first."""
    broken: tuple[str, ...]
    """The promises that causes break, in the same order."""
    touched: tuple[str, ...]
    """The other promises whose scenarios causes made fail or blocked."""
    former: int = 0
    """How many former runs were looked at."""
    pasts: tuple[ScenarioPast, ...] = ()
    """What former runs say of scenarios that are red now, or were not always the same."""

    @property
    def exit(self) -> Exit:
        """The exit code of the run."""
        return exit_code(self.verdict)

    @property
    def finished(self) -> int:
        """How many scenarios finished."""
        return len(self.record.scenarios)

    @property
    def promise_order(self) -> PromiseOrder:
        """The sort key for promises."""
        return promise_order(self.subjects)

    def cause_number(self, scenario: ScenarioFinished) -> int:
        """The number of the cause behind a scenario, counted from 1; 0 where there is none."""
        for number, cause in enumerate(self.causes, 1):
            if any(one is scenario for one in cause.scenarios):
                return number
        return 0

    def past_of(self, scenario: ScenarioFinished) -> ScenarioPast | None:
        """What former runs say of a scenario; None where that is nothing."""
        return next((past for past in self.pasts if past.scenario.id == scenario.id), None)

    @property
    def summary(self) -> str:
        """The run in a sentence or two: `57 of 60 scenarios passed; 2 failed and 1 inconclusive. 1 cause. Broken:
        E1. Touched: E7.`"""
        if self.finished == 0:
            return "No scenario finished."
        passed = self.counts[Verdict.PASSED]
        missing = max(self.record.header.planned - self.finished, len(self.record.unfinished))
        if passed == self.finished and missing:
            return f"{passed} of {plural(self.finished + missing, 'scenario')} passed; {missing} did not finish."
        if passed == self.finished:
            return f"All {plural(passed, 'scenario')} passed." if passed > 1 else "The one scenario passed."
        rest = [f"{self.counts[verdict]} {verdict}" for verdict in _WORTH_TELLING if self.counts[verdict]]
        sentence = f"{passed} of {plural(self.finished, 'scenario')} passed; {enumerated(rest)}."
        if not self.causes:
            return sentence
        others = list(self.touched) if len(self.touched) <= _NAMED else [f"{len(self.touched)} others"]
        touched = f" Touched: {enumerated(others)}." if others else ""
        return f"{sentence} {plural(len(self.causes), 'cause')}. Broken: {enumerated(list(self.broken))}.{touched}"


_NAMED = 8
"""So many touched promises are named in the summary; of more it says how many."""

_WORTH_TELLING = (
    Verdict.FAILED,
    Verdict.CONTRADICTION,
    Verdict.BLOCKED,
    Verdict.FLAKY,
    Verdict.ERROR,
    Verdict.INCONCLUSIVE,
    Verdict.UNEXPECTEDLY_FIXED,
    Verdict.KNOWN_FAILURE,
    Verdict.NOT_APPLICABLE,
)
"""What did not pass, in the order in which the summary names it."""


def conclude(record: Record, former: Sequence[FormerRun] = ()) -> Conclusion:
    """What `record` comes to; `former` are earlier runs of its target, the oldest first."""
    counted = Counter(scenario.verdict for scenario in record.scenarios)
    subjects = subject_titles(record.header)
    order = promise_order(subjects)
    verdict, reason = _verdict(record)
    causes = causes_of(record.scenarios, order)
    broken, touched = broken_by(causes, order), touched_by(causes, order)
    return Conclusion(
        record=record,
        verdict=verdict,
        reason=reason,
        seconds=record.footer.seconds if record.footer else _elapsed(record),
        counts={each: counted[each] for each in Verdict},
        subjects=subjects,
        promises=promise_states(record.scenarios, broken, touched, order),
        causes=causes,
        broken=tuple(broken),
        touched=tuple(touched),
        former=len(former),
        pasts=pasts_of(record, former),
    )


def _verdict(record: Record) -> tuple[RunVerdict, str]:
    """The verdict of the run and its reason.

    The footer's own verdict stands, with two exceptions that keep a report from being greener than its record: a
    truncated record is an error, and a footer that says conformant is not believed when the scenarios say otherwise.
    """
    footer = record.footer
    if record.truncated or footer is None:
        return RunVerdict.ERROR, _how_far(record)
    verdicts = [scenario.verdict for scenario in record.scenarios]
    own = run_verdict(verdicts, complete=footer.complete and not record.unfinished)
    if footer.verdict is RunVerdict.CONFORMANT and own is not RunVerdict.CONFORMANT:
        why = "scenarios began and never finished" if record.unfinished else f"its scenarios say {own}"
        return own, footer.reason or f"the footer says conformant, but {why}"
    return footer.verdict, footer.reason


def _how_far(record: Record) -> str:
    reason = f"the run was cut short after {plural(len(record.scenarios), 'scenario')}"
    if record.header.planned:
        reason += f" of {record.header.planned}"
    if record.unfinished:
        reason += f"; {plural(len(record.unfinished), 'scenario')} began and never finished"
    return reason


def _elapsed(record: Record) -> float:
    """The seconds that a truncated run is known to have lasted: from its start to the end of its last scenario."""
    ends = [0.0]
    began = instant(record.header.started)
    for scenario in record.scenarios:
        at = instant(scenario.started)
        if began is not None and at is not None:
            ends.append((at - began).total_seconds() + scenario.seconds)
    return max(ends)
