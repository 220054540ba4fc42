"""Which requests of the page are which operation, and faults that answer them instead of the target."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Route

from greenroom.core.deadlines import eventually
from greenroom.core.errors import NotApplicable
from greenroom.drivers.web.tab import Tab
from greenroom.drivers.web.troubles import Trouble
from greenroom.record.events import Exchange
from greenroom.targetfile.model import PageRequest, Target

_ONE_PART = "[^/?]+"


@dataclass(frozen=True)
class _Pattern:
    """A method and an address that a request of the page may have."""

    method: str
    url: re.Pattern[str]

    def fits(self, method: str, url: str) -> bool:
        """Whether a request is of this kind."""
        return self.method in ("*", method) and self.url.match(url) is not None


class PageRequests:
    """The page's requests by name: gateway operations, and those of `[page_requests]`."""

    def __init__(self, target: Target) -> None:
        self._target = target

    def pattern(self, name: str) -> re.Pattern[str]:
        """The addresses of requests called `name`, whatever their method."""
        return re.compile("|".join(f"(?:{each.url.pattern})" for each in self.patterns(name)))

    def describes(self, name: str) -> bool:
        """Whether the target says which request of the page this is."""
        return name in self._target.page_requests or name in self._target.operations

    def patterns(self, name: str) -> list[_Pattern]:
        """Raises NotApplicable when the target describes no such request."""
        found = list(self._described(name))
        if not found:
            raise NotApplicable(f"request:{name}", f"the target describes no page request {name!r}")
        return found

    def _described(self, name: str) -> Iterator[_Pattern]:
        if name in self._target.page_requests:
            for request in self._target.page_requests[name]:
                yield self._compile(request)
        elif name in self._target.operations:
            operation = self._target.operations[name]
            path = re.sub(r"\{[a-z_]+\}", "*", operation.path)
            yield self._compile(PageRequest(service=operation.service, method=operation.method, path=path))

    def _compile(self, request: PageRequest) -> _Pattern:
        base = self._target.addresses[request.service].rstrip("/")
        if request.path in ("**", "/**"):
            return _Pattern(request.method, re.compile(re.escape(base) + r"/.*"))
        path = re.escape(request.path).replace(r"\*", _ONE_PART)
        return _Pattern(request.method, re.compile(re.escape(base) + path + r"(?:\?.*)?$"))


class Faults:
    """Trouble for the requests of one person's page. Every fault ends with the context."""

    def __init__(self, tab: Tab, requests: PageRequests) -> None:
        self._tab, self._requests = tab, requests
        self._active: list[tuple[re.Pattern[str], Callable[[Route], None]]] = []
        self._held: list[Route] = []
        self._slow: list[Route] = []
        self._caused: dict[str, int] = {}  # request -> how often it met its trouble
        self._late: list[Callable[[], None]] = []

    def cause(self, name: str, trouble: Trouble, *, times: int | None = None) -> None:
        """Requests called `name` meet `trouble` from now on, or the next `times` of them."""
        patterns = self._requests.patterns(name)
        left = times
        self._caused[name] = 0

        def meet(route: Route) -> None:
            nonlocal left
            request = route.request
            fits = any(pattern.fits(request.method, request.url) for pattern in patterns)
            if not fits or left == 0 or request.method == "OPTIONS":
                route.fallback()
                return
            if left is not None:
                left -= 1
            self._caused[name] += 1
            self._note(route, trouble)
            self._answer(route, trouble)

        url = self._requests.pattern(name)
        self._tab.context.route(url, meet)
        self._tab.faults_active = True
        self._active.append((url, meet))

    def check_met(self) -> None:
        """Raises NotApplicable when the page never sent a request that was to meet trouble: nothing was tried then."""
        for name, times in self._caused.items():
            if times == 0:
                raise NotApplicable(
                    f"request:{name}", f"the page never sent the request {name!r}, so it met no trouble"
                )

    def lift(self) -> None:
        """All is well again; what was held is let go."""
        for url, meet in self._active:
            self._tab.context.unroute(url, meet)
        self._active.clear()
        self._tab.faults_active = False
        while self._slow:
            self._slow.pop().fallback()
        while self._late:
            with suppress(PlaywrightError):  # the page that asked may be gone
                self._late.pop()()
        while self._held:
            self._held.pop().abort("failed")

    def await_slow(self, seconds: float) -> bool:
        """Wait until a request that is slow is under way; whether one is."""
        eventually(lambda: len(self._slow) + len(self._late), bool, seconds, pause=self._tab.let_pass)
        return bool(self._slow or self._late)

    def _answer(self, route: Route, trouble: Trouble) -> None:
        origin = route.request.headers.get("origin", "*")
        cors = {"access-control-allow-origin": origin, "access-control-allow-credentials": "true"}
        match trouble:
            case "answers 500" | "answers 503":
                status = int(trouble.split()[1])
                body = json.dumps({"ok": False, "error": "UNAVAILABLE"})
                route.fulfill(status=status, headers=cors, content_type="application/json", body=body)
            case "refuses the connection":
                route.abort("connectionrefused")
            case "breaks off the connection":
                route.abort("connectionreset")
            case "never answers":
                self._held.append(route)
            case "is slow":
                self._slow.append(route)
            case "answers late":
                answer = route.fetch()
                self._late.append(lambda: route.fulfill(response=answer))
            case "loses its answer":
                route.fetch()
                route.abort("connectionreset")

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
