"""Going from one page to another by a link that is shown, as people do: a single-page app does not load anew then."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Frame, Locator

from greenroom.core.deadlines import eventually
from greenroom.core.errors import BrokenPromise
from greenroom.drivers.web.tab import Tab
from greenroom.drivers.web.whereabouts import is_place

_A_MOMENT = 1.0
_IS_COVERED = """link => {
  link.scrollIntoView({ block: "nearest", behavior: "instant" });
  const { left, top, width, height } = link.getBoundingClientRect();
  const above = link.getRootNode().elementFromPoint(left + width / 2, top + height / 2);
  return !!above && above !== link && !link.contains(above) && !above.contains(link);
}"""
"""Whether something lies over a link where a person would press it, such as a dialog that waits for its answer."""

_HREFS = "links => links.map(link => link.href)"


def go_to_listing(tab: Tab, first: Callable[[], None] | None = None) -> bool:
    """Go to the listing by a link that the page shows. Whether the page shows one, or is the listing already. What is
    to be done `first` is done when the link is found, and it is followed at once: where that puts something over it
    that does not go in a moment, there is no link to follow. Whoever has signed out may be sent to sign in there."""
    listing = tab.web.listing
    place = tab.target.addresses[listing.service].rstrip("/") + listing.path
    if tab.was_sent_to_sign_in() or tab.is_at(listing.path, listing.ready, service=listing.service):
        return True
    link = _first(tab, tab.shown("a[href]"), lambda href: is_place(href, place, with_host=True))
    if link is None:
        return False
    if first is not None:
        first()
        free = eventually(partial(_is_free, tab, link), bool, _A_MOMENT, pause=tab.let_pass)[0]
        if tab.is_at(listing.path, listing.ready, service=listing.service):
            return True
        if not free:
            return False
    _follow(tab, link, lambda href: is_place(href, place, with_host=True))
    tab.wait_ready(listing.ready, unless=tab.was_sent_to_sign_in)
    return True


def enter_room(tab: Tab, values: Mapping[str, Any]) -> bool:
    """Go into a room by the link of its live entry in the listing that is open, wherever the link leads. Whether the
    entry is a link, or holds one, to a room's page."""
    viewer, entry = tab.web.viewer, tab.shown(tab.web.listing.live_entry, values).first
    links = entry.locator("a[href]").or_(entry.locator("xpath=self::a[@href]")).filter(visible=True)
    link = _first(tab, links, lambda href: _is_room(href, viewer.path))
    if link is None:
        return False
    _follow(tab, link, lambda href: _is_room(href, viewer.path))
    return True


def jump_in_history(tab: Tab, pages: int) -> None:
    """Go so many pages on in the browser's history, or back where it is less than 0, past those in between, as by the
    list that the browser's own button shows. Whatever the page is then."""
    before = tab.page.url
    tab.look("a page", lambda: tab.page.evaluate("pages => { setTimeout(() => history.go(pages)) }", pages))
    tab.traffic.stir()
    eventually(lambda: tab.page.url != before, bool, tab.target.deadlines.page, pause=tab.let_pass)


def _first(tab: Tab, links: Locator, leads_there: Callable[[str], bool]) -> Locator | None:
    hrefs = tab.look("links", lambda: links.evaluate_all(_HREFS))
    return next((links.nth(number) for number, href in enumerate(hrefs) if leads_there(href)), None)


def _is_free(tab: Tab, link: Locator) -> bool:
    """Whether it can be pressed, or is gone with the page that it was on."""
    return not any(tab.look("a link", lambda: [one.evaluate(_IS_COVERED) for one in link.element_handles()]))


def _follow(tab: Tab, link: Locator, is_there: Callable[[str], bool]) -> None:
    """Follow it. A page may put another address in the place of its own at once: to have come by counts. Raises
    BrokenPromise when the link leads nowhere."""
    been: list[str] = []

    def note(frame: Frame) -> None:
        been.append(frame.url)

    tab.page.on("framenavigated", note)
    try:
        tab.look("a link", link.click)
        tab.traffic.stir()
        seconds = tab.target.deadlines.page
        came, _ = eventually(lambda: any(map(is_there, [*been, tab.page.url])), bool, seconds, pause=tab.let_pass)
    finally:
        tab.page.remove_listener("framenavigated", note)
    if not came:
        raise BrokenPromise(f"a link of the page should lead where it says\n  found     {tab.there()}")


def _is_room(href: str, path: str) -> bool:
    """Whether an address is that of a room's page, of whichever room."""
    before, _, after = path.replace("{room_page}", "{room}").partition("{room}")
    here = urlsplit(href)._replace(scheme="", netloc="").geturl()
    return re.search(rf"{re.escape(before)}[^/?&#]+{re.escape(after)}/?(?:$|[?&#])", here) is not None
