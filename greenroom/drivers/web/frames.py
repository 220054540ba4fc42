"""The frames of a page: selectors that lead into one, as `frame=iframe.stage >> role=button[name='End Room']` does, and
what all of them show."""

from __future__ import annotations

import re
from html import escape

from playwright.sync_api import Error, Page

_FRAME = re.compile(r"(?P<before>^|>>)\s*frame=(?P<frame>.+?)\s*(?=>>)")
_ENTERED = r"\g<before> \g<frame> >> internal:control=enter-frame "


def into_frames(selector: str) -> str:
    """The selector in Playwright's words: each part `frame=…` finds a frame, in which the next parts look."""
    return _FRAME.sub(_ENTERED, selector).strip() if "frame=" in selector else selector


def quoted(value: object) -> str:
    """A value as it stands between the quotes of a selector, of either kind."""
    return str(value).replace("\\", "\\\\").replace('"', '\\"').replace("'", "\\'")


def count_text(page: Page, text: str) -> int:
    """How often a text stands on the page and in its frames. Raises Playwright's errors."""
    return sum(frame.get_by_text(text).count() for frame in page.frames)


def holds_text(page: Page, text: str) -> bool:
    """Whether a text is anywhere in the page and its frames, in sight or not: also in what others are told of the page,
    such as its title and its description. Raises Playwright's errors."""
    return any(words in frame.content() for frame in page.frames for words in {text, escape(text, quote=False)})


def shown_in_frames(page: Page, milliseconds: float) -> str:
    """What the frames of a page show, beside the page itself."""
    texts = []
    for frame in page.main_frame.child_frames:
        try:
            texts.append(frame.locator("body").inner_text(timeout=milliseconds))
        except Error:
            continue
    return " ".join(texts)
