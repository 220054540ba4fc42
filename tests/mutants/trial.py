"""One mutant against the suite: round after round, until a scenario is red, and once more to be sure of it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.mutants.mutant import Kind, Mutant
from tests.mutants.results import Outcome, Result, outcome_of
from tests.mutants.suite import SLOW, Scenario
from tests.planted.copies import copy_reference
from tests.planted.finding import RED
from tests.planted.harness import Harness, HarnessFailed, Order

_FINE = ("passed", "not applicable", "known failure")
_MIGRATION = "migrations"
QUICK = "quick scenarios only"
"""The note of a survivor that was not tried by all."""


@dataclass(frozen=True, slots=True)
class Round(Order):
    """An order that names each scenario, and may run in several processes."""

    workers: int = 0

    @property
    def arguments(self) -> list[str]:
        plain = Order(self.copy, self.reports, self.tags, self.named, self.features, self.stop).arguments
        return [*plain, *(["-n", str(self.workers)] if self.workers else [])]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the rounds told: the red scenario, if any, or what could not be told."""

    red: Mapping[str, Any] | None
    unclear: tuple[str, ...] = ()
    ran: int = 0


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
        *,
        is_quick: bool = False,
    ) -> None:
        self._work, self._harness, self._start = work, harness, tuple(start)
        self._suite, self._digest, self._is_quick = suite, digest, is_quick

    def correct(self) -> Mapping[str, Any]:
        """The verdict.json of the whole suite on the reference as it is."""
        copy = self._copy("correct")
        try:
            return self._harness.run(Round(copy, self._work / "reports" / "correct", "", workers=2))
        finally:
            shutil.rmtree(copy, ignore_errors=True)

    def try_out(self, mutant: Mutant, first: Sequence[Scenario]) -> Outcome:
        """What becomes of the mutant; the scenarios `first` are run before all others."""
        began = time.monotonic()
        copy = self._copy(mutant.key)
        reports = self._work / "reports" / mutant.key
        try:
            mutant.plant(copy)
            told = self._told(mutant, first, copy, reports)
        except Stillborn as stillborn:
            told = {"result": Result.STILLBORN, "note": str(stillborn)}
        except HarnessFailed as failed:
            is_late = "it ran for over" in str(failed)
            told = {"result": Result.TIMEOUT if is_late else Result.UNCLEAR, "note": str(failed)[-300:]}
        finally:
            shutil.rmtree(copy, ignore_errors=True)
            shutil.rmtree(reports, ignore_errors=True)
        return outcome_of(mutant, **told, seconds=round(time.monotonic() - began, 1), suite=self._digest)

    def _told(self, mutant: Mutant, first: Sequence[Scenario], copy: Path, reports: Path) -> dict[str, Any]:
        unclear: list[str] = []
        for number, (scenarios, workers) in enumerate(self._rounds(mutant, first)):
            seen = self._run(scenarios, workers, copy, reports / str(number))
            if seen.red is None:
                unclear += seen.unclear
                continue
            id_ = str(seen.red["id"])
            again = [one for one in self._suite if one.id == id_]
            if self._run(again, 0, copy, reports / "again").red is None:
                return {"result": Result.FLAKY, "by": id_, "note": "red once, and not again"}
            return {"result": Result.KILLED, "by": id_, "promise": seen.red["promises"][0]}
        if unclear:
            return {"result": Result.UNCLEAR, "note": "; ".join(unclear)[:400]}
        return {"result": Result.SURVIVED, "note": QUICK if self._is_quick else ""}

    def _rounds(self, mutant: Mutant, first: Sequence[Scenario]) -> list[tuple[list[Scenario], int]]:
        """The scenarios of each round, and in how many processes it runs. What cannot be reached is left out: pages
        are asked of the page's code alone, and the migration by its own scenarios."""
        suite = [one for one in self._suite if _can_reach(mutant, one)]
        known = {one.id for one in first}
        rest = [one for one in suite if one.id not in known]
        smoke = [one for one in rest if one.is_smoke]
        quick = [one for one in rest if not one.is_smoke and not one.is_page and one.seconds < SLOW]
        slow = [one for one in rest if not one.is_smoke and (one.is_page or one.seconds >= SLOW)]
        begin = [one for one in first if _can_reach(mutant, one)]
        if self._is_quick:
            begin, smoke, slow = (
                [one for one in begin if not one.is_page],
                [one for one in smoke if not one.is_page],
                [],
            )
        return [(some, workers) for some, workers in (([*begin, *smoke], 0), (quick, 0), (slow, 3)) if some]

    def _run(self, scenarios: Sequence[Scenario], workers: int, copy: Path, reports: Path) -> Seen:
        """Until the first that is red; where another stopped the run, all of them to their end."""
        places = tuple(one.place for one in scenarios)
        workers = workers if len(places) > 3 else 0
        seen = _seen(self._harness.run(Round(copy, reports, "", features=places, stop=True, workers=workers)))
        if seen.red is None and seen.unclear:
            seen = _seen(self._harness.run(Round(copy, reports / "all", "", features=places, workers=workers)))
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
