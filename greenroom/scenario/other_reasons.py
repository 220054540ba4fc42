"""What a broken promise may have come of, when it is not the target: a page's request, a slow machine or target,
a database or a sign-in that was lost, somebody else who is at work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenroom.core import clock, ticks
from greenroom.core.errors import BadTarget, BrokenPromise, Inconclusive
from greenroom.scenario.slow_answers import too_slow_for_pages

if TYPE_CHECKING:
    from greenroom.scenario.world import World


class OtherReasons:
    """One scenario's. The target is asked once, however often an error is looked at."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._asked = False
        self._found: Inconclusive | None = None

    def instead_of(self, error: BrokenPromise | BadTarget) -> BrokenPromise | BadTarget | Inconclusive:
        """The error, or why it can't be told whether it is one. An arrangement fails where the rooms are gone."""
        first = str(error).strip().partition("\n")[0]
        judged = isinstance(error, BrokenPromise)
        hindrance = self._world.browsers.hindrance(writes=False) if judged else None
        if judged and hindrance is None and (slow := ticks.too_slow()) is not None:
            return slow.inconclusive(first)
        if judged and abs(set_by := clock.stepped()) > clock.SKEW.total_seconds():
            hindrance = Inconclusive(
                "clock-stepped",
                f"this machine's clock was set {'forward' if set_by > 0 else 'back'} by {abs(set_by):,.0f} s meanwhile",
                hint="the clocks are compared again for the next scenario",
            )
        if judged and self._world.browsers.are_open:
            hindrance = hindrance or too_slow_for_pages(self._world.exchanges, ticks.waited_in_vain())
        if (why := hindrance or self._found_out()) is None:
            return error
        return Inconclusive(why.cause, f"{why.message}\nthen: {first}", hint=why.hint)

    def _found_out(self) -> Inconclusive | None:
        if not self._asked:
            self._asked = True
            world, worker = self._world, self._world.worker
            people, rooms = list(world.people.values()), world.people.rooms
            self._found = (
                worker.seen_people.gone(world.database, people, rooms, world.deadlines.settle)
                or worker.lost_sign_ins.why(world.gateway, worker.accounts, people, world.exchanges, world.evidence)
                or worker.used_by_others.why(world)
            )
        return self._found
