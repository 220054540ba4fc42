"""What a selection of scenarios costs: people, Go Lives, and the minutes that the declared limits make of them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from greenroom.target.model import Limits

_NAME = re.compile(r"(?<![\w<])[A-Z][a-z]+(?='s |\b)")
_GO_LIVE = re.compile(
    r"\b(?:is live|goes live|go live|double-clicks Go Live|presses Go Live|has scheduled|has a session)\b"
)
_TIMES = re.compile(r"\b(\d+) times\b")
_NO_PEOPLE = frozenset({"End", "Room", "Go", "Live", "API", "Then", "When", "Given", "The", "On", "Of"})


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
        cost = f"{self.scenarios} scenarios, about {self.people} people and {self.go_lives} Go Lives"
        if not limits.go_live:
            return f"{cost}; the target declares no limit"
        allowed = f"{limits.go_live} Go Lives in {limits.window / 60:g} min"
        if self.fits:
            return f"{cost}; the declared limit of {allowed} lets them through"
        return (
            f"{cost}; the declared limit of {allowed} makes that about {self.minutes} min: select less, or --patience"
        )


def members_of(steps: Sequence[str]) -> int:
    """How many people with an account a scenario has; those who are signed out need none."""
    names: set[str] = set()
    for text in steps:
        names |= set(_NAME.findall(text)) - _NO_PEOPLE
    return len(names - {name for name in names if any(f"{name} is signed out" in text for text in steps)})


def plan(scenarios: Iterable[Sequence[str]], limits: Limits) -> Plan:
    """The cost of scenarios, each given as the texts of its steps."""
    number = people = go_lives = 0
    for steps in scenarios:
        number += 1
        people += members_of(steps)
        for text in steps:
            times = _TIMES.search(text)
            go_lives += len(_GO_LIVE.findall(text)) * (int(times.group(1)) if times else 1)
    windows = math.ceil(go_lives / limits.go_live) - 1 if limits.go_live and go_lives else 0
    minutes = math.ceil(windows * limits.window / 60)
    return Plan(number, people, go_lives, minutes, fits=windows <= 0)
