"""Presses that never became a click. A page may put new elements in the place of old ones at any time: what was pressed
is gone before the button is released, and the browser tells nobody of a click. Or it is gone before it was pressed, and
Playwright keeps the press from the page, since it would meet something else. A person presses again."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

from playwright.sync_api import BrowserContext, Error, Locator, Page

from greenroom.core.deadlines import eventually
from greenroom.drivers.web.frames import scroll_to_its_frame

_TIMES = 3
_TOLD_WITHIN = 0.1
"""Seconds until the page has told what became of a press; it takes some 3 milliseconds."""
_BINDING = "greenroomPress"
# The page tells it, since asking would wait for a document that is on its way. Playwright stops what it keeps from the
# page at the window. What the page's own answer to a press takes away was not lost. The document is looked up with each
# press: that of a frame may be put in the place of an empty one in the same window, after this has run.
_WATCH = """(() => {
  let press = null;
  const tell = lost => { press = null; window.BINDING(lost); };
  const on = (place, what, then) => place.addEventListener(what, then, true);
  const came = () => { if (press) press.came = true; };
  const clicked = event => { if (event.composedPath().includes(press?.on)) tell(false); };
  on(window, 'pointerdown', event => {
    press = { on: event.composedPath()[0] };
    on(document, 'pointerdown', came);
    on(document, 'click', clicked);
  });
  on(window, 'mousedown', event => { if (press) press.on = event.composedPath()[0]; });
  window.addEventListener('mousedown', () => { if (press && !press.on.isConnected) tell(false); });
  on(window, 'pointerup', () => setTimeout(() => { if (press) tell(!press.came || !press.on.isConnected); }));
})()""".replace("BINDING", _BINDING)

_lost: WeakKeyDictionary[Page, bool] = WeakKeyDictionary()
"""Of a page that was pressed, whether the last press was lost."""
_touched: WeakSet[BrowserContext] = WeakSet()
"""Browsers of devices without a mouse, on which people tap."""


def watch_presses(context: BrowserContext, *, is_touched: bool) -> None:
    """From now on the pages of the context tell what became of a press, which is a tap where `is_touched`."""
    if is_touched:
        _touched.add(context)

    def told(source: Any, lost: bool) -> None:
        _lost[source["page"]] = lost

    context.expose_binding(_BINDING, told)
    context.add_init_script(_WATCH)


def is_touched(page: Page) -> bool:
    """Whether people tap on the page, for want of a mouse."""
    return page.context in _touched


def press(page: Page, control: Locator, *, timeout: float | None = None, hold: float = 0) -> None:
    """Click a control, keeping the button down for `hold` seconds, or tap on it where the device has no mouse; again
    when it was replaced meanwhile, so that nothing was pressed. `timeout` in milliseconds, in place of the context's.
    Raises Playwright's errors."""
    for _ in range(_TIMES):
        scroll_to_its_frame(page, control, timeout)
        _lost.pop(page, None)
        # a form's click would wait for its answer, which a fault may hold back
        if hold:
            _hold(page, control, hold, timeout)
        elif is_touched(page):
            control.tap(timeout=timeout, no_wait_after=True)
        else:
            control.click(timeout=timeout, no_wait_after=True)
        if not _was_lost(page) or not control.is_visible():
            return


def press_twice(page: Page, control: Locator, *, hold: float = 0) -> None:
    """Double-click a control as fast as a hand can; one that has to be held is held once more where it is still there.
    What has taken its place was not meant. Raises Playwright's errors."""
    if not hold:
        control.dblclick()
        return
    _hold(page, control, hold, None)
    if _is_under_the_pointer(control):
        _keep_down(page, hold)


def _hold(page: Page, control: Locator, seconds: float, timeout: float | None) -> None:
    """Hold a control once it can be pressed, which a trial click would tell as well, but is told of as a press."""
    control.element_handle(timeout=timeout).wait_for_element_state("enabled", timeout=timeout)
    control.hover(timeout=timeout, no_wait_after=True)
    _keep_down(page, seconds)


def _is_under_the_pointer(control: Locator) -> bool:
    with suppress(Error):  # it went while it was looked at
        return bool(control.evaluate_all("found => found.some(one => one.matches(':hover'))"))
    return False


def _keep_down(page: Page, seconds: float) -> None:
    """Keep the button down for so long as the page sees it, which may be busy meanwhile: what it does after a time has
    been done when the button goes up."""
    page.mouse.down()
    try:
        page.wait_for_timeout(seconds * 1000)  # to hold it so long is the act, and waits for nothing
        with suppress(Error):  # what was held has led to another page
            page.evaluate("() => new Promise(done => setTimeout(done))")
    finally:
        page.mouse.up()


def _was_lost(page: Page) -> bool:
    with suppress(Error):  # the page is gone, which it is not for a press that was lost
        known, _ = eventually(
            lambda: _lost.get(page),
            lambda lost: lost is not None,
            _TOLD_WITHIN,
            pause=lambda seconds: page.wait_for_timeout(min(seconds, 0.002) * 1000),
        )
        return bool(known)
    return False
