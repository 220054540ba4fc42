"""The limiter's windows, on a clock of the test's own."""

from __future__ import annotations

from reference.gateway.limiter import Limiter
from reference.settings import Limit


def test_windows_of_the_limiter() -> None:
    now = 100.0
    limiter = Limiter(Limit(2, 10), lambda: now)
    assert [limiter.take("a").allowed for _ in range(3)] == [True, True, False]
    assert limiter.take("b").allowed
    now = 109.5
    assert limiter.take("a").headers["Retry-After"] == "1"
    now = 110.0
    assert limiter.take("a").headers["RateLimit-Remaining"] == "1"
    assert limiter.take("b").allowed
