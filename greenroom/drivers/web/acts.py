"""One act of a flow, carried out on a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Locator, Page

from greenroom.core.placeholders import fill_text
from greenroom.drivers.web.dialogs import answer_next
from greenroom.drivers.web.keyboard import press_by_key
from greenroom.drivers.web.presses import press
from greenroom.targetfile.web import FlowStep


def act_out(
    page: Page, place: Locator | None, step: FlowStep, values: Mapping[str, Any], *, by_keyboard: bool = False
) -> None:
    """Carry out `step` at `place`, with its placeholders filled. Raises Playwright's errors, and BrokenPromise where
    the keyboard does not reach what is to be pressed by it."""
    given = str(fill_text(step.value, values)) if step.value is not None else ""
    if step.press is not None:
        page.keyboard.press(step.press)
    elif step.answer is not None:
        answer_next(page, fill_text(step.answer, values))
    elif place is None:
        return
    elif step.fill is not None:
        place.fill(given)
    elif step.choose is not None:
        place.select_option(given)
    elif step.check is not None:
        place.check()
    elif step.wait is not None:
        place.wait_for(state="visible")
    elif by_keyboard:
        press_by_key(page, place, hold=step.hold)
    else:
        press(page, place, hold=step.hold)
