"""The host ends the room on the page."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.checks.pages.go_live import fill_in, submit
from greenroom.doctor.checks.pages.viewer import open_viewer
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, counted, not_reached, ok, wrong
from greenroom.doctor.page_checker import PageChecker
from greenroom.doctor.prerequisites import LIVE_PAGE, VIEWER_PAGE
from greenroom.people.browser import Browser

_CHECK = "end room"


@doctor_check(CheckSubject.PAGES, _CHECK, needs=(VIEWER_PAGE,), makes=True)
def check_end_room(examination: Examination) -> Iterator[Finding]:
    """The page says that the room has ended; the entry goes from a listing that is open meanwhile."""
    host, browsers = examination.host, examination.world.browsers
    browser = browsers.of(host)
    finding = None
    if not examination.has(LIVE_PAGE):  # an earlier check ended it
        if not examination.may_go_live():
            yield not_reached(_CHECK, examination.limit_reached)
            return
        host.title = examination.world.naming.title()
        finding = fill_in(examination, browser, _CHECK) or submit(examination, browser)
    web, values, seconds = browser.tab.web, host.values(), examination.target.deadlines.on_open_listing
    watcher = browsers.of(examination.guest)
    watcher.listing.open()
    watcher.listing.shows_live(values, seconds)
    finding = finding or open_viewer(examination, browser, _CHECK) or press_end_room(examination, browser, _CHECK)
    if finding is not None:
        yield finding
        return
    if watcher.tab.sees(web.listing.live_entry, values) and not watcher.listing.drops(values, seconds):
        where = examination.where("web", "listing", "live_entry")
        detail = f"{where}: {web.listing.live_entry!r} is still shown after the end"
        yield wrong(_CHECK, detail, "an entry that is live must be told from one that has ended")
        return
    examination.withdraw(LIVE_PAGE)
    yield ok(_CHECK, f"{counted(1 + len(web.viewer.end_confirm), 'control')}, then it says so")


def press_end_room(examination: Examination, browser: Browser, check: str) -> Finding | None:
    """Press End Room on the viewer, and see it through. What is wrong on the way, for the check of that name."""
    page, values = browser.tab.web.viewer, examination.host.values()
    checker = PageChecker(examination, browser.tab, check)
    finding = checker.check_not_yet_visible(("web", "viewer", "has_ended"), page.has_ended, values)
    finding = finding or checker.check_visible(("web", "viewer", "end_room"), page.end_room, values)
    if finding is None:
        browser.tab.shown(page.end_room, values).first.click()
        finding = checker.check_flow(("web", "viewer", "end_confirm"), page.end_confirm, values)
    return finding or checker.check_visible(("web", "viewer", "has_ended"), page.has_ended, values)
