"""A page's clock, set by the target's: one that is wrong would let a page take a fresh token for one that is over."""

from __future__ import annotations

from contextlib import suppress

from playwright.sync_api import Error, Page

from greenroom.core import clock

# A clock that is late until it catches up; whatever was to happen in between happens then, once.
_LATE = """(() => {
  const real = Date, waiting = new Map();
  let late = LATE;
  const now = () => real.now() - late;
  globalThis.Date = new Proxy(real, {
    construct: (_, given, asked) => Reflect.construct(real, given.length ? given : [now()], asked),
    apply: () => new real(now()).toString(),
    get: (_, name) => name === "now" ? now : Reflect.get(real, name),
  });
  const at = globalThis.setTimeout;
  for (const [name, isOnce] of [["setTimeout", true], ["setInterval", false]]) {
    const start = globalThis[name];
    globalThis[name] = (act, after, ...given) => {
      if (typeof act !== "function") return start(act, after, ...given);
      const happen = () => { if (isOnce) waiting.delete(id); act.apply(globalThis, given); };
      const id = start(happen, after);
      waiting.set(id, { happen, isOnce, due: real.now() + (after || 0) });
      return id;
    };
  }
  for (const name of ["clearTimeout", "clearInterval"]) {
    const stop = globalThis[name];
    globalThis[name] = id => { waiting.delete(id); stop(id); };
  }
  globalThis[Symbol.for("greenroom.catchUp")] = (by = late) => {
    const until = real.now() + by;
    late -= by;
    for (const [id, one] of [...waiting])
      if (one.due <= until) at(() => {
        if (!waiting.has(id)) return;
        if (one.isOnce) clearTimeout(id);
        one.happen();
      }, 0);
      else one.due -= by;
  };
})()"""

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


def late_script(seconds: float) -> str:
    """A script to be run before a page's own: its clock is so many seconds slow, until `catch_up` of the page."""
    return _LATE.replace("LATE", str(round(seconds * 1000)), 1)


def catch_up(page: Page, seconds: float) -> None:
    """Set the clock right of a page that was so many seconds late, of the other tabs that are open, and of those that
    its browser opens from now on. Their timers that were due in between are, as after a sleep of the computer."""
    page.context.add_init_script(shift_script(seconds))
    _move(page, None)


def come_closer(page: Page, seconds: float) -> None:
    """Make up for so many of the seconds that a page is late, and leave the rest: its timers that were due in between
    are, and what they start in their place is not."""
    _move(page, seconds)


def _move(page: Page, seconds: float | None) -> None:
    by = "" if seconds is None else str(round(seconds * 1000))
    for frame in [frame for each in page.context.pages for frame in each.frames]:
        with suppress(Error):  # the document has gone, and the next one gets its clock as it is loaded
            frame.evaluate(f"() => globalThis[Symbol.for('greenroom.catchUp')]?.({by})")
