"""What time it is for the target. Its clocks are measured when it is opened (`greenroom/drivers/clocks.py`), and every
time that is judged or sent is of one of them: a machine whose clock is wrong comes to the same verdicts as any other.

In between, time goes on as the machine's steady clock says, which counts while it sleeps and is never set.
"""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass

SKEW = dt.timedelta(seconds=5)
"""How far two clocks may be apart before it matters."""


@dataclass(frozen=True)
class Ahead:
    """How many seconds the target's clocks are ahead of this machine's; None where nobody said what time it is."""

    service: float | None = None
    database: float | None = None

    @property
    def of_services(self) -> float:
        """The services' clock, else the database's, else this machine's."""
        return next((one for one in (self.service, self.database) if one is not None), 0.0)

    @property
    def of_database(self) -> float:
        """The database's clock, else the services', else this machine's."""
        return next((one for one in (self.database, self.service) if one is not None), 0.0)

    @property
    def sentence(self) -> str:
        """What matters of it, for a person; "" when all clocks agree."""
        said = {"services": self.service, "database": self.database}
        off = {name: one for name, one in said.items() if one is not None and abs(one) > SKEW.total_seconds()}
        if not off:
            return ""
        if self.agree:
            off = {"": self.of_database}
        told = [f"{_apart(one)} the target's {name}".rstrip() for name, one in off.items()]
        return f"this machine's clock is {' and '.join(told)}: times are judged and sent by the target's"

    @property
    def agree(self) -> bool:
        """Whether all clocks of the target agree, as far as they are known."""
        return abs(self.of_services - self.of_database) <= SKEW.total_seconds()


def _apart(seconds: float) -> str:
    return f"{abs(seconds):,.0f} s {'behind' if seconds > 0 else 'ahead of'}"


def _steady() -> float:
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


_ahead = Ahead()  # of the one target that this process has opened
_since = time.time() - _steady()  # when the steady clock was at 0, by the clock that may be set


def correct(ahead: Ahead) -> None:
    """From now on the target's clocks are so far ahead of this machine's, as that is now."""
    global _ahead, _since
    _ahead, _since = ahead, time.time() - _steady()


def stepped() -> float:
    """By how many seconds this machine's clock was set since it was compared with the target's."""
    return time.time() - _steady() - _since


def ahead() -> Ahead:
    """How far the target's clocks are ahead."""
    return _ahead


def now() -> dt.datetime:
    """The present moment, to be sent: by whichever of the target's clocks is behind, so that it is in the future for
    none. A proxy may have written the `Date` by which the services' clock is known."""
    return _at(min(_ahead.of_services, _ahead.of_database))


def services_now() -> dt.datetime:
    """The present moment by the clock of whoever answers."""
    return _at(_ahead.of_services)


def database_now() -> dt.datetime:
    """The present moment by the database's clock, to which arranged rows have their ages."""
    return _at(_ahead.of_database)


def latest() -> dt.datetime:
    """The present moment by whichever of the target's clocks is ahead: what is after it is in the future for all."""
    return _at(max(_ahead.of_services, _ahead.of_database))


def _at(seconds: float) -> dt.datetime:
    return dt.datetime.fromtimestamp(_steady() + _since + seconds, dt.UTC)
