"""The host goes live on the page."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.core.deadlines import eventually
from greenroom.core.errors import BrokenPromise
from greenroom.core.placeholders import holes
from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, counted, not_reached, ok, wrong
from greenroom.doctor.page_checker import PageChecker
from greenroom.doctor.prerequisites import LISTING_PAGE, LIVE_PAGE, SIGNED_IN_PAGES
from greenroom.people.browser import Browser

_CHECK = "go live"


@doctor_check(CheckSubject.PAGES, _CHECK, needs=(SIGNED_IN_PAGES, LISTING_PAGE), provides=(LIVE_PAGE,), makes=True)
def check_go_live(examination: Examination) -> Iterator[Finding]:
    """Every control is there, and the viewer opens."""
    host = examination.host
    browser = examination.world.browsers.of(host)
    if not examination.may_go_live():
        yield not_reached(_CHECK, examination.limit_reached)
        return
    host.title = examination.world.naming.title()
    finding = fill_in(examination, browser, _CHECK) or submit(examination, browser)
    if finding is not None:
        yield finding
        return
    flow = browser.tab.web.go_live
    examination.establish(LIVE_PAGE)
    yield ok(_CHECK, f"{counted(len(flow.open) + len(flow.fill) + 1, 'control')}, then the viewer")


def fill_in(examination: Examination, browser: Browser, check: str) -> Finding | None:
    """Open the popup, and fill it in. What is wrong with it, for the check of that name."""
    web, flow, values = browser.tab.web, browser.tab.web.go_live, examination.host.values()
    checker = PageChecker(examination, browser.tab, check)
    if flow.page == "listing":
        finding = checker.check_ready(("web", "listing"), web.listing.ready, browser.listing.open)
    else:
        finding = checker.check_ready(("web", "viewer"), web.viewer.ready, lambda: browser.viewer.open(values))
    finding = finding or checker.check_flow(("web", "go_live", "open"), flow.open, values)
    finding = finding or checker.check_flow(("web", "go_live", "fill"), flow.fill, values)
    finding = finding or checker.check_visible(("web", "go_live", "submit"), flow.submit, values)
    if finding is None and not browser.go_live.can_be_pressed_now(values):
        where = examination.where("web", "go_live", "submit")
        detail = f"{where}: {flow.submit!r} can't be pressed once everything is filled in"
        finding = wrong(check, detail, f"is a field left out of `fill`? {checker.usable_elements()}")
    for key in ("retrying", "failed"):
        finding = finding or checker.check_not_yet_visible(("web", "go_live", key), getattr(flow, key), values)
    return finding


def submit(examination: Examination, browser: Browser) -> Finding | None:
    """Press Go Live and wait for the viewer. What is wrong on the way."""
    host, web = examination.host, browser.tab.web
    if not host.room_id and "room" in holes(web.viewer.path) | holes(web.viewer.ready):
        browser.go_live.press(host.values())
        return _learn_room_by_address(examination, browser)
    try:
        went = browser.go_live.submit(host.values())
    except BrokenPromise as error:
        browser.tab.check_environment()
        detail = f"{examination.where('web', 'viewer', 'ready')}: {' '.join(str(error).split())}"
        return wrong(_CHECK, detail, PageChecker(examination, browser.tab, _CHECK).usable_elements())
    if not went.opened:
        browser.tab.check_environment()
        where = examination.where("web", "go_live", "failed")
        return wrong(_CHECK, f"{where}: the page says {went.says!r}", "does `failed` show on success, too?")
    return None


def _learn_room_by_address(examination: Examination, browser: Browser) -> Finding | None:
    """Where nothing else tells, the address of the viewer holds the room's id."""
    seconds = examination.target.deadlines.page
    room, _ = eventually(browser.viewer.room_shown, bool, seconds, pause=browser.tab.let_pass)
    if not room:
        where = examination.where("web", "viewer", "path")
        return wrong(_CHECK, f"{where}: after Go Live the page is {browser.tab.page.url}", "the viewer's path")
    examination.world.people.owns(examination.host, room)
    browser.tab.wait_ready(browser.tab.web.viewer.ready, examination.host.values())
    return None
