"""`ready` is honest: with a page's scripts held back it does not hold, or everything works without them. Where it is no
mark, the controls work at once on a slow network.

A click before the page's script has run is lost, and the scenario then waits its whole deadline for what never comes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from playwright.sync_api import Route

from greenroom.core.deadlines import eventually
from greenroom.core.errors import BrokenPromise
from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.checks.pages.end_room import press_end_room
from greenroom.doctor.checks.pages.go_live import fill_in
from greenroom.doctor.checks.pages.viewer import open_viewer
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, ok, wrong
from greenroom.doctor.page_checker import PageChecker
from greenroom.doctor.prerequisites import LIVE_PAGE
from greenroom.drivers.web.tab import Tab
from greenroom.people.browser import Browser
from greenroom.targetfile.web import READY_WITHOUT_MARK, Web

_PARSED_SECONDS = 2.0
_WORKS = "before its script has run, but its controls work without it"
_SLOW = "its controls work as soon as it is, on a slow network too"
_LATENCY = 1000
"""Milliseconds that each request takes longer on a slow network."""
_SLOW_FACTOR = 3
"""So many times longer pages and controls are waited for there."""
_HINT = (
    'name what only the script sets, or write "settled" where there is no such thing: a click before it has run is lost'
)


@doctor_check(CheckSubject.PAGES, "ready: listing", needs=(LIVE_PAGE,))
def check_listing_ready(examination: Examination) -> Iterator[Finding]:
    """The listing's `ready`, and with it the way into the popup."""
    check = "ready: listing"
    if (ready := _web(examination).listing.ready) in READY_WITHOUT_MARK:
        with _in_slow_network(examination) as browser:
            finding = fill_in(examination, browser, check) if browser.tab.web.go_live.page == "listing" else None
        yield _too_early(examination, "listing", ready, finding) if finding else ok(check, f"{ready}: {_SLOW}")
        return
    with _without_scripts(examination) as browser:
        web = browser.tab.web
        reason = _why_honest(examination, browser.tab, web.listing.path, web.listing.ready, web.listing.service)
        if reason is not None:
            yield ok(check, reason)
            return
        finding = fill_in(examination, browser, check) if web.go_live.page == "listing" else None
        if finding is None:
            yield ok(check, _WORKS)
            return
        yield _too_early(examination, "listing", web.listing.ready, finding)


@doctor_check(CheckSubject.PAGES, "ready: viewer", needs=(LIVE_PAGE,))
def check_viewer_ready(examination: Examination) -> Iterator[Finding]:
    """The viewer's `ready`, and with it End Room. Where that works without scripts, it ends the room."""
    check = "ready: viewer"
    if (ready := _web(examination).viewer.ready) in READY_WITHOUT_MARK:
        with _in_slow_network(examination) as browser:
            finding = open_viewer(examination, browser, check)
        yield _too_early(examination, "viewer", ready, finding) if finding else ok(check, f"{ready}: {_SLOW}")
        return
    with _without_scripts(examination) as browser:
        page = browser.tab.web.viewer
        reason = _why_honest(examination, browser.tab, page.path, page.ready, page.service)
        if reason is not None:
            yield ok(check, reason)
            return
        checker = PageChecker(examination, browser.tab, check)
        finding = checker.check_flow(("web", "viewer", "enter"), page.enter, examination.host.values())
        finding = finding or press_end_room(examination, browser, check)
        if finding is None:
            examination.withdraw(LIVE_PAGE)
            yield ok(check, _WORKS)
            return
        yield _too_early(examination, "viewer", page.ready, finding)


@contextmanager
def _without_scripts(examination: Examination) -> Iterator[Browser]:
    """Another browser of the host's, signed in; its pages get no scripts, and wait only briefly for controls."""
    held: list[Route] = []

    def hold_script(route: Route) -> None:
        if route.request.resource_type == "script":
            held.append(route)
        else:
            route.fallback()

    with _another_browser(examination) as browser:
        browser.tab.context.route("**/*", hold_script)
        try:
            yield browser
        finally:
            for route in held:
                with suppress(Exception):  # the page that asked may be gone
                    route.abort()


@contextmanager
def _in_slow_network(examination: Examination) -> Iterator[Browser]:
    """Another browser of the host's, signed in, whose requests take longer."""
    control, page = _SLOW_FACTOR * _PARSED_SECONDS, _SLOW_FACTOR * examination.target.deadlines.page
    with _another_browser(examination, control=control, page=page) as browser:
        devtools = browser.tab.context.new_cdp_session(browser.tab.page)
        slow = {"offline": False, "latency": _LATENCY, "downloadThroughput": -1, "uploadThroughput": -1}
        devtools.send("Network.emulateNetworkConditions", slow)
        yield browser


@contextmanager
def _another_browser(
    examination: Examination, *, control: float = _PARSED_SECONDS, page: float | None = None
) -> Iterator[Browser]:
    target, host = examination.target, examination.host
    page = target.deadlines.page if page is None else page
    quick = target.deadlines.model_copy(update={"control": control, "page": page})
    tab = Tab(
        examination.browsers,
        target.model_copy(update={"deadlines": quick}),
        examination.evidence,
        host.name,
        examination.http.user_agent,
    )
    try:
        assert host.account is not None
        if target.browser_sign_in.scheme == "form":
            state = examination.world.browsers.of(host).tab.context.storage_state()
            tab.context.add_cookies(state["cookies"])  # type: ignore[arg-type]
        else:
            tab.sign_in(examination.world.worker.accounts.for_page(host.account, examination.evidence))
        yield Browser.of(tab)
    finally:
        tab.close()


def _web(examination: Examination) -> Web:
    assert examination.target.web is not None
    return examination.target.web


def _why_honest(examination: Examination, tab: Tab, path: str, ready: str, service: str) -> str | None:
    """Opens a path of which no script runs: why its `ready` is honest, or None when it holds all the same."""
    values = examination.host.values()
    try:
        tab.goto(path, "", values, service=service)
    except BrokenPromise as error:
        return str(error)

    def parsed() -> bool:
        return bool(tab.page.evaluate("document.readyState !== 'loading'"))

    eventually(parsed, bool, _PARSED_SECONDS, pause=tab.let_pass)
    if not tab.page.evaluate("document.scripts.length"):
        return "the page has no script"
    return None if tab.find(ready, values).count() else "not before its script has run"


def _too_early(examination: Examination, page: str, ready: str, finding: Finding) -> Finding:
    where = examination.where("web", page, "ready")
    early = "comes too early" if ready in READY_WITHOUT_MARK else "holds before the page's script has run"
    detail = f"{where}: {ready!r} {early}, and then: {finding.detail}"
    return wrong(f"ready: {page}", detail, _HINT)
