"""Rows may be written a moment after the answer that tells of them. They are waited for before a scenario keeps how
things are, and before it says that nothing has changed: what is late is neither blamed on the next step nor missed."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from greenroom.claims.fact import Claim, facts_of
from greenroom.core.deadlines import eventually
from greenroom.relations.state import Row, State

_WATCHED_TIMES = 3
_A_WHILE = 0.5
_PATIENCE = 2.0
"""Rows that were late once may be later the next time: so many times as late."""


class Lateness:
    """What a worker knows of how late its target's rows come. The first few times it is watched whether any do; where
    none ever did, nothing is waited for."""

    def __init__(self) -> None:
        self._latest, self._watched, self._is_suspected = 0.0, 0, False

    @property
    def is_known(self) -> bool:
        """Whether rows have come late before."""
        return self._latest > 0

    def seen(self, seconds: float) -> None:
        """Rows came so long after they were looked for."""
        self._latest = max(self._latest, seconds)

    def notice(self, told: Sequence[Claim], now: State) -> None:
        """See whether the rows show what was told of them just now; the listing may do so later than they. Where they
        don't, it is watched once more whether any come: what was told may be over already, or broken."""
        facts = (fact for claim in told for fact in facts_of(claim, now) if not fact.about.startswith("listing"))
        if any(fact.seen and not fact.holds for fact in facts):
            self._is_suspected = True

    def while_to_wait(self) -> float:
        """For how long no row may change before all of them are taken to have come."""
        if self.is_known:
            return max(_A_WHILE, self._latest * _PATIENCE)
        self._watched += 1
        watches = self._is_suspected or self._watched <= _WATCHED_TIMES
        self._is_suspected = False
        return _A_WHILE if watches else 0.0


def wait_for_rows(
    lateness: Lateness, look: Callable[[], State], pause: Callable[[float], None], longest: float
) -> bool:
    """Wait until the rows have been the same for a while. Whether any was waited for."""
    quiet = min(lateness.while_to_wait(), longest)
    if not quiet:
        return False
    began = changed = time.monotonic()
    rows = _without_listing(look())

    def is_quiet() -> bool:
        nonlocal rows, changed
        now = _without_listing(look())
        if now != rows:
            rows, changed = now, time.monotonic()
        return time.monotonic() - changed >= quiet

    eventually(is_quiet, bool, longest, pause=pause)
    if not lateness.is_known:  # what comes by and by, such as a planned end, makes nobody wait longer and longer
        lateness.seen(changed - began)
    return True


def _without_listing(state: State) -> dict[str, tuple[Row, ...]]:
    """It may follow the rows later than they the answer, and is waited for by its own deadline."""
    return {relation: rows for relation, rows in state.rows.items() if relation != "listing"}
