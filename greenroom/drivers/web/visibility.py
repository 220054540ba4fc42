"""A page in the background, as behind another tab or on a locked phone, and in sight again; or beside another window.

The browser of a run shows every page all the time. So the page is told, in the ways in which a browser tells it; that a
browser slows down a hidden page's timers is not part of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a scenario without a page does not wait for the import of a browser's driver
    from playwright.sync_api import Page

_HIDE = """() => {
  for (const [name, value] of [["hidden", true], ["visibilityState", "hidden"]])
    Object.defineProperty(document, name, { configurable: true, get: () => value });
  window.dispatchEvent(new Event("blur"));
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
}"""
_SHOW = """() => {
  delete document.hidden;
  delete document.visibilityState;
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  window.dispatchEvent(new Event("focus"));
}"""


_LEAVE = """() => {
  document.hasFocus = () => false;
  window.dispatchEvent(new Event("blur"));
}"""


def put_away(page: Page) -> None:
    """From now on the page counts as hidden."""
    page.evaluate(_HIDE)


def take_up(page: Page) -> None:
    """The page is in sight again; nothing is loaded anew."""
    page.evaluate(_SHOW)


def open_behind(page: Page) -> None:
    """What the page loads next counts as hidden from its beginning, as in a tab that was opened behind another."""
    page.add_init_script(f"({_HIDE})()")


def look_elsewhere(page: Page) -> None:
    """From now on the page is in sight, and its window is not the one that a person works in."""
    page.evaluate(_LEAVE)
