"""What is run on a copy with a bug in it, until the bug is found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import Any

from tests.planted.bug import Bug
from tests.planted.coverage import Coverage
from tests.planted.finding import Finding, Result, finding_of, reds
from tests.planted.harness import Order

Run = Callable[[Order], Mapping[str, Any]]
"""Carries out an order; its answer is a verdict.json."""


class Scope(Enum):
    """How much is run on a bug: until a scenario of its promise is red, all of its promises, or the whole suite."""

    ENOUGH = auto()
    PROMISES = auto()
    WHOLE = auto()


@dataclass(frozen=True, slots=True)
class Search:
    """`coverage` says which promises have scenarios.

    `known` names a scenario that once caught a bug, by the bug's name: it is run first. It decides nothing: where it is
    not red any more, all scenarios of the promise are run as if nothing had been known. `whole_tags` narrow the whole
    suite down; of a bug that only a browser ever loads it is the scenarios in a browser.
    """

    coverage: Coverage
    scope: Scope
    known: Mapping[str, str] = field(default_factory=dict)
    whole_tags: str = ""

    def finding(self, bug: Bug, copy: Path, reports: Path, run: Run) -> Finding:
        """What the scenarios say of a bug that is planted in the folder `copy`. Raises what `run` raises."""
        if bug.promise not in self.coverage.scenarios:
            return Finding(Result.NO_SCENARIO)
        if self.scope is Scope.ENOUGH:
            found = self._by_the_known(bug, copy, reports, run) or self._by_the_first(bug, copy, reports, run)
            if found is not None:
                return found
        if self.scope is Scope.WHOLE and not self.whole_tags and bug.of_pages_alone:
            return finding_of(bug.promise, run(Order(copy, reports / "all", "browser")))
        return finding_of(bug.promise, run(self.everything(bug.breaks, copy, reports / "all")))

    def covers(self, promises: Sequence[str]) -> bool:
        """Whether there is anything to run for these promises."""
        return self.scope is Scope.WHOLE or bool(self.coverage.files(promises))

    def everything(self, promises: Sequence[str], copy: Path, reports: Path) -> Order:
        """All scenarios of these promises, or of the suite, to their end."""
        if self.scope is Scope.WHOLE:
            return Order(copy, reports, self.whole_tags)
        return Order(copy, reports, self.coverage.tags(promises), features=self.coverage.files(promises))

    def _by_the_known(self, bug: Bug, copy: Path, reports: Path, run: Run) -> Finding | None:
        known = self.known.get(bug.name, "")
        files = self.coverage.files_of(bug.promise, known)
        if not files:
            return None
        order = Order(copy, reports / "known", bug.promise, named=known, features=files, stop=True)
        found = finding_of(bug.promise, run(order))
        return found if found.result is Result.CAUGHT else None

    def _by_the_first(self, bug: Bug, copy: Path, reports: Path, run: Run) -> Finding | None:
        """One red scenario is enough. None where the first that is not right is no red one of the bug's promise: then
        the others have to be seen too."""
        files = self.coverage.files([bug.promise])
        verdict = run(Order(copy, reports / "first", bug.promise, features=files, stop=True))
        found = finding_of(bug.promise, verdict)
        return found if found.result is Result.CAUGHT or not reds(verdict) else None
