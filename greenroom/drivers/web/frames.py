"""The frames of a page: selectors that lead into one, as `frame=iframe.stage >> role=button[name='End Room']` does, and
what all of them show."""

from __future__ import annotations

import re
from html import escape

from playwright.sync_api import Error, Locator, Page

_FRAME = re.compile(r"(?P<before>^|>>)\s*frame=(?P<frame>.+?)\s*(?=>>)")
_SCROLL_TO = """([x, y]) => {
  const outside = (at, end) => (at < 0 || at > end ? at - end / 2 : 0);
  scrollBy(outside(x, innerWidth), outside(y, innerHeight));
}"""
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


def scroll_to_its_frame(page: Page, control: Locator, timeout: float | None) -> None:
    """Bring a control into sight that has a fixed place in its frame, such as a button of a dialog: the page around has
    to be scrolled for it, which a person does and Playwright does not. Raises Playwright's errors."""
    if len(page.frames) == 1:
        return
    handle = control.element_handle(timeout=timeout)
    box = handle.bounding_box() if handle.owner_frame() != page.main_frame else None
    if box is not None:
        page.evaluate(_SCROLL_TO, [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2])
