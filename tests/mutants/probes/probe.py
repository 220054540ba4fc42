"""A probe: a place in a source text at which a run writes down that it came by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Probe:
    """Put in at character `at`; whatever lies between `start` and `end` runs only when it has been passed."""

    at: int
    start: int
    end: int


def innermost(probes: Iterable[Probe], place: int) -> Probe | None:
    """The probe of the smallest statement that `place` lies in."""
    around = [one for one in probes if one.start <= place < one.end]
    return min(around, key=lambda one: one.end - one.start, default=None)


def with_probes(text: str, probes: Sequence[Probe], said: Callable[[Probe], str]) -> str:
    """The text with what `said` makes of each probe put in where it stands."""
    for one in sorted(probes, key=lambda probe: (-probe.at, -probe.start)):
        text = text[: one.at] + said(one) + text[one.at :]
    return text
