"""Loading a page: who is to blame when it does not come, and what an error of the browser means."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Frame, Page, Response
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from greenroom.core.deadlines import eventually
from greenroom.core.errors import BadTarget, BrokenPromise, Inconclusive, TargetUnavailable

_NETWORK = {
    "ERR_CONNECTION_REFUSED": ("refused", "refuses connections"),
    "ERR_NAME_NOT_RESOLVED": ("dns", "has a name that can't be resolved"),
    "ERR_CERT": ("tls", "has a certificate that can't be trusted"),
    "ERR_SSL": ("tls", "does not speak TLS that the browser understands"),
    "ERR_CONNECTION": ("reset", "broke the connection off"),
    "ERR_EMPTY_RESPONSE": ("reset", "closed the connection without an answer"),
    "ERR_TIMED_OUT": ("timeout", "did not answer in time"),
    "ERR_INTERNET_DISCONNECTED": ("unreachable", "can't be reached"),
}

_NET_ERROR = re.compile(r"net::ERR_\w+")

# What Chromium says of a load that gave up a form which was under way, by version; and Playwright of one that the page
# itself was faster than: it goes on, or loads itself anew.
_GIVING_UP = (
    "ERR_ABORTED",
    "frame was detached",
    "Not attached to an active page",
    "interrupted by another navigation",
)
_A_MOMENT = 0.5
_SELECTOR = ("parsing selector", "not a valid selector", "Unknown engine", "Unsupported token", "InvalidSelector")


def load(
    page: Page, act: Callable[[], Response | None], url: str, seconds: float, pause: Callable[[float], None]
) -> int:
    """Carry out `act`, which loads the page at `url` within `seconds`; `pause` lets time pass in the browser's loop.

    The status that it was answered with, 0 where nothing was asked for. Raises TargetUnavailable when nobody answers.
    """
    try:
        response = _once_free(page, act, seconds, pause)
    except PlaywrightTimeout:
        raise TargetUnavailable("timeout", f"web did not answer in time: {url}") from None
    except PlaywrightError as error:
        for sign, (cause, why) in _NETWORK.items():
            if sign in error.message:
                raise TargetUnavailable(cause, f"web {why}: {url}") from None
        if _NET_ERROR.search(error.message):
            raise TargetUnavailable("unreachable", f"web can't be loaded: {_first_line(error)}") from None
        raise failed(error) from None
    return response.status if response is not None else 0


HIDES = frozenset({401, 403, 404, 410})
"""Statuses of a page that shows somebody nothing of what they may not see."""


def check_opened(status: int, url: str) -> None:
    """Raises BrokenPromise for a page that the application failed to make."""
    if status >= 500:
        raise BrokenPromise(f"the page should open\n  found     {status} from {url}")


def _once_free(
    page: Page, act: Callable[[], Response | None], seconds: float, pause: Callable[[float], None]
) -> Response | None:
    """Load the page. A form or a link that was under way is given up for this, and until it is gone the browser
    refuses: the next try waits for a sign that the page has gone on, since one before that would end like the first."""
    navigated: list[Frame] = []

    def note(frame: Frame) -> None:
        navigated.append(frame)

    ends = time.monotonic() + seconds
    page.on("framenavigated", note)
    try:
        while True:
            try:
                return act()
            except PlaywrightError as error:
                if time.monotonic() > ends or not any(sign in error.message for sign in _GIVING_UP):
                    raise
                eventually(lambda: navigated, bool, _A_MOMENT, pause=pause)
    finally:
        page.remove_listener("framenavigated", note)


def failed(error: PlaywrightError) -> Exception:
    """What an error of the browser means that is no timeout: a selector that can't be read, or a crash."""
    if any(sign in error.message for sign in _SELECTOR):
        said = f"a selector of the target file can't be read: {_first_line(error)}"
        return BadTarget(said, hint="greenroom doctor names it")
    return Inconclusive("browser-crashed", f"the browser failed: {_first_line(error)}")


def _first_line(error: PlaywrightError) -> str:
    return error.message.partition("\n")[0]
