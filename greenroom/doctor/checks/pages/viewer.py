"""The viewer of a live room opens: the host can end it there, a guest can't."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, ok, wrong
from greenroom.doctor.page_checker import PageChecker
from greenroom.doctor.prerequisites import LIVE_PAGE, VIEWER_PAGE
from greenroom.people.browser import Browser

_CHECK = "viewer"


@doctor_check(CheckSubject.PAGES, _CHECK, needs=(LIVE_PAGE,), provides=(VIEWER_PAGE,))
def check_viewer(examination: Examination) -> Iterator[Finding]:
    """The host sees End Room by the room's link, a guest does not."""
    host, guest, browsers = examination.host, examination.guest, examination.world.browsers
    browser = browsers.of(host)
    finding = open_viewer(examination, browser, _CHECK) or _check_controls(examination, browser)
    if finding is not None:
        yield finding
        return
    browser = browsers.of(guest)
    finding = open_viewer(examination, browser, _CHECK)
    if finding is not None:
        yield finding
        return
    if browser.viewer.shows_end_now(host.values()):
        where = examination.where("web", "viewer", "end_room")
        hint = "is the selector too wide, or does everybody get the control? (H4)"
        yield wrong(_CHECK, f"{where}: a guest sees {browser.tab.web.viewer.end_room!r} too", hint)
        return
    examination.establish(VIEWER_PAGE)
    yield ok(_CHECK, "the host sees End Room, a guest does not")


@doctor_check(CheckSubject.PAGES, "viewer: visitor", needs=(VIEWER_PAGE,))
def check_visitor(examination: Examination) -> Iterator[Finding]:
    """Somebody who is not signed in gets to see the viewer, or is sent to where people sign in."""
    world, check = examination.world, "viewer: visitor"
    browser = world.browsers.of(world.people.visitor("Nemo"))
    page, values = browser.tab.web.viewer, examination.host.values()
    checker = PageChecker(examination, browser.tab, check)
    try:
        finding = checker.check_ready(("web", "viewer"), page.ready, lambda: browser.viewer.open(values))
        if finding is not None:
            hint = f"if visitors are sent to {urlsplit(browser.tab.page.url).path}, say so: [web] sign_in_path"
            finding = wrong(check, finding.detail, hint)
        was_sent = finding is None and browser.tab.was_sent_to_sign_in()
        yield finding or ok(check, "is sent to sign in" if was_sent else "sees the room")
    finally:
        browser.tab.close()
        world.people.forget("Nemo")


def open_viewer(examination: Examination, browser: Browser, check: str) -> Finding | None:
    """Open the viewer of the host's room and enter it. What is wrong on the way, for the check of that name."""
    page, values = browser.tab.web.viewer, examination.host.values()
    checker = PageChecker(examination, browser.tab, check)
    finding = checker.check_ready(
        ("web", "viewer"), page.ready, lambda: browser.tab.goto(page.path, page.ready, values, service=page.service)
    )
    return finding or checker.check_flow(("web", "viewer", "enter"), page.enter, values)


def _check_controls(examination: Examination, browser: Browser) -> Finding | None:
    """End Room is there, and what only its press should show is not."""
    page, values = browser.tab.web.viewer, examination.host.values()
    checker = PageChecker(examination, browser.tab, _CHECK)
    finding = checker.check_visible(("web", "viewer", "end_room"), page.end_room, values)
    for key in ("has_ended", "end_failed"):
        finding = finding or checker.check_not_yet_visible(("web", "viewer", key), getattr(page, key), values)
    return finding
