"""The public listing as a page. What is seen there comes back as values."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from playwright.sync_api import Locator

from greenroom.core.deadlines import eventually
from greenroom.core.errors import BrokenPromise, Inconclusive
from greenroom.drivers.web.presses import press
from greenroom.drivers.web.scrolling import onwards, seen_in_all, to_the_end, to_the_top
from greenroom.drivers.web.shown_number import ShownNumber, shown_number
from greenroom.drivers.web.shown_text import texts
from greenroom.drivers.web.tab import Tab
from greenroom.targetfile.web import READY_WITHOUT_MARK

Values = Mapping[str, Any]

_A_MOMENT = 1000
"""Milliseconds in which a control that is there tells whether it can be pressed, and in which scrolling brings more."""

_TO_DRAW = 0.2
"""Seconds in which a list that draws only what is seen has drawn it, or there was nothing to draw anew."""
_FOLLOWS = """(one, two) => {
  const path = node => node ? [...path(node.parentNode || node.host), node] : [];
  const [ones, twos] = [path(one), path(two)];
  const parting = ones.findIndex((node, depth) => node !== twos[depth]);
  return !!(ones[parting].compareDocumentPosition(twos[parting]) & Node.DOCUMENT_POSITION_FOLLOWING);
}"""
"""Whether another stands behind one, also where each is within a web component of its own."""


@dataclass(frozen=True)
class Shown:
    """An entry of the listing as the page shows it."""

    title: str
    host: str
    status: Literal["live", "upcoming"]


class ListingPage:
    """The public listing in a person's browser."""

    def __init__(self, tab: Tab) -> None:
        self._tab, self._page = tab, tab.web.listing
        self._has_turned = False  # to another page of it than the first

    def open(self) -> None:
        """Go to the listing, to its first page where it has several."""
        self._has_turned = False
        self._tab.goto(self._page.path, self._page.ready, service=self._page.service)

    def open_unseen(self) -> None:
        """Go to the listing in a tab that nobody looks at: whether it gets ready there is its own affair."""
        self._has_turned = False
        self._tab.goto(self._page.path, service=self._page.service)

    def gets_ready(self, seconds: float) -> bool:
        """Whether the page is ready within so many seconds, where a mark tells that it is."""
        ready = self._page.ready
        if ready in READY_WITHOUT_MARK:
            return True
        return eventually(lambda: bool(self._tab.find(ready).count()), bool, seconds, pause=self._tab.let_pass)[0]

    def let_pass(self, seconds: float) -> None:
        """Let the time pass in the browser's own loop."""
        self._tab.let_pass(seconds)

    def hindrance(self) -> Inconclusive | None:
        """What kept the page from seeing all, if anything did."""
        return self._tab.hindrance()

    def blindness(self) -> Inconclusive | None:
        """Why an entry that the page does not show says nothing: it could not see all, or is no longer the listing, as
        one may be that loads itself anew."""
        return self._tab.hindrance() or self._tab.check_shown({}, self._page.ready)

    def settle(self) -> Inconclusive | None:
        """Wait until the page has all its answers; what keeps it from being judged, if anything does."""
        return self._tab.settle() or self._tab.check_shown({}, self._page.ready)

    def shows_live(self, values: Values, within: float) -> bool:
        """Whether the room's entry is shown as live within the deadline; a listing of several pages is then at its."""
        return self._appears(self._page.live_entry, values, within)

    def drops(self, values: Values, within: float) -> bool:
        """Whether the room's entry is gone, or no longer shown as live, within the deadline: from the page that is
        open, and where there are several, from all."""
        began = time.monotonic()
        if not self._tab.vanishes(self._page.live_entry, values, within=within):
            return False
        if not self._page.next_page and not self._page.windowed:
            return True
        left = max(within - (time.monotonic() - began), 0.0)
        return not eventually(lambda: self.count_live(values), lambda count: not count, left, pause=self.let_pass)[0]

    def shows_upcoming(self, values: Values, within: float) -> bool:
        """Whether the room's entry is shown as upcoming within the deadline."""
        return self._appears(self._page.upcoming_entry, values, within)

    def count(self, values: Values) -> int:
        """How many entries the room has, live and upcoming."""
        return self.count_live(values) + self.count_upcoming(values)

    def count_live(self, values: Values) -> int:
        """How many live entries the room has."""
        return self._count_all(self._page.live_entry, values)

    def count_each(self, rooms: Mapping[str, Values]) -> dict[str, int]:
        """How many live entries each of many rooms has, all pages looked through once. Each is given with what its
        entry's selector may say of it."""
        counts: dict[str, list[int]] = {room: [] for room in rooms}
        for _ in self._pages():
            for room, values in rooms.items():
                counts[room].append(self._count(self._page.live_entry, values))
        return {room: self._total(seen) for room, seen in counts.items()}

    def count_upcoming(self, values: Values) -> int:
        """How many entries the room has that are to come; 0 where the target does not say how they look."""
        if not self.tells_upcoming:
            return 0
        return self._count_all(self._page.upcoming_entry, values)

    @property
    def tells_upcoming(self) -> bool:
        """Whether the page shows what is to come, and the target says how."""
        return bool(self._page.upcoming_entry)

    @property
    def order(self) -> str:
        """In which order live entries are documented to be; "" where in none."""
        return self._page.order

    @property
    def tells_topics(self) -> bool:
        """Whether the target says where in an entry its topics stand."""
        return bool(self._page.entry_topics)

    def topics(self, values: Values) -> str:
        """The topics of the room's live entry, as shown. Only after `shows_live`."""
        entry = self._live_entry(values)
        return self._tab.text_of("the entry's topics", entry.locator(self._page.entry_topics).first)

    def topics_if_any(self, values: Values) -> str:
        """The same of an entry that may have none: "" then."""
        place = self._live_entry(values).locator(self._page.entry_topics)
        return " ".join(self._tab.look("the listing", partial(texts, place)))

    @property
    def tells_people(self) -> bool:
        """Whether the target says where in an entry the number of people inside stands."""
        return bool(self._page.entry_people)

    def people(self, values: Values) -> ShownNumber:
        """How many people are inside by the room's live entry; 0 where it shows no number. Only after `shows_live`."""
        place = self._live_entry(values).locator(self._page.entry_people)
        said = self._tab.look("the listing", partial(texts, place))
        return shown_number(" ".join(said))

    def is_above(self, values: Values, other: Values) -> bool:
        """Whether a room's live entry comes before another's, on the same page or on an earlier one. Only after
        `shows_live` for both."""
        one, two = (self._tab.shown(self._page.live_entry, each).first for each in (values, other))
        for _ in self._pages() if self._page.next_page or self._page.windowed else ():
            shown = [self._tab.look("the listing", each.count) for each in (one, two)]
            if any(shown) and not all(shown):
                return bool(shown[0])
            if all(shown):
                break
        return bool(self._tab.look("both entries", lambda: one.evaluate(_FOLLOWS, two.element_handle())))

    @property
    def tells_titles(self) -> bool:
        """Whether the target says where in an entry its title stands."""
        return bool(self._page.entry_title)

    def titles(self) -> list[str]:
        """The titles of all entries that the page shows, live and upcoming."""
        entries = self._tab.shown(self._page.any_entry)
        titles = entries.locator(self._page.entry_title) if self._page.entry_title else entries
        found = (self._tab.look("the listing", partial(texts, titles)) for _ in self._pages())
        return [title.strip() for page in found for title in page]

    def entry(self, values: Values) -> Shown:
        """The room's live entry as shown. Only after `shows_live`."""
        entry = self._live_entry(values)
        title = entry.locator(self._page.entry_title).first if self._page.entry_title else entry
        host = entry.locator(self._page.entry_host).first if self._page.entry_host else entry
        shown = self._tab.text_of("the entry's title", title), self._tab.text_of("the entry's host", host)
        return Shown(*shown, "live")

    def _count(self, selector: str, values: Values) -> int:
        return self._tab.look("the listing", self._tab.shown(selector, values).count)

    def _count_all(self, selector: str, values: Values) -> int:
        return self._total([self._count(selector, values) for _ in self._pages()])

    def _total(self, counts: list[int]) -> int:
        """Of the counts of page after page."""
        return seen_in_all(counts) if self._page.windowed else sum(counts)

    def _live_entry(self, values: Values) -> Locator:
        """The room's live entry; where entries come and go as one scrolls, others may have moved it meanwhile."""
        if self._page.windowed and not self._tab.sees(self._page.live_entry, values):
            any(self._tab.sees(self._page.live_entry, values) for _ in self._pages())
        return self._tab.shown(self._page.live_entry, values).first

    def _appears(self, selector: str, values: Values, within: float) -> bool:
        page = self._page
        if not (page.more or page.next_page or page.scrolls or page.windowed):
            return self._tab.appears(selector, values, within=within)

        def is_on_a_page() -> bool:
            return self._tab.sees(selector, values) or any(self._tab.sees(selector, values) for _ in self._pages())

        return eventually(is_on_a_page, bool, within, pause=self._tab.let_pass)[0]

    def _pages(self) -> Iterator[None]:
        """Page after page of the listing from the first one on, each with all that it shows on demand; then the first
        again. Whoever has seen enough stays where they are."""
        if self._page.windowed:
            yield from self._windows()
            return
        if self._has_turned:
            self.open()
        self._show_all()
        yield
        while self._press(self._page.next_page):
            self._has_turned = True
            self._show_all()
            yield
        if self._has_turned:
            self.open()

    def _windows(self) -> Iterator[None]:
        """What is seen from the top, and on until the end; then the top again."""
        self._scroll(to_the_top)
        yield
        while self._scroll(onwards):
            yield
        self._scroll(to_the_top)

    def _scroll(self, how: Callable[[Locator], bool]) -> bool:
        """Scroll the listing, and wait for what that brings. What `how` says; false where nothing is listed."""
        entries = self._tab.shown(self._page.any_entry)
        if not self._tab.look("the listing", entries.count):
            return False
        shown = partial(self._tab.look, "the listing", entries.all_inner_texts)
        before = shown()
        has_moved = bool(self._tab.look("the listing", lambda: how(entries)))
        if has_moved:
            eventually(shown, lambda now: bool(now) and now != before, _TO_DRAW, pause=self._tab.let_pass)
            self._tab.settle()
        return has_moved

    def _show_all(self) -> None:
        """Have the page show all that it shows on demand."""
        while self._press(self._page.more) or self._scroll_on():
            pass

    def _scroll_on(self) -> bool:
        """Scroll down to the last entry, and wait for what it brings. Whether there are more entries than before."""
        if not self._page.scrolls:
            return False
        entries = self._tab.shown(self._page.any_entry)
        before = self._tab.look("the listing", entries.count)
        if not before:
            return False
        self._tab.look("the listing", lambda: to_the_end(entries))
        self._wait_for_more()
        moment, count = _A_MOMENT / 1000, lambda: self._tab.look("the listing", entries.count)
        return eventually(count, lambda now: now > before, moment, pause=self._tab.let_pass)[0] > before

    def _press(self, selector: str) -> bool:
        """Press a control for more entries, and wait for them. Whether it was there and could be pressed."""
        if not selector or not self._tab.sees(selector):
            return False
        control = self._tab.shown(selector).first
        try:
            if not self._tab.look("more entries", lambda: control.is_enabled(timeout=_A_MOMENT)):
                return False
            self._tab.look("more entries", lambda: press(self._tab.page, control, timeout=_A_MOMENT))
        except BrokenPromise:  # it went meanwhile: there is no more
            return False
        self._wait_for_more()
        return True

    def _wait_for_more(self) -> None:
        self._tab.traffic.stir()
        self._tab.settle()
        self._tab.wait_ready(self._page.ready)
