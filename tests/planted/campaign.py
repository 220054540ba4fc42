"""Plants bug after bug, runs the suite on each, and says what was found as it is found."""

from __future__ import annotations

import shutil
import time
from collections.abc import Generator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from tests.planted.bug import BadPatch, Bug, promises_of
from tests.planted.copies import apply, copy_reference
from tests.planted.coverage import Coverage
from tests.planted.finding import Finding, Result, finding_of, reds
from tests.planted.harness import Harness, HarnessFailed, Order
from tests.planted.starter_process import StarterProcess


class Scope(Enum):
    """How much is run on a bug: until a scenario of its promise is red, all of its promises, or the whole suite."""

    ENOUGH = auto()
    PROMISES = auto()
    WHOLE = auto()


@dataclass(frozen=True, slots=True)
class Tried:
    """A bug, what was found, and how long it took. `fault` is why there is no finding; then the runner exits 3."""

    bug: Bug
    finding: Finding | None
    seconds: float
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Correct:
    """The run of the reference as it is: `bad` is what was not right, empty when it is conformant."""

    bad: tuple[str, ...]
    ran: int
    seconds: float


class Campaign:
    """Works in the folder `work`; `coverage` says which promises have scenarios.

    `known` names a scenario that once caught a bug, by the bug's name: it is run first. It decides nothing; where it is
    not red any more, the others of the promise are run as if nothing had been known.
    """

    def __init__(
        self, work: Path, coverage: Coverage, *, scope: Scope, jobs: int, known: Mapping[str, str] | None = None
    ) -> None:
        self._work, self._coverage, self._scope, self._jobs = work, coverage, scope, jobs
        self._known = known or {}
        self._harness = Harness()
        self._start: tuple[str, ...] = ()

    def run(self, bugs: Sequence[Bug]) -> Generator[Correct | Tried, None, None]:
        """What was found, in the order in which it was. The correct reference is begun with, as it takes longest.

        Once that turns out not to be conformant, nothing more is tried: a red check proves nothing then. Closing the
        iterator ends every run that is under way.
        """
        with StarterProcess() as starter, ThreadPoolExecutor(self._jobs) as pool:
            self._start = starter.words
            pending: list[Future[Correct | Tried]] = [pool.submit(self._correct, bugs)]
            pending += [pool.submit(self._try, bug) for bug in bugs]
            try:
                for done in as_completed(pending):
                    result = done.result()
                    yield result
                    if isinstance(result, Correct) and result.bad:
                        return
            finally:
                for future in pending:
                    future.cancel()
                self._harness.stop()

    def _correct(self, bugs: Sequence[Bug]) -> Correct:
        began = time.monotonic()
        promises = promises_of(bugs)
        if not self._coverage.tags(promises) and self._scope is not Scope.WHOLE:
            return Correct((), 0, 0.0)
        copy = self._copy("correct")
        try:
            verdict = self._harness.run(self._all(promises, copy, self._work / "reports" / "correct"))
        except HarnessFailed as failure:
            return Correct((str(failure),), 0, time.monotonic() - began)
        finally:
            shutil.rmtree(copy, ignore_errors=True)
        return Correct(tuple(reds(verdict)), len(verdict["scenarios"]), time.monotonic() - began)

    def _try(self, bug: Bug) -> Tried:
        began = time.monotonic()
        copy = self._copy(bug.name)
        try:
            apply(bug.patch, copy)
            covered = bug.promise in self._coverage.scenarios
            finding = self._found(bug, copy) if covered else Finding(Result.NO_SCENARIO)
            return Tried(bug, finding, time.monotonic() - began)
        except (BadPatch, HarnessFailed) as failure:
            return Tried(bug, None, time.monotonic() - began, str(failure))
        finally:
            shutil.rmtree(copy, ignore_errors=True)

    def _found(self, bug: Bug, copy: Path) -> Finding:
        """One red scenario is enough; where the first that is not right is none, the others have to be seen too."""
        reports = self._work / "reports" / bug.name
        if self._scope is Scope.ENOUGH:
            known = self._known.get(bug.name, "")
            if files := self._coverage.files_of(bug.promise, known):
                order = Order(copy, reports / "known", bug.promise, named=known, features=files, stop=True)
                finding = finding_of(bug.promise, self._harness.run(order))
                if finding.result is Result.CAUGHT:
                    return finding
            files = self._coverage.files([bug.promise])
            first = self._harness.run(Order(copy, reports / "first", bug.promise, features=files, stop=True))
            finding = finding_of(bug.promise, first)
            if finding.result is Result.CAUGHT or not reds(first):
                return finding
        return finding_of(bug.promise, self._harness.run(self._all(bug.breaks, copy, reports / "all")))

    def _copy(self, name: str) -> Path:
        return copy_reference(self._work / "copies" / name, self._work / "cache", start=self._start)

    def _all(self, promises: Sequence[str], copy: Path, reports: Path) -> Order:
        """Every scenario of these promises, or of the suite, to the end."""
        if self._scope is Scope.WHOLE:
            return Order(copy, reports, "")
        return Order(copy, reports, self._coverage.tags(promises), features=self._coverage.files(promises))
