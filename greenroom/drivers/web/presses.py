"""Presses that never became a click. A page may put new elements in the place of old ones at any time: what was pressed
is gone then before the button is released, and the browser tells nobody of a click. A person presses again."""

from __future__ import annotations

from contextlib import suppress

from playwright.sync_api import BrowserContext, Error, Locator, Page

# What the page's own answer to the press takes away is no press that was lost.
_WATCH = """(() => {
  const kept = Symbol.for('greenroom.press');
  addEventListener('mousedown', event => { window[kept] = { on: event.composedPath()[0], clicked: false }; }, true);
  addEventListener('mousedown', () => { if (!window[kept]?.on.isConnected) delete window[kept]; });
  addEventListener('click', event => {
    if (event.composedPath().includes(window[kept]?.on)) window[kept].clicked = true;
  }, true);
})()"""
_IS_LOST = """() => {
  const press = window[Symbol.for('greenroom.press')];
  return !!press && !press.clicked && !press.on.isConnected;
}"""


def watch_presses(context: BrowserContext) -> None:
    """From now on the pages of the context keep what was pressed last, and whether that became a click."""
    context.add_init_script(_WATCH)


def press(page: Page, control: Locator) -> None:
    """Click a control; once more when it was replaced between press and release, so that nothing was clicked. Raises
    Playwright's errors."""
    control.click(no_wait_after=True)  # a form's click would wait for its answer, which a fault may hold back
    if _was_lost(page) and control.is_visible():
        control.click(no_wait_after=True)


def _was_lost(page: Page) -> bool:
    with suppress(Error):  # the page went on, which it does not do for a press that was lost
        return any(frame.evaluate(_IS_LOST) for frame in page.frames)
    return False
