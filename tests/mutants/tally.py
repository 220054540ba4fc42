"""The figures of a campaign: how many of the mutants that could be seen were seen, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tests.mutants.judged import Judgement, Word
from tests.mutants.results import Outcome, Result

_Z = 1.96  # of a normal distribution: 95 % lie within so many deviations


@dataclass(frozen=True, slots=True)
class Tally:
    """`counted` are the killed and those survivors that are neither equivalent nor outside of the contract."""

    tried: int
    killed: int
    survived: int
    equivalent: int
    outside: int
    apart: int

    @property
    def counted(self) -> int:
        return self.killed + self.survived

    @property
    def rate(self) -> float:
        """From 0 to 1; 0 where nothing counts."""
        return self.killed / self.counted if self.counted else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Where the rate of all mutants lies, 19 times of 20 (Wilson)."""
        return wilson(self.killed, self.counted)


def tally(outcomes: Iterable[Outcome], judged: Mapping[str, Judgement]) -> Tally:
    """The figures. What did not start, took too long, was red once only or could not be told stands apart."""
    tried = killed = survived = equivalent = outside = apart = 0
    for one in outcomes:
        tried += 1
        word = judged[one.key].word if one.key in judged else None
        if one.result is Result.KILLED:
            killed += 1
        elif one.result is not Result.SURVIVED:
            apart += 1
        elif word is Word.EQUIVALENT:
            equivalent += 1
        elif word is Word.OUTSIDE:
            outside += 1
        else:
            survived += 1
    return Tally(tried, killed, survived, equivalent, outside, apart)


def wilson(good: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share; from 0 to 1 where there is nothing to go by."""
    if not of:
        return 0.0, 1.0
    share, spread = good / of, _Z**2 / of
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * math.sqrt(share * (1 - share) / of + spread / of / 4) / (1 + spread)
    return max(middle - half, 0.0), min(middle + half, 1.0)
