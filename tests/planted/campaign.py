"""Plants bug after bug, runs the suite on each, and says what was found as it is found."""

from __future__ import annotations

import shutil
import time
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path

from tests.planted.bug import BadPatch, Bug, promises_of
from tests.planted.copies import apply, copy_reference
from tests.planted.finding import Finding, reds
from tests.planted.harness import Harness, HarnessFailed
from tests.planted.search import Search
from tests.planted.starter_process import StarterProcess

_PARTS = ("1/2", "2/2")
"""Of the correct reference, where there are many bugs: in one piece it would take longer than all of them."""
_MANY = 100


@dataclass(frozen=True, slots=True)
class Tried:
    """A bug, what was found, and how long it took. `fault` is why there is no finding; then the runner exits 3."""

    bug: Bug
    finding: Finding | None
    seconds: float
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Correct:
    """A run of the reference as it is, or a part of one: `bad` is what was not right, empty when it is conformant."""

    bad: tuple[str, ...]
    ran: int
    seconds: float
    part: str = ""

    def along_with(self, other: Correct | None) -> Correct:
        """Both parts as one."""
        if other is None:
            return self
        return Correct(self.bad + other.bad, self.ran + other.ran, max(self.seconds, other.seconds))


class Campaign:
    """Works in the folder `work`, on so many bugs at once; `search` says what is run on each."""

    def __init__(self, work: Path, search: Search, *, jobs: int) -> None:
        self._work, self._search, self._jobs = work, search, jobs
        self._harness = Harness()
        self._start: tuple[str, ...] = ()

    def run(self, bugs: Sequence[Bug]) -> Generator[Correct | Tried, None, None]:
        """What was found, in the order in which it was. The correct reference is begun with, as it takes longest.

        Once that turns out not to be conformant, nothing more is tried: a red check proves nothing then. Closing the
        iterator ends every run that is under way.
        """
        with StarterProcess() as starter, ThreadPoolExecutor(self._jobs) as pool:
            self._start = starter.words
            parts = _PARTS if self._jobs > len(_PARTS) and len(bugs) >= _MANY else ("",)
            pending: list[Future[Correct | Tried]] = [pool.submit(self._correct, bugs, part) for part in parts]
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

    def _correct(self, bugs: Sequence[Bug], part: str) -> Correct:
        began = time.monotonic()
        promises = promises_of(bugs)
        if not self._search.covers(promises):
            return Correct((), 0, 0.0)
        name = "correct" + part.replace("/", "-of-")
        copy = self._copy(name)
        order = replace(self._search.everything(promises, copy, self._work / "reports" / name), part=part)
        try:
            verdict = self._harness.run(order)
        except HarnessFailed as failure:
            return Correct((str(failure),), 0, time.monotonic() - began, part)
        finally:
            shutil.rmtree(copy, ignore_errors=True)
        return Correct(tuple(reds(verdict)), len(verdict["scenarios"]), time.monotonic() - began, part)

    def _try(self, bug: Bug) -> Tried:
        began = time.monotonic()
        copy = self._copy(bug.name)
        try:
            apply(bug.patch, copy)
            finding = self._search.finding(bug, copy, self._work / "reports" / bug.name, self._harness.run)
            return Tried(bug, finding, time.monotonic() - began)
        except (BadPatch, HarnessFailed) as failure:
            return Tried(bug, None, time.monotonic() - began, str(failure))
        finally:
            shutil.rmtree(copy, ignore_errors=True)

    def _copy(self, name: str) -> Path:
        return copy_reference(self._work / "copies" / name, self._work / "cache", start=self._start)
