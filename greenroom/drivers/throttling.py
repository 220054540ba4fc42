"""A limiter's 429: waited out within the patience there is, and told as such beyond it."""

from __future__ import annotations

import email.utils
import re
import time

from greenroom.core import clock
from greenroom.core.errors import Throttled
from greenroom.drivers.answer import Answer

_NUMBER = re.compile(r"[0-9]{1,12}(?:\.[0-9]+)?")


def wait_out(answer: Answer, patience: float) -> float:
    """Wait as long as the limiter asks for, within `patience`; what is left of it. Raises Throttled."""
    asked = answer.headers.get("Retry-After") or answer.headers.get("RateLimit-Reset") or ""
    seconds = _seconds_of(asked)
    if seconds is None or seconds > patience:
        wants = f"it asks to wait {seconds:.0f} s" if seconds is not None else "it does not say for how long"
        raise Throttled(
            f"throttled: {answer.exchange.method} {answer.exchange.url} answered 429, {wants}",
            hint=f"--patience {max(60, int(seconds or 0) + 5)} waits for it; --plan says what a run costs",
        )
    time.sleep(seconds)  # the limiter names the moment; there is no condition to wait for before it
    return patience - max(seconds, 0.5)


def _seconds_of(text: str) -> float | None:
    """A number of seconds, or a date; None for anything else."""
    if _NUMBER.fullmatch(text.strip()):
        return float(text)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - clock.services_now().timestamp())
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
