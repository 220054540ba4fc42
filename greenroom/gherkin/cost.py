"""What a selection of scenarios costs: people, Go Lives, and the minutes that the declared limits make of them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from greenroom.gherkin.lint import Vocabulary
from greenroom.gherkin.people import Step, members_of
from greenroom.reporting.words import plural
from greenroom.targetfile.model import Limits

_GO_LIVE = re.compile(
    r"\b(?:is live|goes live|go live|double-clicks Go Live|presses Go Live|Go Live waits|has scheduled|has a session)\b"
)
_TIMES = re.compile(r"\b(\d+) times\b")
_ROUNDS = re.compile(r"\bin (\d+) rounds\b")  # the host is live in each


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
        for kind, text in steps:
            if kind != "then":
                go_lives += _go_lives_of(text)
    windows = math.ceil(go_lives / limits.go_live) - 1 if limits.go_live and go_lives else 0
    minutes = math.ceil(windows * limits.window / 60)
    return Plan(number, people, go_lives, minutes, fits=windows <= 0)


def _go_lives_of(text: str) -> int:
    times, rounds = _TIMES.search(text), _ROUNDS.search(text)
    asked = len(_GO_LIVE.findall(text)) * (int(times.group(1)) if times else 1)
    if not rounds:
        return asked
    return asked * int(rounds.group(1)) if asked else int(rounds.group(1)) - 1
