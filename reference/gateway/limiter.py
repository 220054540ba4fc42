"""How often one client address may go live, in fixed windows, told in the standard `RateLimit-*` headers."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from reference.settings import Limit

_MANY = 10_000
"""Addresses that are remembered before those whose window has passed are forgotten."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one request is told: whether it may pass, and the headers to send either way."""

    allowed: bool
    headers: dict[str, str]


class Limiter:
    """Counts requests for each address; `clock` gives seconds and never goes back."""

    def __init__(self, limit: Limit, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._clock = clock
        self._windows: dict[str, tuple[float, int]] = {}

    def take(self, address: str) -> Allowance:
        """Counts one request of `address`."""
        now = self._clock()
        ends, used = self._windows.get(address, (0.0, 0))
        if now >= ends:
            self._forget(now)
            ends, used = now + self._limit.seconds, 0
        used += 1
        self._windows[address] = (ends, used)
        reset = str(math.ceil(round(ends - now, 3)))
        headers = {
            "RateLimit-Policy": f"{self._limit.count};w={self._limit.seconds}",
            "RateLimit-Limit": str(self._limit.count),
            "RateLimit-Remaining": str(max(self._limit.count - used, 0)),
            "RateLimit-Reset": reset,
        }
        allowed = used <= self._limit.count
        return Allowance(allowed, headers if allowed else {**headers, "Retry-After": reset})

    def _forget(self, now: float) -> None:
        if len(self._windows) > _MANY:
            self._windows = {address: window for address, window in self._windows.items() if window[0] > now}
