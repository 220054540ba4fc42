"""One mutant against the scenarios that come by it, until one is red, and once more, to be sure of it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.mutants.mutant import Kind, Mutant
from tests.mutants.reach import Reach
from tests.mutants.results import Outcome, Result, outcome_of
from tests.mutants.suite import SLOW, Scenario, one_of_each_promise_first
from tests.planted.copies import copy_reference
from tests.planted.finding import RED
from tests.planted.harness import Harness, HarnessFailed, Order

_FINE = ("passed", "not applicable", "known failure")
_ONCE = "flaky"
_MIGRATION = "migrations"
UNREACHED = "no scenario comes by"
"""The note of a survivor that nobody could have seen."""
NOT_BY_ALL = "not tried by all scenarios"
"""The note of a survivor that more scenarios come by than were run."""
_FEWER = 4
"""Of a first look at what is below the pages, one slow scenario for so many quick ones."""
_TO_SEE_IT_START = 2
"""So many scenarios are run where none comes by."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a run told: the scenario that was red twice, if any, the id of one that was red once, or what could not be
    told; and how many scenarios were run."""

    red: Mapping[str, Any] | None
    once: str = ""
    unclear: tuple[str, ...] = ()
    ran: int = 0


def is_open(outcome: Outcome) -> bool:
    """Whether no scenario was red, and some that come by have not been tried yet."""
    return outcome.result in (Result.SURVIVED, Result.UNCLEAR) and outcome.note.startswith(NOT_BY_ALL)


class Stillborn(Exception):
    """The reference does not start with the mutant in it."""


class Trial:
    """Tries mutants in the folder `work`. `start` are the words that start a copy of the reference."""

    def __init__(
        self,
        work: Path,
        harness: Harness,
        start: Sequence[str],
        suite: Sequence[Scenario],
        digest: str,
        reach: Reach | None = None,
        most: int | None = None,
    ) -> None:
        self._work, self._harness, self._start = work, harness, tuple(start)
        self._suite, self.digest, self._reach, self._most = suite, digest, reach, most

    def try_out(self, mutant: Mutant, first: Sequence[Scenario], *, only: Sequence[Scenario] = ()) -> Outcome:
        """What becomes of the mutant; the scenarios `first` are run before all others; or `only` those are run."""
        began = time.monotonic()
        copy, reports = self.copy(mutant.key), self.reports(mutant.key)
        try:
            mutant.plant(copy)
            told = self._told(*((only, "") if only else self.due(mutant, first)), copy, reports)
        except Stillborn as stillborn:
            told = {"result": Result.STILLBORN, "note": self._note(stillborn)}
        except HarnessFailed as failed:
            is_late = "it ran for over" in str(failed)
            told = {"result": Result.TIMEOUT if is_late else Result.UNCLEAR, "note": self._note(failed)}
        finally:
            shutil.rmtree(copy, ignore_errors=True)
            shutil.rmtree(reports, ignore_errors=True)
        return outcome_of(mutant, **told, seconds=round(time.monotonic() - began, 1), suite=self.digest)

    def _note(self, error: Exception) -> str:
        """What was said last, without the folder of this campaign: results are kept with the tests."""
        return str(error).replace(str(self._work), "work")[-300:]

    def _told(self, scenarios: Sequence[Scenario], note: str, copy: Path, reports: Path) -> dict[str, Any]:
        seen = self._run(scenarios, copy, reports)
        if seen.once:
            return {"result": Result.FLAKY, "by": seen.once, "note": "red once, and not again"}
        if seen.red is not None:
            return {"result": Result.KILLED, "by": str(seen.red["id"]), "promise": seen.red["promises"][0]}
        if seen.unclear:
            return {"result": Result.UNCLEAR, "note": "; ".join(filter(None, (note, *seen.unclear)))[:400]}
        return {"result": Result.SURVIVED, "note": note}

    def due(self, mutant: Mutant, first: Sequence[Scenario]) -> tuple[list[Scenario], str]:
        """The scenarios to run, the quick ones before the slow, and what is to be noted of them."""
        suite = [one for one in self._suite if _can_reach(mutant, one)]
        if self._reach is not None and (reached := self._reach.of(mutant)) is not None:
            suite = [one for one in suite if one.id in reached or self._reach.is_new(one.id)]
        if not suite:
            return [one for one in self._suite if not one.is_page][:_TO_SEE_IT_START], UNREACHED
        known = [one for one in first if one in suite]
        rest = [one for one in suite if one not in known]
        quick = [one for one in rest if not one.is_page and one.seconds < SLOW]
        slow = [one for one in rest if one not in quick]
        slow_ones = self._most and (self._most if mutant.kind is Kind.PAGE else -(-self._most // _FEWER))
        due = [
            *[*known, *one_of_each_promise_first(quick)][: self._most],
            *one_of_each_promise_first(slow)[:slow_ones],
        ]
        return due, NOT_BY_ALL if len(suite) > len(due) else ""

    def _run(self, scenarios: Sequence[Scenario], copy: Path, reports: Path) -> Seen:
        """Until the first that is red twice; where another stopped the run, what was not run yet to its end."""
        places = tuple(one.place for one in scenarios)
        seen = _seen(self._harness.run(Order(copy, reports, "", features=places, stop=True, retries=1)))
        left = places[seen.ran :]
        if seen.red is None and not seen.once and seen.unclear and left:
            rest = _seen(self._harness.run(Order(copy, reports / "rest", "", features=left, retries=1)))
            return replace(rest, unclear=(*seen.unclear, *rest.unclear))
        return seen

    def fine(self, scenarios: Sequence[Scenario], copy: Path, reports: Path) -> set[str]:
        """The ids of those that are right, each tried twice. Raises Stillborn and HarnessFailed."""
        order = Order(copy, reports, "", features=tuple(one.place for one in scenarios), retries=1)
        verdict = self._harness.run(order)
        _seen(verdict)
        return {str(one["id"]) for one in verdict["scenarios"] if one["verdict"] in _FINE}

    def copy(self, name: str) -> Path:
        """A new copy of the reference, by the name of what is planted in it."""
        return copy_reference(self._work / "copies" / name, self._work / "cache", start=self._start)

    def reports(self, name: str) -> Path:
        """Where the reports about that copy go."""
        return self._work / "reports" / name


def _can_reach(mutant: Mutant, scenario: Scenario) -> bool:
    if mutant.kind is Kind.PAGE:
        return scenario.is_page
    if _MIGRATION in mutant.file.parts:
        return scenario.place.name.startswith("cleanup_migration")
    return True


def _seen(verdict: Mapping[str, Any]) -> Seen:
    """A scenario that is blocked, could not tell or met an error kills nothing. Raises Stillborn."""
    scenarios = verdict["scenarios"]
    if not scenarios:
        raise Stillborn(str(verdict["reason"])[:300])
    red = next((one for one in scenarios if one["verdict"] in RED), None)
    once = next((str(one["id"]) for one in scenarios if one["verdict"] == _ONCE), "")
    known = (*_FINE, *RED, _ONCE)
    unclear = tuple(f"{one['name']}: {one['verdict']}" for one in scenarios if one["verdict"] not in known)
    return Seen(red, "" if red else once, unclear, len(scenarios))
