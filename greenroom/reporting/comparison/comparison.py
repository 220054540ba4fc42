"""What two records come to side by side, worked out once: terminal, page and JSON are handed the same `Comparison`."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass, replace

from greenroom.core.errors import GreenroomError
from greenroom.core.verdict import Exit
from greenroom.core.wording import plural
from greenroom.record.events import ScenarioFinished
from greenroom.record.reader import Record
from greenroom.record.same_scenarios import known, same_scenarios
from greenroom.reporting.causes import FailureCause
from greenroom.reporting.comparison.notes import is_whole, notes_of
from greenroom.reporting.comparison.times import Times, times_of
from greenroom.reporting.comparison.transition import Compared, Transition, transition_of
from greenroom.reporting.conclusion import Conclusion, conclude
from greenroom.reporting.words import enumerated


@dataclass(frozen=True, slots=True)
class NewCause:
    """A cause of the second run: with those of its scenarios that are newly broken, and the number of the others."""

    cause: FailureCause
    others: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side."""

    before: Conclusion
    after: Conclusion
    scenarios: tuple[Compared, ...]
    """All scenarios of both, in the order of the second run; then those that only the first has."""
    causes: tuple[NewCause, ...]
    """What is behind the newly broken, the largest first."""
    times: Times
    notes: tuple[str, ...]
    """What limits the comparison: two targets, two suites, a run that was cut short."""

    def of(self, *transitions: Transition) -> tuple[Compared, ...]:
        """The scenarios of which one of these is so."""
        return tuple(one for one in self.scenarios if one.transition in transitions)

    @property
    def counts(self) -> dict[Transition, int]:
        """How many scenarios there are of each transition; every transition is there, also at 0."""
        return {one: len(self.of(one)) for one in Transition}

    @property
    def shared(self) -> int:
        """How many scenarios both runs have."""
        return sum(one.before is not None and one.after is not None for one in self.scenarios)

    @property
    def besides(self) -> tuple[Compared, ...]:
        """The newly broken ones that no cause explains: flaky, or listed as known."""
        explained = {id(scenario) for new in self.causes for scenario in new.cause.scenarios}
        return tuple(one for one in self.of(Transition.NEWLY_BROKEN) if id(one.after) not in explained)

    @property
    def exit(self) -> Exit:
        """0 nothing newly broken, 1 something is, 2 what was judged could not be told any more."""
        if self.counts[Transition.NEWLY_BROKEN]:
            return Exit.NOT_CONFORMANT
        return Exit.COULD_NOT_TELL if self.counts[Transition.NO_LONGER_JUDGED] else Exit.CONFORMANT

    @property
    def verdict(self) -> str:
        """The same in words."""
        words = {Exit.NOT_CONFORMANT: "newly broken", Exit.COULD_NOT_TELL: "could not tell"}
        return words.get(self.exit, "nothing newly broken")

    @property
    def summary(self) -> str:
        """`290 scenarios in both: 5 newly broken and 1 mended. 1 cause. Broken: E4.`"""
        told = [f"{self.counts[one]} {one}" for one in Transition if one not in _QUIET and self.counts[one]]
        sentence = f"{plural(self.shared, 'scenario')} in both"
        sentence += f": {enumerated(told)}." if told else ": nothing changed."
        if not self.causes:
            return sentence
        broken = sorted({promise for new in self.causes for promise in new.cause.broken}, key=self.after.promise_order)
        return f"{sentence} {plural(len(self.causes), 'cause')}. Broken: {enumerated(broken)}."

    def of_another_cause(self, one: Compared) -> str:
        """Of one that is still broken: what is wrong now, where that is something else than before."""
        was, now = _cause(self.before, one.before), _cause(self.after, one.after)
        return now.title if was is not None and now is not None and was.what != now.what else ""


_QUIET = frozenset({Transition.UNCHANGED, Transition.JUDGED_IN_NEITHER})


def compare(before: Record, after: Record) -> Comparison:
    """What became of the scenarios of `before` in `after`.

    Raises GreenroomError (code "nothing-shared") when they have no scenario in common, so that there is nothing to
    compare; not where the second run got to none: then nothing could be told any more.
    """
    old, new = _once_each(before.scenarios), _once_each(after.scenarios)
    same = same_scenarios(map(known, old.values()), map(known, new.values()))
    if not same and (new or is_whole(after) or not old):
        raise GreenroomError(
            f"{before.header.run} and {after.header.run} have no scenario in common",
            hint="compare two runs of the same suite: scenarios are known by feature file, name and row of examples",
            code="nothing-shared",
        )
    whole = {"whole_before": is_whole(before), "whole_after": is_whole(after)}
    pairs = [(old[same[id_]] if id_ in same else None, scenario) for id_, scenario in new.items()]
    only_old = [(scenario, None) for id_, scenario in old.items() if id_ not in set(same.values())]
    compared = tuple(Compared(one, other, transition_of(one, other, **whole)) for one, other in [*pairs, *only_old])
    concluded = conclude(after)
    return Comparison(
        before=conclude(before),
        after=concluded,
        scenarios=compared,
        causes=tuple(_new_causes(concluded, compared)),
        times=times_of(compared, workers_before=before.header.workers, workers_after=after.header.workers),
        notes=tuple(notes_of(before, after, compared)),
    )


def _new_causes(after: Conclusion, compared: Iterable[Compared]) -> Iterable[NewCause]:
    broken = {id(one.after) for one in compared if one.transition is Transition.NEWLY_BROKEN}
    found = []
    for cause in after.causes:
        mine = tuple(scenario for scenario in cause.scenarios if id(scenario) in broken)
        if mine:
            found.append(NewCause(replace(cause, scenarios=mine), len(cause.scenarios) - len(mine)))
    return sorted(found, key=lambda new: -len(new.cause.scenarios))


def _once_each(scenarios: Iterable[ScenarioFinished]) -> dict[str, ScenarioFinished]:
    """Each scenario once, by its id: of one that was repeated the worst, with the middle one of its times."""
    every: dict[str, list[ScenarioFinished]] = {}
    for scenario in scenarios:
        every.setdefault(scenario.id, []).append(scenario)
    return {id_: _worst(found) for id_, found in every.items()}


def _worst(found: list[ScenarioFinished]) -> ScenarioFinished:
    worst = max(found, key=lambda one: one.verdict.rank)
    if len(found) > 1 and worst.verdict.rank == min(one.verdict.rank for one in found):
        return worst.model_copy(update={"seconds": statistics.median(one.seconds for one in found)})
    return worst


def _cause(run: Conclusion, scenario: ScenarioFinished | None) -> FailureCause | None:
    number = run.cause_number(scenario) if scenario is not None else 0
    return run.causes[number - 1] if number else None
