"""What a service does later: it answers at once where to ask whether it is done, and is asked there until it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from greenroom.core.deadlines import eventually
from greenroom.drivers.answer import Answer
from greenroom.drivers.environment.form import is_so
from greenroom.drivers.redirects import named_by
from greenroom.targetfile.model import Request

_TOO_MANY = 429


def await_done(
    request: Request, answer: Answer, url: str, addresses: Iterable[str], seconds: float, ask: Callable[[str], Answer]
) -> Answer:
    """The answer of whoever is asked at the address that `answer` names, once what `request` waits for is true of it,
    or it says no, or the time is up; `answer` itself where there is nothing to wait for."""
    place = named_by(answer.headers, url, addresses)
    if not request.until or not 200 <= answer.status < 300 or is_so(request.until, answer.body) or not place:
        return answer

    def is_done(told: Answer) -> bool:
        return told.status != _TOO_MANY and (told.status >= 300 or is_so(request.until, told.body))

    return eventually(lambda: ask(place), is_done, seconds)[0]
