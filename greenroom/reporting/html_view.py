"""A run arranged the way the page shows it: the top, the problems, the promises by subject."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from greenroom.core.verdict import CHARGED, RunVerdict, Verdict
from greenroom.record.events import ScenarioFinished
from greenroom.reporting.causes import FailureCause
from greenroom.reporting.conclusion import Conclusion
from greenroom.reporting.html_cards import ScenarioCard, card_of
from greenroom.reporting.html_subjects import SubjectSection, sections_of
from greenroom.reporting.naming import number_of, without_number
from greenroom.reporting.stability import Stability, stability_of
from greenroom.reporting.words import ATTENTION


@dataclass(frozen=True, slots=True)
class CauseSection:
    """A cause as the page shows it: the most telling scenario, and the others."""

    cause: FailureCause
    first: ScenarioCard
    others: tuple[ScenarioCard, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """All that the page shows, but for the files."""

    run: Conclusion
    says: str
    """What the verdict means, in a sentence."""
    counts: dict[Verdict, int]
    """Verdict -> number of scenarios, for the verdicts that there are."""
    causes: tuple[CauseSection, ...]
    """What is behind the scenarios that failed or were blocked."""
    problems: tuple[ScenarioCard, ...]
    """What else somebody has to look at, worst first, without the inconclusive."""
    unclear: dict[str, tuple[ScenarioCard, ...]]
    """The inconclusive scenarios by what was in the way."""
    excused: tuple[ScenarioCard, ...]
    """Known failures, and what is not applicable."""
    subjects: tuple[SubjectSection, ...]
    sentences: dict[str, str]
    """Promise -> its sentence."""
    tags: tuple[str, ...]
    """The tags to filter by: words first, then subjects and promises."""
    stability: tuple[Stability, ...]
    """How often each scenario passed, the least stable first; empty unless the run repeats."""
    census: dict[str, int] | None
    """Relation -> rows of this run that are still there; None when nobody counted."""


def page_of(run: Conclusion) -> ReportPage:
    """The page of `run`."""
    record = run.record
    cards = [card_of(number, scenario) for number, scenario in enumerate(record.scenarios, start=1)]
    sentences = _sentences(record.scenarios) | record.header.promises
    worst = [card for verdict in ATTENTION for card in cards if card.verdict is verdict]
    return ReportPage(
        run=run,
        says=_meaning(run),
        counts={verdict: count for verdict, count in run.counts.items() if count},
        causes=tuple(_cause_sections(run, cards)),
        problems=tuple(card for card in worst if card.verdict not in CHARGED | {Verdict.INCONCLUSIVE}),
        unclear=_by_cause(card for card in worst if card.verdict is Verdict.INCONCLUSIVE),
        excused=tuple(card for card in cards if card.verdict in (Verdict.KNOWN_FAILURE, Verdict.NOT_APPLICABLE)),
        subjects=tuple(sections_of(run, cards, sentences)),
        sentences=sentences,
        tags=tuple(sorted({tag for scenario in record.scenarios for tag in scenario.tags}, key=_tag_order(run))),
        stability=stability_of(record),
        census={name: rows for name, rows in record.footer.census.items() if rows} if record.footer else None,
    )


def _meaning(run: Conclusion) -> str:
    """What the verdict means, for somebody who reads it for the first time."""
    counts = run.counts
    match run.verdict:
        case RunVerdict.CONFORMANT if counts[Verdict.KNOWN_FAILURE]:
            return "Every promise that was checked is kept, but for those that are listed as known to fail."
        case RunVerdict.CONFORMANT:
            return "Every promise that was checked is kept."
        case RunVerdict.NOT_CONFORMANT if counts[Verdict.FAILED] + counts[Verdict.CONTRADICTION]:
            return "At least one promise is broken."
        case RunVerdict.NOT_CONFORMANT if counts[Verdict.BLOCKED]:
            return "Something that scenarios need to begin does not work as the target file describes it."
        case RunVerdict.NOT_CONFORMANT if counts[Verdict.FLAKY]:
            return "What failed passed on a retry: a promise that holds only sometimes is not kept."
        case RunVerdict.NOT_CONFORMANT if counts[Verdict.UNEXPECTEDLY_FIXED]:
            return "What is listed as failing passes: the list of known failures is stale."
        case RunVerdict.NOT_CONFORMANT:
            return "The target does not do what it promises."
        case RunVerdict.COULD_NOT_TELL:
            return "The environment was in the way; no promise was seen broken."
        case RunVerdict.ERROR:
            return "This run is no basis for a decision."


def _cause_sections(run: Conclusion, cards: Iterable[ScenarioCard]) -> Iterator[CauseSection]:
    by_scenario = {id(card.scenario): card for card in cards}
    for cause in run.causes:
        first, *others = [by_scenario[id(scenario)] for scenario in cause.scenarios]
        yield CauseSection(cause, first, tuple(others))


def _by_cause(cards: Iterable[ScenarioCard]) -> dict[str, tuple[ScenarioCard, ...]]:
    causes: dict[str, tuple[ScenarioCard, ...]] = {}
    for card in cards:
        failure = card.scenario.failure
        cause = (failure.cause if failure else "") or "unknown cause"
        causes[cause] = (*causes.get(cause, ()), card)
    return causes


def _sentences(scenarios: Iterable[ScenarioFinished]) -> dict[str, str]:
    """Promise -> its sentence as far as the scenarios know it: from a failure, else from the title of a rule."""
    found: dict[str, str] = {}
    for scenario in scenarios:
        if number := number_of(scenario.rule):
            found.setdefault(number, without_number(scenario.rule))
    for scenario in scenarios:
        if scenario.failure and scenario.failure.promise and scenario.failure.promise_text:
            found[scenario.failure.promise] = scenario.failure.promise_text
    return found


def _tag_order(run: Conclusion) -> Callable[[str], tuple[bool, tuple[int, str, int, str]]]:
    """A sort key: words before the letters of subjects and the numbers of promises."""
    order = run.promise_order
    return lambda tag: (number_of(tag) == tag or tag in run.subjects, order(tag))
