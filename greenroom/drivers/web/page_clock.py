"""A page's clock, set by the target's: one that is wrong would let a page take a fresh token for one that is over."""

from __future__ import annotations

from playwright.sync_api import Page

from greenroom.core import clock

# Timers run on as they do: only what `Date` says is moved.
_SCRIPT = """(() => {
  const real = Date, ahead = AHEAD, now = () => real.now() + ahead;
  globalThis.Date = new Proxy(real, {
    construct: (_, given, asked) => Reflect.construct(real, given.length ? given : [now()], asked),
    apply: () => new real(now()).toString(),
    get: (_, name) => name === "now" ? now : Reflect.get(real, name),
  });
})()"""


def shift_script(seconds: float) -> str:
    """A script to be run before a page's own: its clock is so many seconds fast; fewer than nought is slow."""
    return _SCRIPT.replace("AHEAD", str(round(seconds * 1000)))


def clock_script(page: Page) -> str:
    """A script to be run before a page's own: its clock is that of the target's services. `page` is any of the same
    browser, whose own clock is compared with it."""
    own = float(page.evaluate("Date.now()"))
    return _SCRIPT.replace("AHEAD", str(round(clock.now().timestamp() * 1000 - own)))
