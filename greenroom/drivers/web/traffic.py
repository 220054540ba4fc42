"""The requests that a person's pages send by themselves: what became of each, and whether a page has all its answers.

A claim about a page is worth what the page could see. A request that met the environment in place of the target (a
proxy, a limiter, a connection that broke) makes every claim about its page neither true nor false: a hindrance.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page, Request, Response
from playwright.sync_api import Error as PlaywrightError

from greenroom.core.deadlines import eventually
from greenroom.core.errors import Inconclusive
from greenroom.drivers.web.asked_again import AskedAgain, PageRead, read_of
from greenroom.drivers.web.in_between import PageAnswer, in_between, unanswered
from greenroom.drivers.web.page_answers import PageAnswers
from greenroom.drivers.web.page_sockets import PageSockets
from greenroom.drivers.web.requests import PageRequests
from greenroom.drivers.web.service_workers import Relayed
from greenroom.record.events import Exchange
from greenroom.record.evidence import Evidence
from greenroom.targetfile.model import Target

_DATA = ("fetch", "xhr", "eventsource")
_NEEDED = (*_DATA, "document", "script")
"""What a page can't do without. A picture or a font that is missing changes nothing that is claimed."""
_GOES_ON = "eventsource"
"""What is answered for as long as the page is there: nobody waits for its end."""

_ENDS = ("", "/", "?", "#")  # what may follow an address in a URL: a longer port is another service

_NO_NETWORK = "ERR_INTERNET_DISCONNECTED"
"""What the browser says where there is no network, which may be the scenario's doing."""

_READS = ("GET", "HEAD", "OPTIONS")
_QUIET = 0.2
"""Seconds without a request or an answer, after which a page has had the time to show what it was told."""


@dataclass(frozen=True)
class _Met:
    """A request that met the environment: of which load of which page, and whether it was to change anything."""

    page: Page | None
    load: int
    writes: bool
    why: Inconclusive
    read: PageRead | None = None  # what may be asked again, to tell whether the service fails at it by itself


class PageTraffic:
    """The requests of one person's pages. `stopped` holds the services that the scenario has stopped on purpose."""

    def __init__(
        self, target: Target, evidence: Evidence, who: str, context: BrowserContext, stopped: Collection[str]
    ) -> None:
        self._target, self._evidence, self._who, self._stopped = target, evidence, who, stopped
        self._requests = PageRequests(target)
        self._pending: dict[Request, float] = {}
        self._on_purpose: set[Request] = set()
        self._relayed = Relayed()
        self._has_network, self._lost_network = True, False
        self.asked_in_vain = 0
        """How often pages have missed the network that they lost last."""
        self._answers: list[tuple[Request, Response, int]] = []  # those that somebody in between may have given
        self.answers = PageAnswers(evidence)
        self._loads: dict[Page | None, int] = {}
        self._met: list[_Met] = []
        self._lost_scripts: list[_Met] = []
        self._again = AskedAgain(target, evidence)
        self._last = 0.0
        context.on("request", self._on_request)
        context.on("response", self._on_response)
        context.on("requestfailed", self._on_failed)
        self._sockets = PageSockets(context, self.stir, self._on_socket_failed)

    # what the harness did to a request

    def expect_trouble(self, request: Request) -> None:
        """The scenario answers this request itself: what becomes of it is on purpose."""
        asked = self._relayed.page_request(request, self._pending)
        if asked is not None:
            self._on_purpose.add(asked)
            self._pending.pop(asked, None)

    def expect_answer(self, request: Request) -> None:
        """A request that was held goes on to the target, unless its page has gone on, and nobody awaits it any more."""
        asked = self._relayed.known_request(request)
        if asked is not None and asked.failure is None:
            self._on_purpose.discard(asked)
            self._pending[asked] = time.monotonic()

    def met_by_harness(
        self, request: Request, status: int | None, headers: Mapping[str, str], text: str, error: str = ""
    ) -> None:
        """What the harness got when it sent the page's request in its place."""
        self._judge(request, status, headers, text, error, self._load_of(request))

    no_socket_opens = False  # on purpose

    def lose_network(self) -> None:
        """From now on what fails for want of a network fails on purpose."""
        self._has_network, self._lost_network, self.asked_in_vain = False, True, 0

    def find_network(self) -> None:
        """Pages reach everybody again. That they could not before may still be told."""
        self._has_network = True

    def stir(self) -> None:
        """Something was pressed just now, and its requests may be on their way."""
        self._last = time.monotonic()

    # what a claim asks

    def hindrance(self, page: Page) -> Inconclusive | None:
        """What the page's requests met since it was loaded, if not the target."""
        self._judge_answers()
        load = self._loads.get(page, 0)
        of_page = (met for met in self._met if met.page is None or (met.page, met.load) == (page, load))
        return next((met.why for met in of_page if not self._again.fails_by_itself(met.read)), None)

    def own_failure(self, page: Page) -> str:
        """What the page has asked for since it was loaded, and a service fails at by itself; "" for nothing."""
        return self._evidence.redactor.text(self._again.own_failure(page, self._loads.get(page, 0)))

    def lacks(self, page: Page) -> Inconclusive | None:
        """The script that the page did not get, if any. One that works needs none of them, one that does not may lack
        just this."""
        load = self._loads.get(page, 0)
        return next((met.why for met in self._lost_scripts if (met.page, met.load) == (page, load)), None)

    def hindrance_of_all(self, *, writes: bool) -> Inconclusive | None:
        """What any request of any page met so far, if not the target; with `writes` those that change something."""
        self._judge_answers()
        asked = (met for met in self._met if met.writes or not writes)
        return next((met.why for met in asked if not self._again.fails_by_itself(met.read)), None)

    def settle(self, page: Page, pause: Callable[[float], None], seconds: float) -> Inconclusive | None:
        """Wait until the page has got all its answers and had the time to show them; what is still due after `seconds`.

        A request that a page keeps open on purpose is `kept_open` among the target's [page_requests].
        """

        eventually(lambda: self.is_quiet(page), bool, seconds, pause=pause)
        late = [request for request in self._due(page) if time.monotonic() - self._pending[request] > seconds / 2]
        if not late:
            return None
        return Inconclusive(
            "page-waits",
            f"{self._who}'s page still waits for an answer after {seconds:g} s: {self._words(late[0])}",
            hint="if the page keeps it open on purpose, name it in [page_requests] kept_open",
        )

    def is_quiet(self, page: Page) -> bool:
        """Whether the page has all its answers, and has had the time to show them."""
        awaits = self._due(page) or self._sockets.awaits(page)
        return not awaits and time.monotonic() - self._last >= _QUIET

    def waits_for(self, page: Page) -> str:
        """The page's requests that are not answered yet, in words; "" when there are none."""
        return ", ".join(map(self._words, self._due(page)))

    # what the browser tells

    def _on_request(self, request: Request) -> None:
        self._last = time.monotonic()
        if request.service_worker is not None:
            return  # the page's own request tells what the page gets
        page = _page_of(request)
        is_led_on = request.redirected_from is not None  # the same load goes on
        if request.is_navigation_request() and page is not None and request.frame == page.main_frame and not is_led_on:
            self._loads[page] = self._loads.get(page, 0) + 1
        awaited = request.resource_type in _NEEDED and request.resource_type != _GOES_ON
        if self._relayed.was_met(request) or not self._has_network:
            self._on_purpose.add(request)
        elif awaited and self._service(request) and not self._is_called(request, "kept_open", "not_needed"):
            self._pending[request] = time.monotonic()

    def _on_response(self, response: Response) -> None:
        request = response.request
        self._over(request)
        if request.service_worker is not None:
            return
        self._record(request, response.status, "")
        if response.status >= 500:
            self._note_failed(request)
            self._note_script(request, f"answered {response.status}")
        elif request.resource_type == "script" and (response.status >= 400 or _is_html(response)):
            self._note_own_script(request, response.status)
        if self._counts(request) and (response.status >= 300 or _is_page(response) or request.method not in _READS):
            self._answers.append((request, response, self._load_of(request)))

    def _on_failed(self, request: Request) -> None:
        self._over(request)
        if request.service_worker is not None:
            return
        error = request.failure or "failed"
        self._record(request, None, error)
        if "ERR_ABORTED" not in error:
            self._note_script(request, error)
        if self._misses_network(error):
            self.asked_in_vain += 1
        elif self._counts(request) and "ERR_ABORTED" not in error:
            self._note_failed(request, error)
            self._judge(request, None, {}, "", error, self._load_of(request))

    def _on_socket_failed(self, page: Page, url: str, reason: str) -> None:
        url = url.replace("ws", "http", 1)
        service = self._service_at(url)
        if self._misses_network(reason):
            self.asked_in_vain += 1
        elif self.no_socket_opens:
            return
        elif service and service not in self._stopped and not self._requests.is_called("not_needed", "GET", url):
            why = unanswered(service, self._evidence.redactor.text(f"WebSocket to {url}"), reason, described=False)
            self._met.append(_Met(page, self._loads.get(page, 0), writes=False, why=why))

    # within

    def _note_failed(self, request: Request, error: str = "") -> None:
        if self._counts(request) and (read := read_of(request, self._service(request), error)) is not None:
            self._again.note(_page_of(request), self._load_of(request), read)

    def _note_script(self, request: Request, error: str) -> None:
        if request.resource_type == "script" and not self._service(request):
            said = f"{self._who}'s page did not get the script {self._words(request)}: {error}"
            why = Inconclusive("page-incomplete", said, hint="can this machine reach that address?")
            self._lost_scripts.append(_Met(_page_of(request), self._load_of(request), writes=False, why=why))

    def _note_own_script(self, request: Request, status: int) -> None:
        """Not there, or a page in its place: it is of another deployment than the page that asks for it."""
        if self._counts(request):
            what = f"answered {status}" + (" with an HTML page" if status < 400 else "")
            said = f"{self._who}'s page did not get its script {self._words(request)}: {what}"
            why = Inconclusive("page-incomplete", said, hint="is a deployment under way, or is it not whole?")
            self._lost_scripts.append(_Met(_page_of(request), self._load_of(request), writes=False, why=why))

    def _misses_network(self, error: str) -> bool:
        return self._lost_network and _NO_NETWORK in error

    def _over(self, request: Request) -> None:
        self._last = time.monotonic()
        self._pending.pop(request, None)

    def _due(self, page: Page) -> list[Request]:
        return [request for request in self._pending if _page_of(request) in (page, None)]

    def _counts(self, request: Request) -> bool:
        service = self._service(request)
        needed = request.resource_type in _NEEDED and service and service not in self._stopped
        counts = bool(needed) and request not in self._on_purpose
        return counts and not self._is_called(request, "not_needed")

    def _judge_answers(self) -> None:
        while self._answers:
            request, response, load = self._answers.pop()
            try:
                text = response.text()
            except PlaywrightError:  # the page has gone on, and its answers with it
                text = _as_labelled(response)
            self._judge(request, response.status, response.headers, text, "", load)
            self.answers.judged(request, response.status, text)

    def _judge(
        self, request: Request, status: int | None, headers: Mapping[str, str], text: str, error: str, load: int
    ) -> None:
        service, sent = self._service(request), self._words(request)
        described = self._requests.is_described(request.method, request.url)
        if status is None:
            why: Inconclusive | None = unanswered(service, sent, error, described=described)
        else:
            document = request.resource_type not in _DATA
            answer = PageAnswer(service, request.method, request.url, described, document, status, headers, text)
            why = in_between(self._target, answer, sent)
        if why is not None:
            read = self._again.last(request.url) if status in (None, 500) else None
            self._met.append(_Met(_page_of(request), load, request.method not in _READS, why, read))

    def _load_of(self, request: Request) -> int:
        return self._loads.get(_page_of(request), 0)

    def _is_called(self, request: Request, *names: str) -> bool:
        return any(self._requests.is_called(name, request.method, request.url) for name in names)

    def _service(self, request: Request) -> str:
        """The service whose address is the longest beginning of the URL that the page asked for; "" for a stranger."""
        while request.redirected_from is not None:
            request = request.redirected_from
        return self._service_at(request.url)

    def _service_at(self, url: str) -> str:
        bases = [(base.rstrip("/"), name) for name, base in self._target.addresses.items()]
        fitting = [(len(base), name) for base, name in bases if url.startswith(base) and url[len(base) :][:1] in _ENDS]
        return max(fitting)[1] if fitting else ""

    def _words(self, request: Request) -> str:
        return self._evidence.redactor.text(f"{request.method} {request.url}")

    def _record(self, request: Request, status: int | None, error: str) -> None:
        service = self._service(request)
        if request.resource_type not in _DATA and (service != "web" or request.method == "GET"):
            return
        redact = self._evidence.redactor
        exchange = Exchange(
            channel=service or "page",
            origin="page",
            who=self._who,
            method=request.method,
            url=redact.text(request.url),
            request_body=redact.text(request.post_data or ""),
            status=status,
            error=error,
            seconds=round(max(request.timing["responseStart"], 0.0) / 1000, 4),
        )
        if request.method == "GET" and status is not None and status < 400:
            self.answers.read(request, exchange)  # polling: what it shows is in the checks
        else:
            self.answers.recorded(request, exchange)


def _page_of(request: Request) -> Page | None:
    """The page that sent it; None for a service worker, and for the first request of a page that is being opened."""
    try:
        return request.frame.page
    except PlaywrightError:
        return None


def _as_labelled(response: Response) -> str:
    """The least that a body is which can't be read any more: one of the kind that its label says."""
    label = response.headers.get("content-type", "")
    return "<html>" if "html" in label else "{}" if "json" in label else ""


def _is_page(response: Response) -> bool:
    return response.request.resource_type in (*_DATA, "document") and _is_html(response)


def _is_html(response: Response) -> bool:
    return "html" in response.headers.get("content-type", "")
