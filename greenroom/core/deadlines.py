"""Every wait has a name, a default and one place: here. A target may set its own in `[deadlines]`."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field

T = TypeVar("T")

_FIRST_PAUSE = 0.01
_LONGEST_PAUSE = 0.25


class Deadlines(BaseModel):
    """Seconds a target may take before a promise counts as broken, or its environment as too slow."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    launch: float = Field(30.0, gt=0, description="an embedded target prints its ready line")
    answer: float = Field(10.0, gt=0, description="a service answers one HTTP request")
    page: float = Field(10.0, gt=0, description="a page is ready after navigation or reload")
    control: float = Field(10.0, gt=0, description="a control appears, or a page says what it must")
    settle: float = Field(5.0, gt=0, description="the database shows what an answer or a page announced")
    listing: float = Field(5.0, gt=0, description="the listing, in SQL and on pages, follows Go Live and End Room")
    open_listing: float = Field(0.0, ge=0, description="an open page of the listing follows; 0: as `listing`")
    steady: float = Field(1.0, gt=0, description="how long an ended state is watched, to see that it lasts")
    aftermath: float = Field(30.0, gt=0, description="how long a session that began right after an end is watched")
    soon: float = Field(3.0, gt=0, description="how far away a planned start or end is that a scenario waits for")
    outage: float = Field(
        30.0, gt=0, description="a target that has stopped answering is waited for, before the rest is not tried"
    )
    restart: float = Field(15.0, gt=0, description="a part that was restarted answers again")
    lease: float = Field(60.0, gt=0, description="an account of the pool gets free")
    patience: float = Field(0.0, ge=0, description="how long a 429 is waited out before the run is inconclusive")

    @property
    def on_open_listing(self) -> float:
        """How long a page of the listing that is open may take to follow."""
        return self.open_listing or self.listing


def eventually(
    probe: Callable[[], T],
    satisfied: Callable[[T], bool],
    seconds: float,
    *,
    pause: Callable[[float], None] = time.sleep,
) -> tuple[T, float]:
    """Call `probe` until `satisfied` holds for what it returns, or `seconds` have passed. The last call begins when
    they have: one that took long tells how it was when it began.

    Returns the last value (satisfying or not) and the seconds waited. `pause` is called between probes with growing
    pauses; a browser passes its own so that its events keep flowing.
    """
    started = time.monotonic()
    wait = _FIRST_PAUSE
    while True:
        began = time.monotonic() - started
        value = probe()
        waited = time.monotonic() - started
        if satisfied(value) or began >= seconds:
            return value, waited
        if waited < seconds:
            pause(min(wait, max(seconds - waited, 0.001)))
            wait = min(wait * 1.6, _LONGEST_PAUSE)
