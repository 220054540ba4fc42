"""What a selection of scenarios costs: people, Go Lives, and the minutes that the declared limits make of them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from greenroom.core.wording import plural
from greenroom.gherkin.people import Step, members_of
from greenroom.gherkin.vocabulary import Vocabulary
from greenroom.targetfile.model import Limits


@dataclass(frozen=True)
class Plan:
    """The cost of a selection; `minutes` is 0 where nothing is limited."""

    scenarios: int
    people: int
    go_lives: int
    minutes: int
    fits: bool

    def sentence(self, limits: Limits) -> str:
        """One line for a person."""
        people, go_lives = plural(self.people, "person", "people"), plural(self.go_lives, "Go Live")
        cost = f"{plural(self.scenarios, 'scenario')}, about {people} and {go_lives}"
        if not limits.go_live:
            return f"{cost}; the target declares no limit"
        allowed = f"{plural(limits.go_live, 'Go Live')} in {limits.window / 60:g} min"
        if self.fits:
            return f"{cost}; the declared limit of {allowed} lets them through"
        return (
            f"{cost}; the declared limit of {allowed} makes that about {self.minutes} min: select less, or --patience"
        )


def plan(scenarios: Iterable[Sequence[Step]], vocabulary: Vocabulary, limits: Limits) -> Plan:
    """The cost of scenarios, each given as its steps."""
    number = people = go_lives = 0
    for steps in scenarios:
        number += 1
        people += members_of(steps, vocabulary)
        go_lives += sum(match.cost.go_lives for kind, text in steps for match in vocabulary.matches(kind, text))
    windows = math.ceil(go_lives / limits.go_live) - 1 if limits.go_live and go_lives else 0
    minutes = math.ceil(windows * limits.window / 60)
    return Plan(number, people, go_lives, minutes, fits=windows <= 0)
