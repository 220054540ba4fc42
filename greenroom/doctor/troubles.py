"""What the page says when its requests fail: each request is found by its description, and each message by its selector."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.deadlines import eventually
from greenroom.doctor.finding import Finding, ok, wrong
from greenroom.doctor.looking import Looker, values_of
from greenroom.doctor.patient import Patient
from greenroom.doctor.walk import filled_in
from greenroom.drivers.web.requests import PageRequests
from greenroom.drivers.web.tab import Tab
from greenroom.errors import BrokenPromise, Inconclusive
from greenroom.person import Browser
from greenroom.target.model import FlowStep

_TROUBLE = "answers 503"


def failed_go_live(patient: Patient) -> Iterator[Finding]:
    """Go Live fails at the gateway: the page says so by `failed`. Nothing reaches the target."""
    web = patient.target.web
    assert web is not None
    if not web.go_live.failed or not _described(patient, "go_live"):
        return
    browser, values = patient.stage.browser(patient.host), values_of(patient.host)
    finding = filled_in(patient, browser, "failing go live")
    if finding is None:
        met = _Meeting(patient, browser, "go_live")
        browser.go_live.press(values)
        look = Looker(patient, browser.tab, "failing go live")
        finding = look.sees(("web", "go_live", "failed"), web.go_live.failed, values)
        finding = met.missed("failing go live") or finding
        browser.faults.lift()
    yield finding or ok("failing go live", "the page says so")


def failed_end(patient: Patient) -> Iterator[Finding]:
    """End Room fails at the gateway: with a fallback the room ends all the same, without one the page says so."""
    web = patient.target.web
    assert web is not None
    if not _described(patient, "end"):
        return
    browser, values, page = patient.stage.browser(patient.host), values_of(patient.host), web.viewer
    look = Looker(patient, browser.tab, "failing end")
    browser.viewer.open(values)
    both = page.end_failed and _described(patient, "end_fallback")
    if both or (page.end_failed and not patient.target.can("client-fallback")):
        met = [_Meeting(patient, browser, name) for name in ("end", "end_fallback") if _described(patient, name)]
        _press_end(browser)
        finding = look.sees(("web", "viewer", "end_failed"), page.end_failed, values)
        missed = [one.missed("failing end") for one in met]
        browser.faults.lift()
        finding = next((one for one in missed if one), None) or finding
        yield finding or ok("failing end", "the page says so")
    if patient.target.can("client-fallback") or _described(patient, "end_fallback"):
        yield from _fallback(patient, browser)


def failed_lookup(patient: Patient) -> Iterator[Finding]:
    """The host lookup fails: the page says that it does not know by `unknown_host`."""
    web = patient.target.web
    assert web is not None
    if not _described(patient, "host_lookup"):
        return
    browser, values = patient.stage.browser(patient.guest), values_of(patient.host)
    met = _Meeting(patient, browser, "host_lookup")
    finding = None
    try:
        browser.viewer.open(values)
    except (Inconclusive, BrokenPromise):
        pass  # a page that is not ready while it does not know the host: so be it
    if web.viewer.unknown_host:
        look = Looker(patient, browser.tab, "failing host lookup")
        finding = look.sees(("web", "viewer", "unknown_host"), web.viewer.unknown_host, values)
    finding = met.missed("failing host lookup") or finding
    patient.observed["host-lookup"] = finding is None
    browser.faults.lift()
    yield finding or ok("failing host lookup", "the page says so" if web.viewer.unknown_host else "the page asks")


class _Meeting:
    """Requests of one kind fail on a person's page; whether any did."""

    def __init__(self, patient: Patient, browser: Browser, name: str) -> None:
        self._patient, self._tab, self._name = patient, browser.tab, name
        self._before = len(patient.evidence.current.exchanges)
        browser.faults.cause(name, _TROUBLE)

    def missed(self, check: str) -> Finding | None:
        """Wrong when no request of the page was of that kind."""
        if eventually(self._met, bool, 0.5, pause=lambda wait: self._tab.page.wait_for_timeout(wait * 1000))[0]:
            return None
        table = "page_requests" if self._name in self._patient.target.page_requests else "operations"
        where = self._patient.where(table, self._name)
        sent = [f"{one.method} {one.url}" for one in self._fresh() if one.origin == "page"]
        hint = f"the page sent: {', '.join(dict.fromkeys(sent)) or 'nothing'}"
        return wrong(check, f"{where}: the page sent no request that fits [{table}] {self._name}", hint)

    def _met(self) -> bool:
        pattern = PageRequests(self._patient.target).patterns(self._name)
        return any(one.fault and any(each.fits(one.method, one.url) for each in pattern) for one in self._fresh())

    def _fresh(self) -> list:  # type: ignore[type-arg]
        return self._patient.evidence.current.exchanges[self._before :]


def _fallback(patient: Patient, browser: Browser) -> Iterator[Finding]:
    """The gateway fails, the fallback works: the page says that the room has ended, and the entry goes."""
    values, page = values_of(patient.host), browser.tab.web.viewer
    browser.viewer.open(values)
    met = _Meeting(patient, browser, "end")
    _press_end(browser)
    said = browser.viewer.says_ended(values)
    missed = met.missed("fallback")
    browser.faults.lift()
    patient.observed["client-fallback"] = said and missed is None
    if said and missed is None:
        patient.things.add("an ended page")
        lines = patient.target.logs.fallback_succeeded
        patient.observed["console-log: fallback"] = _logged(browser.tab, lines) if lines else False
        yield ok("fallback", "the gateway fails, and the room ends all the same")
    elif missed is not None:
        yield missed
    elif patient.target.can("client-fallback"):
        where = patient.where("web", "viewer", "has_ended")
        yield Looker(patient, browser.tab, "fallback").amiss(("web", "viewer", "has_ended"), page.has_ended, values)
        del where


def _press_end(browser: Browser) -> None:
    page = browser.tab.web.viewer
    browser.tab.play([FlowStep(click=page.end_room), *page.end_confirm], {})


def _described(patient: Patient, name: str) -> bool:
    return name in patient.target.page_requests or name in patient.target.operations


def _logged(tab: Tab, pattern: str) -> bool:
    import re

    return any(re.search(pattern, line) for line in tab.console)
