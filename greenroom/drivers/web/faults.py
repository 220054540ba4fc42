"""Trouble for the requests of one person's page: faults that answer them instead of the target."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import APIResponse, Route
from playwright.sync_api import Error as PlaywrightError

from greenroom.core.deadlines import eventually
from greenroom.core.errors import NotApplicable
from greenroom.drivers.web.cut_sockets import keep_sockets_cut
from greenroom.drivers.web.requests import PageRequests
from greenroom.drivers.web.socket_troubles import SocketTrouble
from greenroom.drivers.web.tab import Tab
from greenroom.drivers.web.troubles import Trouble
from greenroom.record.events import Exchange

_AS_IF_CUT = frozenset({"answers 500", "answers 503", "refuses the connection", "never answers"})
"""Trouble that is the same to a page as a WebSocket that is not there."""


class Faults:
    """Trouble for the requests of one person's page. Every fault ends with the context."""

    def __init__(self, tab: Tab, requests: PageRequests) -> None:
        self._tab, self._requests = tab, requests
        self._active: list[tuple[re.Pattern[str], Callable[[Route], None]]] = []
        self._opening: list[Callable[[], None]] = []  # lets sockets be opened again
        self._said: list[SocketTrouble] = []  # what meets trouble over WebSockets
        self._held: list[Route] = []
        self._slow: list[Route] = []
        self._caused: dict[str, int] = {}  # request -> how often it met its trouble
        self._later: set[str] = set()  # of which the first were to be answered
        self._late: list[Callable[[], None]] = []
        self._under_way = 0  # requests that the target is just carrying out

    def cause(self, name: str, trouble: Trouble, *, times: int | None = None, after: int = 0) -> None:
        """Requests called `name` meet `trouble` from now on, or the next `times` of them; the first `after` do not.
        A fallback by a WebSocket fails as one that breaks off, and can't be opened again."""
        if self._requests.goes_by_socket(name):
            self._cut_sockets(name, trouble)
            return
        messages = self._requests.messages(name)
        patterns = [] if messages and not self._requests.describes(name) else self._requests.patterns(name)
        left, spared = times, after

        def is_due() -> bool:
            """Whether this one meets the trouble, of those that are called so."""
            nonlocal left, spared
            if left == 0 or spared:
                spared -= spared > 0
                return False
            if left is not None:
                left -= 1
            self._caused[name] += 1
            return True

        def meet(route: Route) -> None:
            request = route.request
            fits = any(pattern.fits(request.method, request.url, request.post_data or "") for pattern in patterns)
            if not fits or request.method == "OPTIONS" or not is_due():
                route.fallback()
                return
            self._tab.traffic.expect_trouble(request)
            self._tab.form_is_troubled = self._tab.form_is_troubled or request.is_navigation_request()
            self._note(route, trouble)
            self._under_way += 1
            try:
                self._answer(route, trouble)
            finally:
                self._under_way -= 1

        if messages:
            self._said.append(self._tab.socket_troubles.cause(name, messages, trouble, is_due))
        self._caused[name] = 0
        self._later |= {name} if after else set()
        self._tab.is_troubled = True
        if not patterns:
            return
        url = self._requests.pattern(name)
        self._await_document()
        self._tab.context.route(url, meet)
        self._active.append((url, meet))

    def _cut_sockets(self, name: str, trouble: Trouble) -> None:
        if name != "end_fallback" or trouble not in _AS_IF_CUT:
            words = f"the page sends no request {name!r}, or says it over a WebSocket, where nothing {trouble}"
            raise NotApplicable("over-a-socket", words)
        if self._tab.target.can("host-presence"):  # who is there may be told by whose socket is open
            words = f"the page says {name!r} over a WebSocket, and a host whose socket breaks off may be away"
            raise NotApplicable("over-a-socket", words)
        self._tab.traffic.no_socket_opens = True
        self._opening.append(keep_sockets_cut(self._tab.page))

    def _await_document(self) -> None:
        """Chromium may not intercept the first requests of a document when intercepting begins while it is loaded."""
        with suppress(PlaywrightError):  # it takes its time: then nothing of it asks for anything yet
            milliseconds = self._tab.target.deadlines.control * 1000
            self._tab.page.wait_for_load_state("domcontentloaded", timeout=milliseconds)

    def has_met(self, name: str) -> bool:
        """Whether a request called so has met its trouble."""
        return self._caused.get(name, 0) > 0

    def await_met(self, name: str) -> None:
        """Wait until a request called so has met its trouble, if it is to: what is pressed sends it a moment later."""
        if self._caused.get(name) == 0:
            seconds = self._tab.target.deadlines.control
            eventually(lambda: self.has_met(name), bool, seconds, pause=self._tab.let_pass)

    def await_several_slow(self, number: int, seconds: float) -> None:
        """Wait until so many requests that are slow are under way, and no longer than so many seconds."""
        eventually(lambda: len(self._slow) + self._unsaid >= number, bool, seconds, pause=self._tab.let_pass)

    def check_met(self) -> None:
        """Raises NotApplicable when the page never sent a request that was to meet trouble: nothing was tried then."""
        for name, times in self._caused.items():
            if times == 0:
                raise NotApplicable(
                    f"request:{name}", f"the page never sent the request {name!r}, so it met no trouble"
                )

    def check_met_later(self) -> None:
        """Raises NotApplicable when the page sent no request after those that were to be answered, and so met no
        trouble: what others ask for by two requests, it has asked for by one."""
        for name in self._later:
            if not self.has_met(name):
                raise NotApplicable(
                    f"request:{name}", f"the page sent no further request {name!r}, so it met no trouble"
                )

    def need_not_meet(self, name: str) -> None:
        """Whether the page has sent a request called `name` does not matter: it was to meet trouble if it did."""
        self._caused.pop(name, None)

    def lift(self) -> None:
        """All is well again; what was held is let go. What the target is just carrying out meets its trouble first: the
        browser would send it a second time."""
        eventually(
            lambda: self._under_way,
            lambda number: not number,
            self._tab.target.deadlines.answer,
            pause=self._tab.let_pass,
        )
        for slow in self._slow:  # from now on the target answers it: without a route the browser lets it go by itself
            self._tab.traffic.expect_answer(slow.request)
        held, self._held = self._held, []
        for lost in held:  # before the routes are gone: the browser would send it after all
            with suppress(PlaywrightError):  # the page has given it up by itself
                lost.abort("failed")
        for url, meet in self._active:
            self._tab.context.unroute(url, meet)
        self._active.clear()
        while self._said:
            self._tab.socket_troubles.lift(self._said.pop())
        while self._opening:
            self._opening.pop()()
        self._tab.traffic.no_socket_opens = False
        self._tab.is_troubled = self._tab.form_is_troubled = False
        while self._slow:
            self._slow.pop().fallback()
        while self._late:
            with suppress(PlaywrightError):  # the page that asked may be gone
                self._late.pop()()

    def await_slow(self, seconds: float) -> bool:
        """Wait until a request that is slow is under way; whether one is."""
        eventually(lambda: self._waiting, bool, seconds, pause=self._tab.let_pass)
        return self._waiting > 0

    @property
    def _waiting(self) -> int:
        """How many requests, or messages, of the page wait for all to be well again."""
        return len(self._slow) + len(self._late) + self._unsaid

    @property
    def _unsaid(self) -> int:
        return sum(trouble.waiting for trouble in self._said)

    def _answer(self, route: Route, trouble: Trouble) -> None:
        origin = route.request.headers.get("origin", "*")
        cors = {"access-control-allow-origin": origin, "access-control-allow-credentials": "true"}
        match trouble:
            case "answers 500" | "answers 503":
                status = int(trouble.split()[1])
                body = json.dumps({"ok": False, "error": "UNAVAILABLE"})
                route.fulfill(status=status, headers=cors, content_type="application/json", body=body)
            case "answers 429":
                body = json.dumps({"ok": False, "error": "RATE_LIMIT_EXCEEDED"})
                limits = {"retry-after": "900", "ratelimit-remaining": "0", "ratelimit-reset": "900"}
                route.fulfill(status=429, headers=cors | limits, content_type="application/json", body=body)
            case "answers 502":
                route.fulfill(status=502, headers=cors, content_type="text/html", body=_of_proxy("502 Bad Gateway"))
            case "answers 520":  # a network of caches in front of it, with a status of its own
                route.fulfill(status=520, headers=cors, content_type="text/html", body=_of_proxy("520"))
            case "answers 200 with another page":  # as a network does in which people have to sign in first
                body = "<html><head><title>Welcome</title></head><body>Please accept our terms.</body></html>"
                route.fulfill(status=200, headers=cors, content_type="text/html", body=body)
            case "refuses the connection":
                route.abort("connectionrefused")
            case "breaks off the connection":
                route.abort("connectionreset")
            case "never answers":
                self._held.append(route)
            case "is slow":
                self._slow.append(route)
            case "answers late":
                if (answer := self._carried_out(route)) is not None:
                    self._late.append(lambda: route.fulfill(response=answer))
            case "loses its answer":
                if self._carried_out(route) is not None:  # else the page has been told already that nobody answered
                    route.abort("connectionreset")
            case "takes too long for its proxy":
                if self._carried_out(route) is not None:
                    body = _of_proxy("504 Gateway Time-out")
                    route.fulfill(status=504, headers=cors, content_type="text/html", body=body)

    def _carried_out(self, route: Route) -> APIResponse | None:
        """What the target answered to the request, though the page does not get it yet. None when nobody did."""
        traffic, request = self._tab.traffic, route.request
        try:
            answer = route.fetch(headers=self._tab.added_headers.all_of(request))
        except PlaywrightError as error:
            traffic.met_by_harness(request, None, {}, "", error.message.partition("\n")[0])
            with suppress(PlaywrightError):
                route.abort("connectionreset")
            return None
        traffic.met_by_harness(request, answer.status, answer.headers, answer.text() if answer.status >= 400 else "")
        return answer

    def _note(self, route: Route, trouble: Trouble) -> None:
        request = route.request
        self._tab.evidence.exchange(
            Exchange(
                channel="page",
                origin="page",
                who=self._tab.who,
                method=request.method,
                url=self._tab.evidence.redactor.text(request.url),
                fault=trouble,
            )
        )


def _of_proxy(title: str) -> str:
    """What a proxy answers in place of the API, which it knows nothing of."""
    return f"<html><head><title>{title}</title></head><body>{title.partition(' ')[2]}</body></html>"
