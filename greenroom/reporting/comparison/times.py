"""What takes longer than before, beyond noise."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from greenroom.core.verdict import Verdict
from greenroom.reporting.comparison.transition import Compared

FEWEST = 10
"""So many scenarios show how much times vary."""
LONGER = 0.5
"""Seconds that a scenario has to take longer."""
SPREADS = 4.0
"""How many times the usual deviation is no noise."""
_LEAST_SPREAD = 0.1  # as a logarithm: a tenth
_DAMPING = 0.05  # seconds: of what takes no time, a multiple says nothing
_HALF_WIDTH = 2.576 / 2  # of a 99 % interval for a median, in square roots of the number

RULE = (
    f"slower is what passed in both, took at least {LONGER} s longer than the common change of all scenarios explains, "
    f"and lies more than {SPREADS:.0f} usual deviations above it"
)


@dataclass(frozen=True, slots=True)
class Slower:
    """A scenario that takes longer; seconds."""

    compared: Compared
    before: float
    after: float

    @property
    def longer(self) -> float:
        """By how many seconds."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Times:
    """How the times of two runs compare. `factor` is by how much the middle scenario takes longer, between `low` and
    `high` with 99 % confidence. Where `why_not` says why, nothing was compared."""

    number: int = 0
    factor: float = 1.0
    low: float = 1.0
    high: float = 1.0
    slower: tuple[Slower, ...] = ()
    why_not: str = ""

    @property
    def all_in_all(self) -> str:
        """`all in all 1.31 times as long (1.2 to 1.4)`; "" where that may be noise."""
        if self.why_not or self.low <= 1.0 <= self.high:
            return ""
        return f"all in all {self.factor:.2f} times as long ({self.low:.2f} to {self.high:.2f})"


def times_of(compared: Iterable[Compared], *, workers_before: int, workers_after: int) -> Times:
    """The times of the scenarios that passed in both runs. With another number of workers, times say nothing."""
    pairs = [
        Slower(one, one.before.seconds, one.after.seconds)
        for one in compared
        if one.before is not None and one.after is not None
        if one.before.verdict is Verdict.PASSED and one.after.verdict is Verdict.PASSED
    ]
    if workers_before != workers_after:
        return Times(why_not=f"times are not compared: {workers_before} and {workers_after} processes ran at once")
    if len(pairs) < FEWEST:
        return Times(why_not=f"times are not compared: fewer than {FEWEST} scenarios passed in both")
    ratios = [math.log((one.after + _DAMPING) / (one.before + _DAMPING)) for one in pairs]
    middle = statistics.median(ratios)
    spread = max(1.4826 * statistics.median(abs(ratio - middle) for ratio in ratios), _LEAST_SPREAD)
    slower = [
        one
        for one, ratio in zip(pairs, ratios, strict=True)
        if ratio - middle > SPREADS * spread and one.after - one.before * max(math.exp(middle), 1.0) >= LONGER
    ]
    low, high = _interval(sorted(ratios))
    slower.sort(key=lambda one: -one.longer)
    return Times(len(pairs), math.exp(middle), math.exp(low), math.exp(high), tuple(slower))


def _interval(ratios: Sequence[float]) -> tuple[float, float]:
    """Where the middle of all such ratios lies with 99 % confidence: two of the sorted ratios themselves."""
    half = _HALF_WIDTH * math.sqrt(len(ratios))
    first = max(math.floor(len(ratios) / 2 - half), 0)
    last = min(math.ceil(len(ratios) / 2 + half), len(ratios) - 1)
    return ratios[first], ratios[last]
