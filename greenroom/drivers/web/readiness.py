"""A page that gets ready, or does not: whose fault that is."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Locator
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from greenroom.core.errors import BrokenPromise, Inconclusive

SLOW = "page-slow"
"""The cause of Inconclusive for a page that still waits for an answer."""
NOT_READY = "page-not-ready"
"""The cause of Inconclusive for a page that has all its answers: its mark may be described wrongly, or it is broken."""
_HINT = "[web.*] ready names what makes the page ready"
_A_MOMENT = 0.5


def wait_for_mark(mark: Locator, seconds: float, unless: Callable[[], bool] | None) -> None:
    """Wait until the mark of a page that is ready is there, `unless` it turned out to be another page. Raises
    Playwright's TimeoutError after `seconds`."""
    if unless is None:
        return mark.wait_for(state="attached", timeout=seconds * 1000)
    began = time.monotonic()
    while True:
        left = seconds - (time.monotonic() - began)
        try:
            return mark.wait_for(state="attached", timeout=max(min(left, _A_MOMENT), 0.001) * 1000)
        except PlaywrightTimeout:
            if unless():
                return None
            if left <= 0:
                raise


def not_ready(url: str, seconds: float, mistake: str, waits: str, there: str) -> Exception:
    """The error for the page at `url` that met nothing of the environment, and is not ready after `seconds`.

    `mistake` is what it says of a mistake in its script, or what a service fails at by itself, `waits` which of its
    requests it still waits for (both may be ""), and `there` what it shows.
    """
    if mistake:
        return BrokenPromise(f"the page should be ready within {seconds:g} s\n  found     {mistake}\n  at        {url}")
    if waits:
        return Inconclusive(SLOW, f"{url} was not ready within {seconds:g} s; it still waits for {waits}", hint=_HINT)
    late = f"a page was not ready within {seconds:g} s, and has all its answers: {there}"
    return Inconclusive(NOT_READY, late, hint=_HINT)


def reload_until_ready(load: Callable[[], object], wait: Callable[[], None], is_as_before: Callable[[], bool]) -> None:
    """Load a page anew and wait until it is ready; where it `is_as_before`, and is not ready with all its answers, once
    more. Raises BrokenPromise when it is not then either, and Inconclusive for what `wait` meets."""
    load()
    try:
        wait()
    except Inconclusive as first:
        if first.cause != NOT_READY or not is_as_before():
            raise
        load()
        try:
            wait()
        except Inconclusive as second:
            if second.cause != NOT_READY:
                raise
            found = f"{second.message}; nor was it when it was loaded once more"
            expected = "the page should be ready again after a reload, as it was before"
            raise BrokenPromise(f"{expected}\n  found     {found}") from None
        raise
