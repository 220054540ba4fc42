"""Which scenarios of two suites are the same one, also where its feature file has another name or another place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from greenroom.record.events import ScenarioFinished

_LINE = re.compile(r", line \d+\]$")


@dataclass(frozen=True, slots=True)
class Known:
    """What tells a scenario from others."""

    id: str
    feature: str
    promises: tuple[str, ...]

    @property
    def inside(self) -> str:
        """The id without the feature file: name, and row of its examples."""
        own = f"{self.feature}::"
        return self.id.removeprefix(own) if self.id.startswith(own) else self.id.partition("::")[2] or self.id

    @property
    def row(self) -> str:
        """The same without the line that tells two equal rows apart."""
        return _LINE.sub("]", self.inside)


def known(scenario: ScenarioFinished) -> Known:
    """What tells a recorded scenario from others."""
    return Known(scenario.id, scenario.feature, tuple(scenario.promises))


def same_scenarios(before: Iterable[Known], after: Iterable[Known]) -> dict[str, str]:
    """Id in `after` -> id in `before`, for the scenarios that are in both.

    The same id is the same scenario. Of the others those are that have the same name and row, in another file, and the
    same promises, or else whatever promises; and those of the same file whose row stands at another line. Each only
    where there is no second one on either side: nothing is guessed.
    """
    left_before = {one.id: one for one in before}
    left_after = {one.id: one for one in after}
    found: dict[str, str] = {}
    for alike in _ALIKE:
        old, new = _by(alike, left_before.values()), _by(alike, left_after.values())
        for key in new:
            if len(new[key]) == 1 and len(old.get(key, ())) == 1:
                found[new[key][0].id] = old[key][0].id
                del left_after[new[key][0].id], left_before[old[key][0].id]
    return found


_ALIKE: tuple[Callable[[Known], Hashable], ...] = (
    lambda one: one.id,
    lambda one: (one.feature, one.row),
    lambda one: (one.inside, one.promises),
    lambda one: one.inside,
)
"""From the surest to the least sure."""


def _by(alike: Callable[[Known], Hashable], scenarios: Iterable[Known]) -> dict[Hashable, list[Known]]:
    groups: dict[Hashable, list[Known]] = defaultdict(list)
    for one in scenarios:
        groups[alike(one)].append(one)
    return groups
