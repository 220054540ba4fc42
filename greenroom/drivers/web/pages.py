"""The pages a person meets: the listing, going live, a room's viewer. What happened there comes back as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Locator, Route
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from greenroom.core.errors import BrokenPromise
from greenroom.drivers.web.requests import PageRequests
from greenroom.drivers.web.tab import Tab
from greenroom.targetfile.model import FlowStep

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
        return self._tab.find(self._page.live_entry, values).count()

    def count_upcoming(self, values: Values) -> int:
        """How many entries the room has that are to come; 0 where the target does not say how they look."""
        return self._tab.find(self._page.upcoming_entry, values).count() if self._page.upcoming_entry else 0

    @property
    def tells_titles(self) -> bool:
        """Whether the target says where in an entry its title stands."""
        return bool(self._page.entry_title)

    def titles(self) -> list[str]:
        """The titles of all entries that the page shows, live and upcoming."""
        entries = self._tab.find(self._page.any_entry)
        titles = entries.locator(self._page.entry_title) if self._page.entry_title else entries
        return [title.strip() for title in titles.all_text_contents()]

    def entry(self, values: Values) -> Shown:
        """The room's live entry as shown. Only after `shows_live`."""
        entry = self._tab.find(self._page.live_entry, values).first
        title = entry.locator(self._page.entry_title).first if self._page.entry_title else entry
        host = entry.locator(self._page.entry_host).first if self._page.entry_host else entry
        return Shown(title.text_content() or "", host.text_content() or "", "live")


@dataclass(frozen=True)
class WentLive:
    """What a person saw on the way to being live. `noticed` says whether the page said that it retried."""

    opened: bool
    noticed: bool
    says: str = ""


class GoLivePopup:
    """Going live on the page."""

    def __init__(self, tab: Tab, requests: PageRequests) -> None:
        self._tab, self._requests = tab, requests
        self._flow, self._viewer = tab.web.go_live, tab.web.viewer

    def open(self, values: Values) -> None:
        """Open the popup and fill it in, but do not submit."""
        if self._flow.page == "listing":
            self._tab.goto(self._tab.web.listing.path, self._tab.web.listing.ready)
        else:
            self._tab.goto(self._viewer.path, self._viewer.ready, values)
        self._tab.play(self._flow.open, values)
        self._tab.play(self._flow.fill, values)

    def submit(self, values: Values) -> WentLive:
        """Press the last button and see it through to the viewer or to a failure that the page admits.

        The second Go Live of a recovery is held until the page was seen to say that it retries, so that a notice that
        is there only for a moment is not missed.
        """
        if not self._requests.describes("go_live"):  # a notice that is there for a moment only may be missed then
            self._tab.play([FlowStep(click=self._flow.submit)], values)
            return self._see_through(values, None)
        hold = _Hold(self._requests, self._tab, active=bool(self._flow.retrying))
        try:
            self._tab.play([FlowStep(click=self._flow.submit)], values)
            return self._see_through(values, hold)
        finally:
            hold.end()

    def press_twice(self, values: Values) -> WentLive:
        """Double-click the last button, and see what came of it."""
        self.click_twice(values)
        return self._see_through(values, None)

    def click_twice(self, values: Values) -> None:
        """Double-click the last button and wait for nothing."""
        self._tab.find(self._flow.submit, values).first.dblclick()

    def press(self, values: Values) -> None:
        """Press the last button and wait for nothing."""
        self._tab.play([FlowStep(click=self._flow.submit)], values)

    def can_be_pressed_now(self, values: Values) -> bool:
        """Whether the last button is there and can be pressed at this moment."""
        button = self._tab.find(self._flow.submit, values).first
        return button.is_visible() and button.is_enabled()

    def can_be_pressed(self, values: Values, within: float) -> bool:
        """Whether the last button can be pressed within the deadline."""
        button = self._tab.find(self._flow.submit, values).first
        if not self._tab.appears(self._flow.submit, values, within=within):
            return False
        return button.is_enabled(timeout=within * 1000)

    def _see_through(self, values: Values, hold: _Hold | None) -> WentLive:
        noticed = False
        ready, failed, retrying = self._viewer.ready, self._flow.failed, self._flow.retrying
        any_of = self._tab.find(ready, values)
        for selector in filter(None, (failed, retrying)):
            any_of = any_of.or_(self._tab.find(selector, values))
        budget = self._tab.target.deadlines.page
        if not self._wait(any_of, budget):
            raise BrokenPromise(f"going live should open the viewer or say why not\n  found     {self._tab.page.url}")
        if retrying and self._tab.sees(retrying, values):
            noticed = True
            if hold is not None:  # before confirming: a form's click waits for its answer
                hold.release()
            self._tab.play(self._flow.confirm, values)
            after = self._tab.find(ready, values)
            if failed:
                after = after.or_(self._tab.find(failed, values))
            if not self._wait(after, budget):
                raise BrokenPromise(
                    "after the retry the viewer should open, or the page say why not\n"
                    f"  found     {self._tab.page.url}, still saying {self._said(retrying, values)!r}"
                )
        if failed and self._tab.sees(failed, values):
            return WentLive(False, noticed, self._said(failed, values))
        if self._flow.was_reset and not noticed:
            noticed = self._tab.sees(self._flow.was_reset, values)
        return WentLive(True, noticed)

    def _wait(self, place: Locator, seconds: float) -> bool:
        try:
            place.first.wait_for(state="attached", timeout=seconds * 1000)
        except PlaywrightTimeout:
            return False
        return True

    def _said(self, selector: str, values: Values) -> str:
        return (self._tab.find(selector, values).first.text_content() or "").strip()


class _Hold:
    """Holds the second Go Live of a recovery until it is released."""

    def __init__(self, requests: PageRequests, tab: Tab, *, active: bool) -> None:
        self._tab, self._pattern = tab, requests.pattern("go_live")
        self._held: list[Route] = []
        self._sent, self._holding = 0, active
        tab.page.route(self._pattern, self._meet)

    def release(self) -> None:
        """Let what is held go, and hold nothing more."""
        self._holding = False
        while self._held:
            self._held.pop().fallback()

    def end(self) -> None:
        """Release, and stop watching."""
        self.release()
        self._tab.page.unroute(self._pattern, self._meet)

    def _meet(self, route: Route) -> None:
        self._sent += 1
        if self._sent == 2 and self._holding:
            self._held.append(route)
        else:
            route.fallback()


class ViewerPage:
    """A room's page in a person's browser."""

    def __init__(self, tab: Tab) -> None:
        self._tab, self._page = tab, tab.web.viewer

    def open(self, values: Values) -> None:
        """Open the room by its link."""
        self._tab.goto(self._page.path, self._page.ready, values)
        self._tab.play(self._page.enter, values)

    def open_forged(self, values: Values) -> None:
        """Open the room as someone whose navigation state claims that they host it."""
        self._tab.page.evaluate("state => { history.replaceState(state, '', location.href); }", self._page.forged_state)
        self._tab.reload(self._page.ready, values)
        self._tab.play(self._page.enter, values)

    def reload(self, values: Values) -> None:
        """Press F5."""
        self._tab.reload(self._page.ready, values)
        self._tab.play(self._page.enter, values)

    def back_and_forward(self, values: Values) -> None:
        """Go to the listing, back, and forward again until the room is shown once more."""
        self._tab.goto(self._tab.web.listing.path, self._tab.web.listing.ready)
        self._tab.page.go_back(wait_until="commit")
        self._tab.wait_ready(self._page.ready, values)
        self._tab.page.go_forward(wait_until="commit")
        self._tab.wait_ready(self._tab.web.listing.ready)
        self._tab.page.go_back(wait_until="commit")
        self._tab.wait_ready(self._page.ready, values)
        self._tab.play(self._page.enter, values)

    def room_shown(self) -> str:
        """The id of the room whose page this is, by its address; "" when it is another page."""
        before, hole, after = self._page.path.partition("{room}")
        path = urlsplit(self._tab.page.url).path
        start = path.find(before)
        if not hole or start < 0:
            return ""
        found, _, rest = path[start + len(before) :].partition("/")
        return unquote(found) if f"/{rest}" == after or (not rest and not after) else ""

    def offers_end(self, values: Values, within: float | None = None) -> bool:
        """Whether End Room becomes visible within the deadline."""
        return self._tab.appears(self._page.end_room, values, within=within)

    def shows_end_now(self, values: Values) -> bool:
        """Whether End Room is visible right now."""
        return self._tab.sees(self._page.end_room, values)

    def end_is_enabled(self, values: Values, within: float) -> bool:
        """Whether End Room is there and can be pressed within the deadline."""
        if not self._tab.appears(self._page.end_room, values, within=within):
            return False
        return self._tab.find(self._page.end_room, values).first.is_enabled(timeout=within * 1000)

    def press_end(self, values: Values) -> None:
        """Press End Room, and confirm where the page asks. Raises BrokenPromise when it is not there."""
        if not self._tab.appears(self._page.end_room, values):
            raise BrokenPromise(f"the host should see End Room\n  found     no End Room on {self._tab.page.url}")
        self._tab.play([FlowStep(click=self._page.end_room), *self._page.end_confirm], values)

    def says_ended(self, values: Values, within: float | None = None) -> bool:
        """Whether the page says that the room has ended, within the deadline."""
        return self._tab.appears(self._page.has_ended, values, within=within)

    def says_end_failed(self, values: Values, within: float | None = None) -> bool:
        """Whether the page says that ending failed, within the deadline."""
        return self._tab.appears(self._page.end_failed, values, within=within)

    def shows_failure_now(self, values: Values) -> bool:
        """Whether the page shows a failure right now."""
        return self._tab.sees(self._page.end_failed, values)
