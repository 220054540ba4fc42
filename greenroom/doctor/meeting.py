"""Watches which requests a page sends while requests of one kind fail on it."""

from __future__ import annotations

from playwright.sync_api import Request as SentRequest

from greenroom.core.deadlines import eventually
from greenroom.doctor.finding import Finding, wrong
from greenroom.doctor.patient import Patient
from greenroom.drivers.web.requests import PageRequests, Trouble
from greenroom.people.person import Browser

_TROUBLE: Trouble = "answers 503"
_LATE_SECONDS = 0.5


class Meeting:
    """From when it is made to `over`, requests called `name` fail on somebody's page."""

    def __init__(self, patient: Patient, browser: Browser, name: str) -> None:
        self._patient, self._browser, self._name = patient, browser, name
        self._patterns = PageRequests(patient.target).patterns(name)
        self._sent: list[str] = []
        self._met = False
        self.navigated = False  # it was a form, whose failure the browser shows and not the page
        browser.faults.cause(name, _TROUBLE)
        browser.tab.context.on("request", self._on_request)

    def missed(self, check: str) -> Finding | None:
        """Wrong when no request of the page was of that kind."""
        tab = self._browser.tab
        eventually(lambda: self._met, bool, _LATE_SECONDS, pause=tab.let_pass)
        if self._met:
            return None
        table = "page_requests" if self._name in self._patient.target.page_requests else "operations"
        where = self._patient.where(table, self._name)
        hint = f"the page sent: {', '.join(dict.fromkeys(self._sent)) or 'nothing'}"
        return wrong(check, f"{where}: the page sent no request that fits [{table}] {self._name}", hint)

    def over(self) -> None:
        """All is well again on the page."""
        self._browser.tab.context.remove_listener("request", self._on_request)
        self._browser.faults.lift()

    def _on_request(self, request: SentRequest) -> None:
        if any(pattern.fits(request.method, request.url) for pattern in self._patterns):
            self._met = True
            self.navigated = self.navigated or request.is_navigation_request()
        elif request.resource_type in ("fetch", "xhr") or request.method != "GET":
            self._sent.append(f"{request.method} {request.url.partition('?')[0]}")
