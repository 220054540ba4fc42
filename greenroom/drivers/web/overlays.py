"""What lies over a page and concerns nobody here, such as a cookie banner or a tour: put away when it is in the way."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence

from playwright.sync_api import BrowserContext, Error, Locator, Page

from greenroom.drivers.web.frames import into_frames

_A_MOMENT = 500
"""Milliseconds in which such a control can be pressed: below a dialog that is open it can't, and is in nobody's way."""

_COVERS = re.compile(r"- (<.*>) intercepts pointer events")


def put_away_overlays(context: BrowserContext, controls: Sequence[str]) -> None:
    """From now on, on every page of the context: before something is pressed or filled in, each of these controls that
    is in sight is pressed. They are selectors of the target file."""

    def watch(page: Page) -> None:
        for control in controls:
            with contextlib.suppress(Error):  # it is closed already
                page.add_locator_handler(
                    page.locator(into_frames(control)).filter(visible=True).first, _press, no_wait_after=True
                )

    if controls:
        context.on("page", watch)


def what_covers(failure: Error) -> str:
    """The words of a failed press for what lay over the control, "" where nothing did."""
    covers = _COVERS.findall(failure.message)
    return f", under {covers[-1]}: [web] dismiss names what puts such a thing away" if covers else ""


def _press(control: Locator) -> None:
    with contextlib.suppress(Error):  # it went by itself, or something else is to be answered first
        control.click(timeout=_A_MOMENT, no_wait_after=True)
