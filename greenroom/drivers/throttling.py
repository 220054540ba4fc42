"""A limiter's answer: waited out within the patience there is, and told as such beyond it."""

from __future__ import annotations

import email.utils
import re
import time
from collections.abc import Mapping

from greenroom.core import clock
from greenroom.core.errors import Throttled
from greenroom.drivers.answer import Answer

_LEFT = re.compile(r"\b(?:t|reset)=(\d{1,9})\b")
"""In the header `RateLimit`, which holds it all."""
_SINCE_1970 = 1e9
"""From here on a number is a moment, and no length."""
_NUMBER = re.compile(r"[0-9]{1,12}(?:\.[0-9]+)?")


def wait_out(answer: Answer, patience: float) -> float:
    """Wait as long as the limiter asks for, within `patience`; what is left of it. Raises Throttled."""
    seconds = _asked(answer.headers)
    if seconds is None or seconds > patience:
        wants = f"it asks to wait {seconds:.0f} s" if seconds is not None else "it does not say for how long"
        raise Throttled(
            f"throttled: {answer.exchange.method} {answer.exchange.url} {_said(answer.status)}, {wants}",
            hint=f"--patience {max(60, int(seconds or 0) + 5)} waits for it; --plan says what a run costs",
        )
    time.sleep(seconds)  # the limiter names the moment; there is no condition to wait for before it
    return patience - max(seconds, 0.5)


def _said(status: int) -> str:
    return "answered 429" if status == 429 else f"answered {status} as a limiter does"


def _asked(headers: Mapping[str, str]) -> float | None:
    """How many seconds to wait, as far as any of the headers tells that limiters have for it."""
    if said := headers.get("Retry-After") or headers.get("RateLimit-Reset"):
        return _seconds_of(said)
    if left := _LEFT.search(headers.get("RateLimit") or ""):
        return float(left[1])
    seconds = _seconds_of(headers.get("X-RateLimit-Reset") or headers.get("X-Rate-Limit-Reset") or "")
    if seconds is None or seconds < _SINCE_1970:
        return seconds
    return max(0.0, seconds - clock.services_now().timestamp())


def _seconds_of(text: str) -> float | None:
    """A number of seconds, or a date; None for anything else."""
    if _NUMBER.fullmatch(text.strip()):
        return float(text)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - clock.services_now().timestamp())
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
