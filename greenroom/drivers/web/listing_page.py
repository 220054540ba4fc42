"""The public listing as a page. What is seen there comes back as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from greenroom.core.errors import Inconclusive
from greenroom.drivers.web.tab import Tab

Values = Mapping[str, Any]


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

    def open(self) -> None:
        """Go to the listing."""
        self._tab.goto(self._page.path, self._page.ready)

    def let_pass(self, seconds: float) -> None:
        """Let the time pass in the browser's own loop."""
        self._tab.let_pass(seconds)

    def hindrance(self) -> Inconclusive | None:
        """What kept the page from seeing all, if anything did."""
        return self._tab.hindrance()

    def settle(self) -> Inconclusive | None:
        """Wait until the page has all its answers; what keeps it from being judged, if anything does."""
        return self._tab.settle() or self._tab.check_shown({}, self._page.ready)

    def shows_live(self, values: Values, within: float) -> bool:
        """Whether the room's entry is shown as live within the deadline."""
        return self._tab.appears(self._page.live_entry, values, within=within)

    def drops(self, values: Values, within: float) -> bool:
        """Whether the room's entry is gone, or no longer shown as live, within the deadline."""
        return self._tab.vanishes(self._page.live_entry, values, within=within)

    def shows_upcoming(self, values: Values, within: float) -> bool:
        """Whether the room's entry is shown as upcoming within the deadline."""
        return self._tab.appears(self._page.upcoming_entry, values, within=within)

    def count(self, values: Values) -> int:
        """How many entries the room has, live and upcoming."""
        return self.count_live(values) + self.count_upcoming(values)

    def count_live(self, values: Values) -> int:
        """How many live entries the room has."""
        return self._tab.look("the listing", self._tab.find(self._page.live_entry, values).count)

    def count_upcoming(self, values: Values) -> int:
        """How many entries the room has that are to come; 0 where the target does not say how they look."""
        if not self._page.upcoming_entry:
            return 0
        return self._tab.look("the listing", self._tab.find(self._page.upcoming_entry, values).count)

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
        entry = self._tab.find(self._page.live_entry, values).first
        return self._tab.text_of("the entry's topics", entry.locator(self._page.entry_topics).first)

    def is_above(self, values: Values, other: Values) -> bool:
        """Whether a room's live entry comes before another's. Only after `shows_live` for both."""
        one, two = (self._tab.find(self._page.live_entry, each).first for each in (values, other))
        follows = "(one, two) => !!(one.compareDocumentPosition(two) & Node.DOCUMENT_POSITION_FOLLOWING)"
        return bool(self._tab.look("both entries", lambda: one.evaluate(follows, two.element_handle())))

    @property
    def tells_titles(self) -> bool:
        """Whether the target says where in an entry its title stands."""
        return bool(self._page.entry_title)

    def titles(self) -> list[str]:
        """The titles of all entries that the page shows, live and upcoming."""
        entries = self._tab.find(self._page.any_entry)
        titles = entries.locator(self._page.entry_title) if self._page.entry_title else entries
        return [title.strip() for title in self._tab.look("the listing", titles.all_text_contents)]

    def entry(self, values: Values) -> Shown:
        """The room's live entry as shown. Only after `shows_live`."""
        entry = self._tab.find(self._page.live_entry, values).first
        title = entry.locator(self._page.entry_title).first if self._page.entry_title else entry
        host = entry.locator(self._page.entry_host).first if self._page.entry_host else entry
        shown = self._tab.text_of("the entry's title", title), self._tab.text_of("the entry's host", host)
        return Shown(*shown, "live")
