"""The page ends a room by itself when the gateway can't."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.checks.pages.failing_request import failing
from greenroom.doctor.checks.pages.failures import click_end_room, is_described
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, ok
from greenroom.doctor.page_checker import PageChecker
from greenroom.doctor.prerequisites import LIVE_PAGE, VIEWER_PAGE
from greenroom.drivers.logs import in_order


@doctor_check(CheckSubject.PAGES, "fallback", needs=(VIEWER_PAGE,))
def check_fallback(examination: Examination) -> Iterator[Finding]:
    """The gateway fails and the fallback works: the page says that the room has ended."""
    target, check = examination.target, "fallback"
    assert target.web is not None
    if not target.can("client-fallback") and not is_described(target, "end_fallback"):
        return
    browser, values = examination.world.browsers.of(examination.host), examination.host.values()
    has_ended = target.web.viewer.has_ended
    browser.viewer.open(values)
    with failing(examination, browser, "end") as request:
        click_end_room(browser)
        says_ended = browser.viewer.says_ended(values)
        finding = request.check_sent(check)
        if finding is None and not says_ended:
            checker = PageChecker(examination, browser.tab, check)
            finding = checker.not_visible(("web", "viewer", "has_ended"), has_ended, values)
    examination.observed["client-fallback"] = finding is None
    if finding is None:
        examination.withdraw(LIVE_PAGE)
        if target.logs.fallback_succeeded:
            logged = "\n".join(browser.tab.console)
            examination.observed["console-log"] = not in_order(logged, [target.logs.fallback_succeeded])
    yield finding or ok(check, "the gateway fails, and the page ends the room all the same")
