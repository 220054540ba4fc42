"""Since when a scenario is red, and how often it flickered: from the former runs of its target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from greenroom.core.verdict import Verdict
from greenroom.core.wording import plural
from greenroom.record.events import ScenarioFinished
from greenroom.record.former_runs import FormerRun
from greenroom.record.reader import Record
from greenroom.record.same_scenarios import known, same_scenarios
from greenroom.reporting.naming import full_name

_HELD = frozenset({Verdict.PASSED, Verdict.UNEXPECTEDLY_FIXED})
_BROKE = frozenset({Verdict.KNOWN_FAILURE, Verdict.FLAKY, Verdict.BLOCKED, Verdict.FAILED, Verdict.CONTRADICTION})


@dataclass(frozen=True, slots=True)
class FormerVerdict:
    """What one run said of a scenario."""

    run: str
    started: str
    verdict: Verdict

    @property
    def red(self) -> bool:
        """Whether a promise was seen broken, listed or not."""
        return self.verdict in _BROKE


@dataclass(frozen=True, slots=True)
class ScenarioPast:
    """One scenario over the runs that had it, the oldest first and this run the last."""

    scenario: ScenarioFinished
    looks: tuple[FormerVerdict, ...]

    @property
    def judged(self) -> list[FormerVerdict]:
        """The runs that could tell."""
        return [look for look in self.looks if look.red or look.verdict in _HELD]

    @property
    def red_since(self) -> FormerVerdict | None:
        """The first of the runs without a break in which it was red until now; None where it is not red now."""
        if not self.looks or not self.looks[-1].red:
            return None
        first = self.looks[-1]
        for look in reversed(self.judged):
            if not look.red:
                break
            first = look
        return first

    @property
    def row(self) -> int:
        """In how many runs in a row it was red until now; 0 where it is not red."""
        first = self.red_since
        return len(self.judged) - self.judged.index(first) if first is not None else 0

    @property
    def name(self) -> str:
        """Its name, without the time that it was."""
        return full_name(self.scenario.model_copy(update={"repetition": 0}))

    @property
    def changes(self) -> int:
        """How often it went from holding to red or back, from one run that could tell to the next."""
        judged = self.judged
        return sum(one.red != other.red for one, other in pairwise(judged))

    @property
    def words(self) -> str:
        """`red since 2026-02-12 09:41 UTC, 4 runs in a row; changed 3 times in 12 runs`."""
        told = []
        first = self.red_since
        if first is not None:
            since = f"red since {first.started[:10]} {first.started[11:16]} UTC, {self.row} runs in a row"
            told.append(since if self.row > 1 else "newly red")
        if self.changes:
            told.append(f"changed {plural(self.changes, 'time')} in {plural(len(self.judged), 'run')}")
        return "; ".join(told)


def pasts_of(record: Record, former: Sequence[FormerRun]) -> tuple[ScenarioPast, ...]:
    """Each scenario of the record that is red now, or that was not always the same in the former runs, the longest red
    first; nothing without former runs. A scenario of another feature file is the same one where that can be told."""
    if not former:
        return ()
    current: dict[str, ScenarioFinished] = {}
    for one in record.scenarios:
        kept = current.get(one.id)
        if kept is None or one.verdict.rank > kept.verdict.rank:
            current[one.id] = one
    now = [known(one) for one in current.values()]
    looks: dict[str, list[FormerVerdict]] = {id_: [] for id_ in current}
    for run in former:
        for id_, before in same_scenarios(run.scenarios, now).items():
            looks[id_].append(FormerVerdict(run.run, run.started, run.verdicts[before]))
    header = record.header
    pasts = [
        ScenarioPast(one, (*looks[id_], FormerVerdict(header.run, header.started, one.verdict)))
        for id_, one in current.items()
    ]
    told = [past for past in pasts if len(past.looks) > 1 and (past.red_since is not None or past.changes)]
    return tuple(sorted(told, key=_longest_red_first))


def _longest_red_first(past: ScenarioPast) -> tuple[bool, str, int]:
    first = past.red_since
    return first is None, first.started if first else "", -past.changes
