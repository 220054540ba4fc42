"""A record arranged the way the page shows it: the top, the problems, the promises by subject."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from greenroom.core.verdict import RunVerdict, Verdict
from greenroom.record.events import Header, ScenarioFinished
from greenroom.record.reader import Record
from greenroom.reporting.failure_text import Line, again, headline, lines, place, step_text
from greenroom.reporting.judgement import Judgement, broken_promises, judge, one_line, promise_order, promise_verdicts
from greenroom.reporting.naming import full_name, number_of, without_number
from greenroom.reporting.words import ATTENTION, SUBJECTS

OTHERS = "Without a promise"
_LINES = 80


@dataclass(frozen=True, slots=True)
class Card:
    """One scenario on the page, at the one place where its evidence is. `anchor` is the id of that place."""

    anchor: str
    scenario: ScenarioFinished
    name: str
    headline: str
    step: str
    place: str
    told: tuple[Line, ...]
    command: str

    @property
    def verdict(self) -> Verdict:
        """The scenario's verdict."""
        return self.scenario.verdict

    @property
    def title(self) -> str:
        """The headline where a pill beside it already says the verdict."""
        return self.headline.removeprefix(f"{self.verdict}: ")

    @property
    def home(self) -> str:
        """The promise under which this place is, or an empty string."""
        return _home(self.scenario)


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise: its sentence, what came of it, the scenarios shown under it, and those shown elsewhere."""

    number: str
    sentence: str
    about: str
    verdict: Verdict | None
    own: tuple[Card, ...]
    also: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """The promises of one letter. `unchecked` are those that this run did not look at."""

    letter: str
    heading: str
    promises: tuple[Promise, ...]
    unchecked: tuple[Promise, ...]

    @property
    def tiles(self) -> list[Promise]:
        """All its promises, in order."""
        return sorted([*self.promises, *self.unchecked], key=lambda one: promise_order(one.number))

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many scenarios have which verdict, each counted once; the good ones first."""
        cards = {card.anchor: card.verdict for promise in self.promises for card in (*promise.own, *promise.also)}
        return {verdict: count for verdict in Verdict if (count := list(cards.values()).count(verdict))}


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page shows, but for the files."""

    header: Header
    judgement: Judgement
    says: str
    summary: str
    truncated: bool
    unfinished: tuple[str, ...]
    counts: dict[Verdict, int]
    problems: tuple[Card, ...]
    causes: dict[str, tuple[Card, ...]]
    excused: tuple[Card, ...]
    subjects: tuple[Subject, ...]
    sentences: dict[str, str]
    tags: tuple[str, ...]
    census: dict[str, int] | None


def page_of(record: Record, promises: Mapping[str, str]) -> Page:
    """The page of `record`; `promises` says for each promise its sentence, and wins over what the scenarios say."""
    judgement = judge(record)
    cards = [_card(number, scenario) for number, scenario in enumerate(record.scenarios, start=1)]
    sentences = _sentences(record.scenarios) | dict(promises)
    worst = [card for verdict in ATTENTION for card in cards if card.verdict is verdict]
    causes: dict[str, tuple[Card, ...]] = {}
    for card in worst:
        if card.verdict is Verdict.INCONCLUSIVE:
            cause = (card.scenario.failure.cause if card.scenario.failure else "") or "unknown cause"
            causes[cause] = (*causes.get(cause, ()), card)
    return Page(
        header=record.header,
        judgement=judgement,
        says=_says(judgement),
        summary=one_line(judgement, broken_promises(record.scenarios)),
        truncated=record.truncated,
        unfinished=record.unfinished,
        counts={verdict: count for verdict, count in judgement.counts.items() if count},
        problems=tuple(card for card in worst if card.verdict is not Verdict.INCONCLUSIVE),
        causes=causes,
        excused=tuple(card for card in cards if card.verdict in (Verdict.KNOWN_FAILURE, Verdict.NOT_APPLICABLE)),
        subjects=tuple(_subjects(cards, sentences)),
        sentences=sentences,
        tags=tuple(sorted({tag for scenario in record.scenarios for tag in scenario.tags}, key=_tag_order)),
        census={name: rows for name, rows in record.footer.census.items() if rows} if record.footer else None,
    )


def _says(judgement: Judgement) -> str:
    """What the verdict means, for somebody who reads it for the first time."""
    counts = judgement.counts
    match judgement.verdict:
        case RunVerdict.CONFORMANT if counts[Verdict.KNOWN_FAILURE]:
            return "Every promise that was checked is kept, but for those that are listed as known to fail."
        case RunVerdict.CONFORMANT:
            return "Every promise that was checked is kept."
        case RunVerdict.NOT_CONFORMANT if counts[Verdict.FAILED] + counts[Verdict.CONTRADICTION]:
            return "At least one promise is broken."
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


def _card(number: int, scenario: ScenarioFinished) -> Card:
    failure = scenario.failure
    return Card(
        anchor=f"scenario-{number}",
        scenario=scenario,
        name=full_name(scenario),
        headline=headline(scenario),
        step=step_text(scenario),
        place=place(scenario),
        told=tuple(lines(failure)[:_LINES]) if failure else (),
        command=again(failure) if failure else "",
    )


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


def _subjects(cards: Sequence[Card], sentences: Mapping[str, str]) -> Iterable[Subject]:
    verdicts = promise_verdicts(card.scenario for card in cards)
    numbers = sorted({*sentences, *verdicts}, key=promise_order)
    known = [_promise(number, sentences.get(number, ""), verdicts.get(number), cards) for number in numbers]
    letters = dict.fromkeys([*SUBJECTS, *(promise.number[:1] for promise in known)])
    for letter in letters:
        here = [promise for promise in known if promise.number[:1] == letter]
        if here:
            yield Subject(
                letter,
                SUBJECTS.get(letter, f"Promises {letter}"),
                tuple(promise for promise in here if promise.verdict is not None),
                tuple(promise for promise in here if promise.verdict is None),
            )
    loose = tuple(card for card in cards if not card.scenario.promises)
    if loose:
        worst = max((card.verdict for card in loose), key=lambda verdict: verdict.rank)
        nameless = Promise("", "Scenarios that name no promise", "", worst, loose, ())
        yield Subject("", OTHERS, (nameless,), ())


def _promise(number: str, sentence: str, verdict: Verdict | None, cards: Sequence[Card]) -> Promise:
    named = [card for card in cards if number in card.scenario.promises]
    own = [card for card in named if _home(card.scenario) == number]
    about = next((card.scenario.rule_description for card in own if number_of(card.scenario.rule) == number), "")
    also = [card for card in named if _home(card.scenario) != number]
    return Promise(number, sentence, about.strip(), verdict, tuple(own), tuple(also))


def _home(scenario: ScenarioFinished) -> str:
    """The promise under which a scenario is shown in full: that of its rule, else the first that it names."""
    own = number_of(scenario.rule)
    return own if own in scenario.promises else scenario.promises[0] if scenario.promises else ""


def _tag_order(tag: str) -> tuple[bool, tuple[int, str, int, str]]:
    """Words before the numbers of promises."""
    return number_of(tag) == tag or tag in SUBJECTS, promise_order(tag)
