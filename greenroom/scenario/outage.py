"""A target that has stopped answering is waited for once, and then given up: each scenario that is left would wait for
it anew, and a run of hundreds would end after hours, with nothing more to say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from greenroom.core.deadlines import eventually
from greenroom.core.errors import TargetUnavailable

_IN_A_ROW = 3
"""So many scenarios that could not be told, one after the other, until somebody asks whether the target is there."""


@dataclass
class Outage:
    """One worker's. `silent_part` tells which part of the target does not answer, "" where all do; after `seconds` of
    that the target is given up, and at once where it can't `may_return`: nobody starts an embedded one again."""

    silent_part: Callable[[], str]
    seconds: float
    may_return: Callable[[], bool] = lambda: True
    _untold: int = 0
    _given_up: str = ""
    _how: str = ""

    def note(self, *, told: bool) -> None:
        """A scenario is over. `told` is whether it could be judged, well or badly: whether it was not inconclusive."""
        self._untold = 0 if told else self._untold + 1

    def check(self) -> None:
        """Before a scenario. Raises TargetUnavailable when the target has been given up."""
        if self._untold < _IN_A_ROW:
            return
        if not self._given_up:
            self._given_up, _ = eventually(
                self.silent_part, lambda silent: not silent or not self.may_return(), self.seconds
            )
            self._how = f"did not come back within {self.seconds:g} s" if self.may_return() else "its process has ended"
        if self._given_up:
            how = f"not tried: the target had stopped answering, and {self._how}: {self._given_up}"
            hint = "[deadlines] outage, if a deployment takes longer" if self.may_return() else ""
            raise TargetUnavailable("gone", how, hint=hint)
