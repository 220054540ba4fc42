"""Requests of one kind fail on a page, and it is watched which requests the page sends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Request as SentRequest

from greenroom.core.deadlines import eventually
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, wrong
from greenroom.drivers.web.requests import PageRequests
from greenroom.drivers.web.troubles import Trouble
from greenroom.people.browser import Browser

_FAILURE: Trouble = "answers 503"


class FailingRequest:
    """What is seen of the requests that the target file calls `name`."""

    def __init__(self, examination: Examination, browser: Browser, name: str) -> None:
        self._examination, self._browser, self._name = examination, browser, name
        requests = PageRequests(examination.target)
        self._patterns = requests.patterns(name) if requests.describes(name) else []
        self._says = bool(requests.messages(name))
        self._others: list[str] = []
        self._sent = False
        self.navigated = False  # it was a form, whose failure the browser shows and not the page

    @property
    def was_sent(self) -> bool:
        """Whether the page has sent one of that kind."""
        return self._sent or (self._says and self._browser.faults.has_met(self._name))

    def check_sent(self, check: str) -> Finding | None:
        """Wrong when no request of the page was of that kind."""
        seconds = self._examination.target.deadlines.control  # a page may ask for something else before it
        eventually(lambda: self.was_sent, bool, seconds, pause=self._browser.tab.let_pass)
        if self.was_sent:
            return None
        table = "page_requests" if self._name in self._examination.target.page_requests else "operations"
        where = self._examination.where(table, self._name)
        sent = ", ".join(dict.fromkeys(self._others)) or "nothing"
        hint = f"the page sent: {sent}; what goes over a WebSocket is told there by `message`"
        return wrong(check, f"{where}: the page sent no request that fits [{table}] {self._name}", hint)

    def on_request(self, request: SentRequest) -> None:
        """The page sent this one."""
        if any(pattern.fits(request.method, request.url, request.post_data or "") for pattern in self._patterns):
            self._sent = True
            self.navigated = self.navigated or request.is_navigation_request()
        elif request.resource_type in ("fetch", "xhr") or request.method != "GET":
            self._others.append(f"{request.method} {request.url.partition('?')[0]}")


@contextmanager
def failing(examination: Examination, browser: Browser, name: str) -> Iterator[FailingRequest]:
    """Within, requests called `name` fail on the page of this browser."""
    request = FailingRequest(examination, browser, name)
    browser.faults.cause(name, _FAILURE)
    browser.tab.context.on("request", request.on_request)
    try:
        yield request
    finally:
        browser.tab.context.remove_listener("request", request.on_request)
        browser.faults.lift()
