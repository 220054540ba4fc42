"""What is on a page and can't be seen all the same: it is transparent, as what fades in where nothing moves."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import Error, Locator

from greenroom.core.deadlines import eventually

_OPACITY = """element => {
  let seen = 1;
  for (let one = element; one; one = one.parentElement ?? one.getRootNode().host) seen *= getComputedStyle(one).opacity;
  return seen;
}"""
_HARDLY = 0.05
_SOON = 1.0


def can_be_seen(place: Locator, seconds: float, pause: Callable[[float], None], *, has_mouse: bool) -> bool:
    """Whether it is, or comes to be, more than transparent within the time: at the latest when the mouse is moved to
    it. Where there is none, what comes up at a touch is not looked for, and all can be seen."""

    def is_seen() -> bool:
        with suppress(Error):  # another has taken its place meanwhile
            return float(place.evaluate(_OPACITY, timeout=_SOON * 1000)) > _HARDLY
        return False

    if not has_mouse or eventually(is_seen, bool, min(_SOON, seconds), pause=pause)[0]:
        return True
    with suppress(Error):
        place.hover(timeout=_SOON * 1000)
    return bool(eventually(is_seen, bool, seconds, pause=pause)[0])
