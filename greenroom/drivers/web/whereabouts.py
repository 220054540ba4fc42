"""What a page is at this moment, in a line: for what a person reads who asks why something was not found on it."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Error, Page

from greenroom.drivers.web.dialogs import said_in_dialogs
from greenroom.drivers.web.frames import shown_in_frames

_EXCERPT = 160
_MAIN, _DIALOG = "main:visible", "dialog:visible, [role=dialog]:visible"
_UNSEEN = re.compile("[\u200b\u200c\u200e\u200f\u2060\ufeff]")  # characters that a page holds and nobody sees


def what_is_there(page: Page) -> str:
    """The address of the page, the beginning of what it shows (of an open dialog, or of its main part, where there is
    one), and what a dialog of the browser's has said."""
    try:
        own = page.locator("body").inner_text(timeout=1000)
        for part in (_MAIN, _DIALOG):  # what is around it is the same on every page
            if page.locator(part).count() == 1:
                own = page.locator(part).inner_text(timeout=1000) or own
        shown = " ".join(f"{own} {shown_in_frames(page, 1000)}".split())
    except Error:
        shown = ""
    shown = _UNSEEN.sub("", shown)
    excerpt = shown if len(shown) <= _EXCERPT else shown[: _EXCERPT - 1] + "…"
    found, dialog = f'{page.url}, which shows "{excerpt}"' if shown else page.url, said_in_dialogs(page)
    return f"{found}, after a dialog that said {dialog!r}" if dialog else found


def is_place(url: str, place: str, *, with_host: bool) -> bool:
    """Whether a page's address is that of a place, `with_host` on its host as well. A slash at the end, more that is
    asked for, and a heading behind a "#" make no other page; another route behind a "#" does."""
    here, there = urlsplit(url), urlsplit(place)
    if with_host and here.netloc != there.netloc:
        return False
    same = here.path.rstrip("/") == there.path.rstrip("/") and _route(here.fragment) == _route(there.fragment)
    return same and set(parse_qsl(there.query)) <= set(parse_qsl(here.query))


def _route(fragment: str) -> str:
    return fragment.partition("?")[0].rstrip("/") if fragment[:1] in ("/", "!") else ""
