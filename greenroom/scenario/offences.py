"""What a scenario's own rooms offend, between its steps and at its end: invariants, and what must not change."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from greenroom.claims.history import broken_history
from greenroom.claims.invariants import Violation, violations
from greenroom.claims.invariants_seen import violations_seen
from greenroom.claims.wrong_rows import offended, wrong_rows
from greenroom.core import ticks
from greenroom.core.deadlines import eventually
from greenroom.core.errors import What
from greenroom.relations.state import State

if TYPE_CHECKING:
    from greenroom.scenario.world import World


class Offences:
    """One scenario's. What was seen by the way stays offended, also when it is right again later."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._earlier: list[Violation] = []
        self._changed: list[What] = []

    def now(self) -> list[Violation]:
        """Invariants that the rooms offend once they had time to settle; arranged ones that are untouched left out."""
        world = self._world
        return self._settled(lambda state: [room for room in world.people.rooms if room not in world.untouched(state)])

    def ever(self) -> list[Violation]:
        """What they offend now, and whatever else they have offended on the way."""
        found = self.now()
        names = {one.invariant.name for one in found}
        return found + [one for one in self._earlier if one.invariant.name not in names]

    def compare(self, before: State, after: State) -> None:
        """One state has come after another by the end of the step that is under way. Only states of a database are
        compared: each of them is of one moment."""
        world = self._world
        if world.database is None:
            return
        mark = world.mark if world.target.people.source == "pool" else ""  # else the rooms have no past but this
        for found in broken_history(before, after, mine=mark, late=world.worker.lateness.is_known):
            self._keep(found)
            self._changed += _wrong(found)

    def by_the_way(self) -> bool:
        """Something is about to be done. Where rows are wrong that nobody has arranged or keeps from being right, they
        are waited for, and kept if that was in vain: what one scenario of a worker has seen so, no other waits for.
        Whether anything was waited for."""
        world = self._world
        rooms = [room for room in world.people.rooms if not world.arranged.room(room)]
        if world.database is None or world.is_troubled or not set(wrong_rows(world.now, rooms)) - world.worker.in_vain:
            return False
        found = self._settled(lambda state: rooms)
        if ticks.too_slow() is not None or world.browsers.hindrance(writes=False) is not None:
            return True  # nobody can tell whose doing it is
        for one in found:
            self._keep(one)
            world.worker.in_vain.update(_wrong(one))
        return True

    @property
    def changed(self) -> list[What]:
        """What has changed that must not, for machines."""
        return self._changed

    def _keep(self, found: Violation) -> None:
        step = self._world.evidence.current
        since = {"since": f"step {len(self._world.evidence.steps)}, {step.keyword} {step.text}"}
        self._earlier.append(Violation(found.invariant, tuple(row | since for row in found.rows)))

    def _settled(self, rooms_of: Callable[[State], list[str]]) -> list[Violation]:
        world = self._world
        if not world.people.rooms or not world.source.shows:
            return []
        database, elsewhere = world.database, world.source.shows
        if database is not None:
            elsewhere = frozenset(name for name in elsewhere if not database.holds(name))

        def probe() -> list[Violation]:
            rooms = rooms_of(world.look() if world.arranged.rows else State())
            found = violations(database, rooms) if database is not None else []
            return found + (violations_seen(world.look(), rooms, elsewhere) if elsewhere else [])

        ticks.forget()
        found, waited = eventually(probe, lambda bad: not bad, world.deadlines.settle, pause=world.browsers.let_pass)
        if found:
            ticks.in_vain(waited)
        return found


def _wrong(violation: Violation) -> list[What]:
    return [what for row in violation.rows for what in offended(violation.invariant.name, row)]
