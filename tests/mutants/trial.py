"""One mutant against the scenarios that come by it, until one is red, and that one once more to be sure of it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
_MIGRATION = "migrations"
UNREACHED = "no scenario comes by"
"""The note of a survivor that nobody could have seen."""
NOT_BY_ALL = "not tried by all scenarios"
"""The note of a survivor that more scenarios come by than were run."""
_TO_SEE_IT_START = 2
"""So many scenarios are run where none comes by."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the rounds told: the red scenario, if any, or what could not be told."""

    red: Mapping[str, Any] | None
    unclear: tuple[str, ...] = ()
    ran: int = 0


def is_open(outcome: Outcome) -> bool:
    """Whether it survived, and scenarios that come by have not been tried yet."""
    return outcome.result is Result.SURVIVED and outcome.note == NOT_BY_ALL


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
        self._suite, self._digest, self._reach, self._most = suite, digest, reach, most

    def try_out(self, mutant: Mutant, first: Sequence[Scenario]) -> Outcome:
        """What becomes of the mutant; the scenarios `first` are run before all others."""
        began = time.monotonic()
        copy = self._copy(mutant.key)
        reports = self._work / "reports" / mutant.key
        try:
            mutant.plant(copy)
            told = self._told(mutant, first, copy, reports)
        except Stillborn as stillborn:
            told = {"result": Result.STILLBORN, "note": self._note(stillborn)}
        except HarnessFailed as failed:
            is_late = "it ran for over" in str(failed)
            told = {"result": Result.TIMEOUT if is_late else Result.UNCLEAR, "note": self._note(failed)}
        finally:
            shutil.rmtree(copy, ignore_errors=True)
            shutil.rmtree(reports, ignore_errors=True)
        return outcome_of(mutant, **told, seconds=round(time.monotonic() - began, 1), suite=self._digest)

    def _note(self, error: Exception) -> str:
        """What was said last, without the folder of this campaign: results are kept with the tests."""
        return str(error).replace(str(self._work), "work")[-300:]

    def _told(self, mutant: Mutant, first: Sequence[Scenario], copy: Path, reports: Path) -> dict[str, Any]:
        unclear: list[str] = []
        rounds, note = self._rounds(mutant, first)
        for number, scenarios in enumerate(rounds):
            seen = self._run(scenarios, copy, reports / str(number))
            if seen.red is None:
                unclear += seen.unclear
                continue
            id_ = str(seen.red["id"])
            again = [one for one in self._suite if one.id == id_]
            if self._run(again, copy, reports / "again").red is None:
                return {"result": Result.FLAKY, "by": id_, "note": "red once, and not again"}
            return {"result": Result.KILLED, "by": id_, "promise": seen.red["promises"][0]}
        if unclear:
            return {"result": Result.UNCLEAR, "note": "; ".join(unclear)[:400]}
        return {"result": Result.SURVIVED, "note": note}

    def _rounds(self, mutant: Mutant, first: Sequence[Scenario]) -> tuple[list[list[Scenario]], str]:
        """The scenarios of each round, the quick ones before the slow, and what is to be noted of them."""
        suite = [one for one in self._suite if _can_reach(mutant, one)]
        if self._reach is not None and (reached := self._reach.of(mutant)) is not None:
            suite = [one for one in suite if one.id in reached or self._reach.is_new(one.id)]
        if not suite:
            return [[one for one in self._suite if not one.is_page][:_TO_SEE_IT_START]], UNREACHED
        known = [one for one in first if one in suite]
        rest = [one for one in suite if one not in known]
        quick = [one for one in rest if not one.is_page and one.seconds < SLOW]
        slow = [one for one in rest if one not in quick]
        rounds = [
            [*known, *one_of_each_promise_first(quick)][: self._most],
            one_of_each_promise_first(slow)[: self._most],
        ]
        left_out = len(suite) - sum(map(len, rounds))
        return [some for some in rounds if some], NOT_BY_ALL if left_out else ""

    def _run(self, scenarios: Sequence[Scenario], copy: Path, reports: Path) -> Seen:
        """Until the first that is red; where another stopped the run, all of them to their end."""
        places = tuple(one.place for one in scenarios)
        seen = _seen(self._harness.run(Order(copy, reports, "", features=places, stop=True)))
        if seen.red is None and seen.unclear:
            seen = _seen(self._harness.run(Order(copy, reports / "all", "", features=places)))
        return seen

    def _copy(self, name: str) -> Path:
        return copy_reference(self._work / "copies" / name, self._work / "cache", start=self._start)


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
    unclear = tuple(f"{one['name']}: {one['verdict']}" for one in scenarios if one["verdict"] not in (*_FINE, *RED))
    return Seen(red, unclear, len(scenarios))
