"""When a figure that is out of bounds becomes an alarm, and when the alarm is over: one small state machine.

It knows two states and one rule for both ways: N of the last M looks that could tell speak for the other state, the
latest of them does, and the first of them is some minutes ago. So one miss alerts nobody, and one good look after an
outage recovers nothing. A look that could not tell changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from greenroom.targetfile.watch import AlarmRule

_EARLY = 1.0
"""Seconds by which a look may be early: one every 30 s is the third within a minute, whatever the machine does."""


@dataclass(frozen=True)
class Alarm:
    """The alarm of one figure, as a value. Moments are seconds since 1970."""

    raised: bool = False
    recent: tuple[bool, ...] = ()
    """Of the last looks that could tell, since the state is what it is: whether each was out of bounds."""
    turning_since: float | None = None
    """Since when looks speak for the other state; None where none of the recent ones does."""

    def after(self, at: float, bad: bool | None, rule: AlarmRule) -> Alarm:
        """The alarm after one more look, which was out of bounds, or not, or could not tell (None)."""
        if bad is None:
            return self
        recent = (*self.recent, bad)[-rule.of :]
        against = sum(one is not self.raised for one in recent)
        if not against:
            return Alarm(self.raised, recent)
        since = at if self.turning_since is None else self.turning_since
        if bad is not self.raised and against >= rule.looks and at - since >= rule.minutes * 60 - _EARLY:
            return Alarm(bad, (bad,))
        return Alarm(self.raised, recent, since)

    @property
    def pending(self) -> bool:
        """Whether something was out of bounds lately, and is no alarm yet."""
        return not self.raised and any(self.recent)
