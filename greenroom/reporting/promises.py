"""Promises as reports show them: in which order, with which verdict, and which of them are broken."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final, Literal

from greenroom.core.verdict import CHARGED, RED, Verdict, worse
from greenroom.record.events import Header, ScenarioFinished

PromiseOrder = Callable[[str], tuple[int, str, int, str]]
"""A sort key for the numbers of promises: `sorted(numbers, key=order)`."""


Touched = Literal["touched"]
TOUCHED: Final[Touched] = "touched"
"""Scenarios of the promise failed or were blocked, by causes that break other promises."""

PromiseVerdict = Verdict | Touched


def subject_titles(header: Header) -> dict[str, str]:
    """Subject letter -> its title, in the order in which reports show them: `E` -> `Ending is complete and lasts`.

    What a heading has in brackets at its end belongs to docs/promises.md and is left out. Empty for an older record,
    which did not carry its subjects: reports then show the letter alone, in alphabetical order.
    """
    return {letter: re.sub(r"\s*[(\[][^)\]]*[)\]]$", "", heading) for letter, heading in header.subjects.items()}


def promise_order(subjects: Mapping[str, str]) -> PromiseOrder:
    """Orders promises by subject, as `subjects` has them, then by number, so that E10 follows E9."""
    places = {letter: place for place, letter in enumerate(subjects)}

    def order(promise: str) -> tuple[int, str, int, str]:
        letter, number = promise[:1], promise[1:]
        return places.get(letter, len(places)), letter, int(number) if number.isdecimal() else 0, promise

    return order


def promise_verdicts(scenarios: Iterable[ScenarioFinished], order: PromiseOrder) -> dict[str, Verdict]:
    """Promise -> the worst verdict of its scenarios.

    A scenario that is not applicable counts only where no scenario of the promise applied. Otherwise it would hide a
    known failure, or make a kept promise look as if nobody had checked it.
    """
    found: dict[str, Verdict] = {}
    for scenario in scenarios:
        for promise in scenario.promises:
            known = found.get(promise, scenario.verdict)
            if Verdict.NOT_APPLICABLE in (known, scenario.verdict):
                found[promise] = scenario.verdict if known is Verdict.NOT_APPLICABLE else known
            else:
                found[promise] = worse(known, scenario.verdict)
    return {promise: found[promise] for promise in sorted(found, key=order)}


def promise_states(
    scenarios: Iterable[ScenarioFinished], broken: Iterable[str], touched: Iterable[str], order: PromiseOrder
) -> dict[str, PromiseVerdict]:
    """The same with the causes of the run taken into account: exactly the broken ones are failed."""
    found: dict[str, PromiseVerdict] = {**promise_verdicts(scenarios, order)}
    for promise in broken:
        if found.get(promise) not in RED:
            found[promise] = Verdict.FAILED
    for promise in touched:
        if found.get(promise) in CHARGED:
            found[promise] = TOUCHED
    return {promise: found[promise] for promise in sorted(found, key=order)}
