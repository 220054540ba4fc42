"""Controls that are used with the keyboard alone, as by people who use no mouse."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from greenroom.core.errors import BrokenPromise

# What is named may be a part of the control, such as its words, or a label beside it. What has no focus after it was
# given it can't be reached by a keyboard.
_FOCUS = """element => {
  const found = element.closest('a[href], button, input, select, textarea, summary, [tabindex], label') || element;
  const control = found.control || found;
  control.focus();
  const isThere = control.getRootNode().activeElement === control;
  return isThere && (['checkbox', 'radio'].includes(control.type) ? 'Space' : 'Enter');
}"""


def press_by_key(page: Page, control: Locator, *, hold: float = 0) -> None:
    """Go to a control and press its key, for `hold` seconds. Raises BrokenPromise where the keyboard does not reach it,
    and Playwright's errors."""
    control.wait_for(state="visible")
    key = control.evaluate(_FOCUS)
    if not key:
        raise BrokenPromise("the keyboard should reach each control\n  found     one that takes no focus")
    page.keyboard.press(key, delay=hold * 1000)
