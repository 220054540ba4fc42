"""`ready` is honest: with a page's scripts held back it does not hold, or everything works without them.

A click before the page's script has run is lost, and the scenario then waits its whole deadline for what never comes.
"""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Route

from greenroom.core.deadlines import eventually
from greenroom.core.errors import BrokenPromise
from greenroom.doctor.finding import Finding, ok, wrong
from greenroom.doctor.looking import Looker, values_of
from greenroom.doctor.patient import Patient
from greenroom.doctor.walk import ended, filled_in
from greenroom.drivers.web.tab import Tab
from greenroom.people.person import Browser

_PARSED_SECONDS = 2.0
_HINT = "name what only the script sets, such as main[data-ready=true]: a click before it has run is lost"


def listing(patient: Patient) -> Iterator[Finding]:
    """The listing's `ready`, and with it the way into the popup."""
    with _Held(patient) as browser:
        web = browser.tab.web
        state = _state(patient, browser.tab, web.listing.path, web.listing.ready)
        if state != "too early":
            yield ok("ready: listing", state)
            return
        finding = filled_in(patient, browser, "ready: listing") if web.go_live.page == "listing" else None
        if finding is None:
            yield ok("ready: listing", "before its script has run, but its controls work without it")
            return
        yield _dishonest(patient, "listing", web.listing.ready, finding)


def viewer(patient: Patient) -> Iterator[Finding]:
    """The viewer's `ready`, and with it End Room: this ends the room, one way or the other. Gives `an ended page`."""
    with _Held(patient) as browser:
        page = browser.tab.web.viewer
        state = _state(patient, browser.tab, page.path, page.ready)
        if state != "too early":
            yield ok("ready: viewer", state)
            return
        look = Looker(patient, browser.tab, "ready: viewer")
        finding = look.plays(("web", "viewer", "enter"), page.enter, values_of(patient.host))
        finding = finding or ended(patient, browser, "ready: viewer")
        if finding is None:
            patient.things.discard("a live page")
            yield ok("ready: viewer", "before its script has run, but its controls work without it")
            return
        yield _dishonest(patient, "viewer", page.ready, finding)


class _Held:
    """A browser of the host's whose pages get no scripts until it is closed."""

    def __init__(self, patient: Patient) -> None:
        self._patient = patient
        self.routes: list[Route] = []

    def __enter__(self) -> Browser:
        patient = self._patient
        quick = patient.target.deadlines.model_copy(update={"control": _PARSED_SECONDS})
        target = patient.target.model_copy(update={"deadlines": quick})
        tab = Tab(patient.browsers, target, patient.evidence, patient.host.name, patient.http.user_agent)
        self._tab = tab
        account = patient.host.account
        assert account is not None
        if patient.target.browser_sign_in.scheme == "form":
            state = patient.world.browsers.of(patient.host).tab.context.storage_state()
            tab.context.add_cookies(state["cookies"])  # type: ignore[arg-type]
        else:
            tab.sign_in(account)
        tab.context.route("**/*", self._meet)
        return Browser.of(tab)

    def __exit__(self, *_: object) -> None:
        for route in self.routes:
            try:
                route.abort()
            except Exception:  # the page that asked may be gone
                continue
        self._tab.close()

    def _meet(self, route: Route) -> None:
        if route.request.resource_type == "script":
            self.routes.append(route)
        else:
            route.fallback()


def _state(patient: Patient, tab: Tab, path: str, ready: str) -> str:
    """Opens a path: "too early" when `ready` holds without any script, else why that is fine."""
    values = values_of(patient.host)
    try:
        tab.goto(path, "", values)
    except BrokenPromise as error:
        return str(error)

    def parsed() -> bool:
        return bool(tab.page.evaluate("document.readyState !== 'loading'"))

    eventually(parsed, bool, _PARSED_SECONDS, pause=tab.let_pass)
    if not tab.page.evaluate("document.scripts.length"):
        return "the page has no script"
    if tab.find(ready, values).count():
        return "too early"
    return "not before its script has run"


def _dishonest(patient: Patient, page: str, ready: str, finding: Finding) -> Finding:
    where = patient.where("web", page, "ready")
    detail = f"{where}: {ready!r} holds before the page's script has run, and then: {finding.detail}"
    return wrong(f"ready: {page}", detail, _HINT)
