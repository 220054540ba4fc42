"""Puts difference after difference into a copy of the reference, runs the whole suite on each, and then the bugs."""

from __future__ import annotations

import shutil
import time
from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.differences.difference import Difference
from tests.planted.bug import BadPatch, read_bugs
from tests.planted.copies import apply, copy_reference
from tests.planted.coverage import read_coverage
from tests.planted.finding import Result, reds
from tests.planted.harness import Harness, HarnessFailed, Order
from tests.planted.matrix import PAGE, known_catches
from tests.planted.search import Scope, Search
from tests.planted.starter_process import StarterProcess


@dataclass(frozen=True, slots=True)
class Tried:
    """A difference and what came of it, in seconds. `wrong` is empty when it is as it should be, one line each else."""

    difference: Difference
    passed: int
    not_applicable: int
    caught: tuple[str, ...]
    wrong: tuple[str, ...]
    seconds: float


class Campaign:
    """Works in the folder `work`, on so many differences at once; without `bugs` only the correct system is run.

    With `places`, feature files or their lines, only the scenarios there: then no bug is tried, and a note that
    `Leaves` names need not occur.
    """

    def __init__(self, work: Path, *, jobs: int, bugs: bool = True, places: Sequence[Path] = ()) -> None:
        self._work, self._jobs, self._with_bugs, self._places = work, jobs, bugs and not places, tuple(places)
        self._harness = Harness()
        self._search = Search(read_coverage(), Scope.ENOUGH, known_catches(PAGE))
        self._start: tuple[str, ...] = ()

    def run(self, differences: Sequence[Difference]) -> Generator[Tried, None, None]:
        """What came of each, in the order in which it did. Closing the iterator ends every run that is under way."""
        with StarterProcess() as starter, ThreadPoolExecutor(self._jobs) as pool:
            self._start = starter.words
            pending: list[Future[Tried]] = [pool.submit(self._try, one) for one in differences]
            try:
                for done in as_completed(pending):
                    yield done.result()
            finally:
                for future in pending:
                    future.cancel()
                self._harness.stop()

    def _try(self, difference: Difference) -> Tried:
        began = time.monotonic()
        wrong: list[str] = []
        caught: list[str] = []
        passed = left = 0
        try:
            passed, left = self._correct(difference, wrong)
            for bug in difference.bugs if self._with_bugs and not wrong else ():
                self._with_bug(difference, bug, caught, wrong)
        except (BadPatch, HarnessFailed) as failure:
            wrong.append(str(failure))
        return Tried(difference, passed, left, tuple(caught), tuple(wrong), time.monotonic() - began)

    def _correct(self, difference: Difference, wrong: list[str]) -> tuple[int, int]:
        copy = self._copy(difference, "correct")
        try:
            order = Order(copy, self._reports(difference, "correct"), "", features=self._places)
            verdict = self._harness.run(order)
        finally:
            shutil.rmtree(copy, ignore_errors=True)
        wrong += reds(verdict)
        counts = verdict["counts"]
        wrong += unexpected(verdict["scenarios"], difference.leaves, every=not self._places)
        if counts["known failure"]:
            wrong.append("it is conformant only by known failures")
        return int(counts["passed"]), int(counts["not applicable"])

    def _with_bug(self, difference: Difference, name: str, caught: list[str], wrong: list[str]) -> None:
        (bug,) = read_bugs([name])
        copy = self._copy(difference, name)
        try:
            apply(bug.patch, copy)
            found = self._search.finding(bug, copy, self._reports(difference, name), self._harness.run)
        finally:
            shutil.rmtree(copy, ignore_errors=True)
        if found.result is Result.CAUGHT:
            caught.append(name)
        else:
            wrong.append(f"with the bug {name}: {found.result}; {'; '.join(found.unclear)}")

    def _copy(self, difference: Difference, what: str) -> Path:
        folder = self._work / "copies" / f"{difference.name}-{what}"
        start = () if difference.starts_itself else self._start
        copy = copy_reference(folder, self._work / "cache", start=start, hurry=False)
        apply(difference.patch, copy)
        return copy

    def _reports(self, difference: Difference, what: str) -> Path:
        return self._work / "reports" / difference.name / what


OF_THE_REFERENCE = frozenset({"the page offers a way to leave to those who have not come in as well"})
"""Why a scenario is not applicable to the reference itself. A difference need not say so, and may be otherwise."""


def unexpected(scenarios: Iterable[Mapping[str, Any]], leaves: Collection[str], *, every: bool = True) -> list[str]:
    """What is wrong with the notes of those of the scenarios, as in verdict.json, that are not applicable: one that is
    none of `leaves`, nor of the reference's own, and, where they are every scenario of the suite, one of `leaves` that
    none has."""
    noted: dict[str, list[str]] = {}
    for one in scenarios:
        if one["verdict"] == "not applicable":
            noted.setdefault(one["note"], []).append(one["name"])
    said = OF_THE_REFERENCE.union(leaves)
    more = [f"Leaves does not say {note!r}: {'; '.join(names)}" for note, names in noted.items() if note not in said]
    missing = [note for note in leaves if every and note not in noted]
    return more + [f"Leaves says {note!r}, and no scenario does" for note in missing]
