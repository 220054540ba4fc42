"""What the page says when its requests fail: each request is found by its description, each message by its selector."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, suppress

from greenroom.core.errors import BrokenPromise, Inconclusive
from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.checks.pages.failing_request import failing
from greenroom.doctor.checks.pages.go_live import fill_in
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, ok, wrong
from greenroom.doctor.page_checker import PageChecker
from greenroom.doctor.prerequisites import LISTING_PAGE, LIVE_PAGE, SIGNED_IN_PAGES, VIEWER_PAGE
from greenroom.drivers.web.requests import PageRequests
from greenroom.people.browser import Browser
from greenroom.targetfile.model import Target
from greenroom.targetfile.web import FlowStep

_FORM = "it is a form: the browser shows the failure, not the page"


@doctor_check(CheckSubject.PAGES, "failing go live", needs=(SIGNED_IN_PAGES, LISTING_PAGE))
def check_failing_go_live(examination: Examination) -> Iterator[Finding]:
    """Go Live fails at the gateway: the page says so by `failed`. Nothing reaches the target."""
    target, check = examination.target, "failing go live"
    assert target.web is not None
    failed = target.web.go_live.failed
    if not failed or not is_described(target, "go_live"):
        return
    browser, values = examination.world.browsers.of(examination.host), examination.host.values()
    finding = fill_in(examination, browser, check)
    if finding is not None:
        yield finding
        return
    with failing(examination, browser, "go_live") as request:
        browser.go_live.press(values)
        finding = request.check_sent(check)
        if finding is None and not request.navigated:
            checker = PageChecker(examination, browser.tab, check)
            finding = checker.check_visible(("web", "go_live", "failed"), failed, values)
    yield finding or ok(check, _FORM if request.navigated else "the page says so")


_FELL_BACK = (
    "a page that ends rooms in another way when the gateway can't has the capability client-fallback, and says in "
    "[page_requests] what it sends then: end_fallback = [...]; end_fallback = [] where that goes over a WebSocket"
)


@doctor_check(CheckSubject.PAGES, "failing end", needs=(VIEWER_PAGE,))
def check_failing_end(examination: Examination) -> Iterator[Finding]:
    """End Room fails, and so does the fallback where there is one: the page says so by `end_failed`."""
    target, check = examination.target, "failing end"
    assert target.web is not None
    end_failed, has_fallback = target.web.viewer.end_failed, is_described(target, "end_fallback")
    if not end_failed or not is_described(target, "end"):
        return
    if target.can("client-fallback") and not has_fallback:
        return  # nothing would fail: requests of the fallback can't be told from others
    browser, values = examination.world.browsers.of(examination.host), examination.host.values()
    browser.viewer.open(values)
    names = ["end", "end_fallback"] if has_fallback else ["end"]
    with ExitStack() as stack:
        requests = [stack.enter_context(failing(examination, browser, name)) for name in names]
        click_end_room(browser)
        finding = requests[0].check_sent(check)
        if finding is None and not requests[0].navigated:
            checker = PageChecker(examination, browser.tab, check)
            finding = checker.check_visible(("web", "viewer", "end_failed"), end_failed, values)
            if finding is not None and not has_fallback and browser.tab.sees(target.web.viewer.has_ended, values):
                examination.withdraw(LIVE_PAGE)
                finding = wrong(check, "the request to end the room failed, and the page has ended it", _FELL_BACK)
            unsent = (request.check_sent(check) for request in requests)
            finding = next(filter(None, unsent), None) or finding
    yield finding or ok(check, _FORM if requests[0].navigated else "the page says so")


@doctor_check(CheckSubject.PAGES, "failing host lookup", needs=(VIEWER_PAGE,))
def check_failing_lookup(examination: Examination) -> Iterator[Finding]:
    """The host lookup fails: the page says that it does not know by `unknown_host`."""
    target, check = examination.target, "failing host lookup"
    assert target.web is not None
    unknown_host = target.web.viewer.unknown_host
    if not is_described(target, "host_lookup"):
        return
    browser, values = examination.world.browsers.of(examination.guest), examination.host.values()
    finding = None
    with failing(examination, browser, "host_lookup") as request:
        with suppress(Inconclusive, BrokenPromise):  # a page may stay unready while it does not know the host
            browser.viewer.open(values)
        if unknown_host:
            checker = PageChecker(examination, browser.tab, check)
            finding = checker.check_visible(("web", "viewer", "unknown_host"), unknown_host, values)
        finding = request.check_sent(check) or finding
    examination.observed["host-lookup"] = finding is None
    yield finding or ok(check, "the page says so" if unknown_host else "the page asks")


def click_end_room(browser: Browser) -> None:
    """End Room and what confirms it, whatever the page then does. Raises BrokenPromise when a control is not there."""
    page = browser.tab.web.viewer
    browser.tab.play([FlowStep(click=page.end_room), *page.end_confirm], {})


def is_described(target: Target, request: str) -> bool:
    """Whether the file says which of the page's requests, or messages, are called so, and there are any."""
    requests = PageRequests(target)
    return requests.describes(request) or bool(requests.messages(request))
