"""How often each scenario of a run that repeats passed, and what that says of how often it will."""

from __future__ import annotations

import math
from dataclasses import dataclass

from greenroom.core.verdict import CONCLUSIVE, Verdict
from greenroom.record.events import ScenarioFinished
from greenroom.record.reader import Record
from greenroom.reporting.naming import full_name

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Stability:
    """One scenario: it passed in `passed` of the `judged` times that it could be judged, and ran `ran` times."""

    scenario: ScenarioFinished
    ran: int
    judged: int
    passed: int

    @property
    def at_least(self) -> float:
        """The share of runs that it passes in, at least, with 95 % confidence (Clopper and Pearson)."""
        return least_share(self.passed, self.judged)

    @property
    def percent(self) -> int:
        """The same in whole percent, rounded down."""
        return math.floor(self.at_least * 100)

    @property
    def always(self) -> bool:
        """Whether it passed every time that it could be judged."""
        return 0 < self.judged == self.passed

    @property
    def name(self) -> str:
        """Its name, without the time that it was."""
        return full_name(self.scenario.model_copy(update={"repetition": 0}))

    @property
    def words(self) -> str:
        """`passed 19 of 20 times: at least 78 % of runs`."""
        unjudged = f", {self.ran - self.judged} more could not be judged" if self.ran > self.judged else ""
        return f"passed {self.passed} of {self.judged} times{unjudged}: at least {self.percent} % of runs"


def stability_of(record: Record) -> tuple[Stability, ...]:
    """Each scenario of a run that repeats and that applies, the least stable first; nothing for any other run."""
    if record.header.repeat < 2:
        return ()
    every: dict[str, list[ScenarioFinished]] = {}
    for scenario in record.scenarios:
        every.setdefault(scenario.id, []).append(scenario)
    applying = [
        repeated for repeated in every.values() if any(one.verdict is not Verdict.NOT_APPLICABLE for one in repeated)
    ]
    found = [_stability(repeated) for repeated in applying]
    return tuple(sorted(found, key=lambda one: (one.at_least, one.passed - one.judged)))


def _stability(repeated: list[ScenarioFinished]) -> Stability:
    judged = [one for one in repeated if one.verdict in CONCLUSIVE]
    worst = max(repeated, key=lambda one: one.verdict.rank)
    return Stability(worst, len(repeated), len(judged), sum(one.verdict is Verdict.PASSED for one in judged))


def least_share(passed: int, of: int) -> float:
    """The smallest share of successes with which `passed` or more of `of` are still seen in one case of twenty."""
    if passed == 0:
        return 0.0
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        seen = sum(math.comb(of, k) * middle**k * (1 - middle) ** (of - k) for k in range(passed, of + 1))
        low, high = (middle, high) if seen < 1 - CONFIDENCE else (low, middle)
    return low
