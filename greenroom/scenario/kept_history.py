"""What a scenario has seen change that must not change any more, between all the states that it came by."""

from __future__ import annotations

from greenroom.claims.history import broken_history
from greenroom.claims.invariants import Violation
from greenroom.claims.wrong_rows import offended
from greenroom.core.errors import What
from greenroom.record.evidence import Evidence
from greenroom.relations.state import State
from greenroom.scenario.worker import Worker


class KeptHistory:
    """One scenario's. Only states of a database are compared: each of them is of one moment."""

    def __init__(self, worker: Worker, evidence: Evidence, mark: str) -> None:
        self._worker, self._evidence = worker, evidence
        self._mark = mark if worker.target.people.source == "pool" else ""  # else the rooms have no past but this
        self.offences: list[Violation] = []

    def compare(self, before: State, after: State) -> None:
        """One state has come after another, by the end of the step that is under way."""
        if self._worker.database is None:
            return
        number, step = len(self._evidence.steps), self._evidence.current
        since = f"step {number}, {step.keyword} {step.text}"
        late = self._worker.lateness.is_known
        for found in broken_history(before, after, mine=self._mark, late=late):
            self.offences.append(Violation(found.invariant, tuple({**row, "since": since} for row in found.rows)))

    @property
    def wrong(self) -> list[What]:
        """What is wrong by that, for machines."""
        return [what for one in self.offences for row in one.rows for what in offended(one.invariant.name, row)]
