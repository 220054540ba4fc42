"""The promises of a run by subject, as the page shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from greenroom.core.verdict import Verdict
from greenroom.reporting.conclusion import Conclusion
from greenroom.reporting.html_cards import ScenarioCard
from greenroom.reporting.naming import number_of
from greenroom.reporting.promises import PromiseVerdict


@dataclass(frozen=True, slots=True)
class PromiseSection:
    """One promise: its sentence, its verdict, the scenarios shown under it, and those shown under another promise.

    `verdict` is None for a promise that this run did not check.
    """

    number: str
    sentence: str
    about: str
    verdict: PromiseVerdict | None
    own: tuple[ScenarioCard, ...]
    also: tuple[ScenarioCard, ...]


@dataclass(frozen=True, slots=True)
class SubjectSection:
    """The promises of one letter, in order. `tiles` are all of them; `unchecked` are those that this run did not check.

    `letter` is empty for the scenarios that name no promise.
    """

    letter: str
    heading: str
    tiles: tuple[PromiseSection, ...]

    @property
    def promises(self) -> tuple[PromiseSection, ...]:
        """Those that this run checked."""
        return tuple(promise for promise in self.tiles if promise.verdict is not None)

    @property
    def unchecked(self) -> tuple[PromiseSection, ...]:
        """Those that this run did not check."""
        return tuple(promise for promise in self.tiles if promise.verdict is None)

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many scenarios have which verdict, each counted once; the good ones first."""
        cards = {card.anchor: card.verdict for promise in self.tiles for card in (*promise.own, *promise.also)}
        return {verdict: count for verdict in Verdict if (count := list(cards.values()).count(verdict))}


def sections_of(
    run: Conclusion, cards: Sequence[ScenarioCard], sentences: Mapping[str, str]
) -> Iterator[SubjectSection]:
    """The subjects of `run`, each with its promises; last, if there are any, the scenarios that name no promise.

    `sentences` are the sentences of the promises; one that is there and was not checked is shown as not checked.
    """
    numbers = sorted({*sentences, *run.promises}, key=run.promise_order)
    promises = [_promise(number, sentences.get(number, ""), run.promises.get(number), cards) for number in numbers]
    for letter in dict.fromkeys([*run.subjects, *(number[:1] for number in numbers)]):
        if here := tuple(promise for promise in promises if promise.number[:1] == letter):
            yield SubjectSection(letter, run.subjects.get(letter, f"Promises {letter}"), here)
    if loose := tuple(card for card in cards if not card.scenario.promises):
        worst = max((card.verdict for card in loose), key=lambda verdict: verdict.rank)
        nameless = PromiseSection("", "Scenarios that name no promise", "", worst, loose, ())
        yield SubjectSection("", "Without a promise", (nameless,))


def _promise(
    number: str, sentence: str, verdict: PromiseVerdict | None, cards: Sequence[ScenarioCard]
) -> PromiseSection:
    named = [card for card in cards if number in card.scenario.promises]
    own = [card for card in named if card.home == number]
    about = next((card.scenario.rule_description for card in own if number_of(card.scenario.rule) == number), "")
    also = [card for card in named if card.home != number]
    return PromiseSection(number, sentence, about.strip(), verdict, tuple(own), tuple(also))
