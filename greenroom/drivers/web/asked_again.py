"""A page's GET that failed, asked again by the harness: whether the service fails at it by itself, whoever asks.

A page tells little of what it got: an answer that it may not read, as the failures of many frameworks are, looks to it
like no answer at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from playwright.sync_api import Page
from playwright.sync_api import Request as PlaywrightRequest

from greenroom.core.errors import Inconclusive
from greenroom.core.placeholders import holes
from greenroom.drivers.answer import Unanswered
from greenroom.drivers.http import Http
from greenroom.record.evidence import Evidence
from greenroom.targetfile.model import Request, Target
from greenroom.targetfile.operations import READS

_TRIES = 3
"""Chance is ruled out by the third, as for operations."""
_UNREADABLE = "ERR_FAILED"
"""What the browser says of an answer that a page may not read; connections that break have words of their own."""
_BARE = ("html-page", "not-json")
_NOT_SENT_AGAIN = ("host", "content-length", "connection", "accept-encoding", "cookie")


@dataclass(frozen=True, eq=False)
class PageRead:
    """A GET of a page's that failed: of which service, where, and with which headers. Each is one of its own,
    also where it reads like another."""

    service: str
    url: str
    headers: Mapping[str, str]


def read_of(request: PlaywrightRequest, service: str, error: str = "") -> PageRead | None:
    """What can be asked again, as it changes nothing: a page's GET for data that got an answer, or one that the page
    may not read; `error` is what the browser says of it. None for any other."""
    if request.method != "GET" or request.resource_type not in ("fetch", "xhr") or (error and _UNREADABLE not in error):
        return None
    return PageRead(service, request.url, request.headers)


class AskedAgain:
    """Asks again, once for each that failed, until an address fails by itself: what stands in its query is of no
    account."""

    def __init__(self, target: Target, evidence: Evidence) -> None:
        self._target, self._evidence = target, evidence
        self._convicted: set[str] = set()
        self._asked: set[PageRead] = set()
        self._failed: list[tuple[Page | None, int, PageRead]] = []

    def note(self, page: Page | None, load: int, read: PageRead) -> None:
        """It failed, on that load of a page. It is asked again at once: what proves somebody may last for seconds."""
        self._failed.append((page, load, read))
        self.fails_by_itself(read)

    def last(self, url: str) -> PageRead | None:
        """What was noted last of that address, if anything."""
        return next((read for _, _, read in reversed(self._failed) if read.url == url), None)

    def own_failure(self, page: Page, load: int) -> str:
        """What failed on that load and fails by itself, in words; "" for nothing."""
        reads = (read for of_page, of_load, read in self._failed if of_page in (page, None) and of_load == load)
        read = next(filter(self.fails_by_itself, reads), None)
        return f"GET {read.url} fails each time, while the service answers others" if read is not None else ""

    def fails_by_itself(self, read: PageRead | None) -> bool:
        """Whether the service answers this with a 5xx of its own each time, while it answers what else it has to read.
        False where nothing else is described that could be read without a person or a room."""
        if read is None:
            return False
        where = read.url.partition("?")[0]
        if where not in self._convicted and read not in self._asked:
            self._asked.add(read)
            if self._fails(read):
                self._convicted.add(where)
        return where in self._convicted

    def _fails(self, read: PageRead) -> bool:
        other = self._other(read)
        if other is None:
            return False
        http = Http(self._target, "asked-again")
        try:
            path = read.url[len(self._target.addresses[read.service].rstrip("/")) :]
            asked = Request(service=read.service, method="GET", path=path)
            headers = {k: v for k, v in read.headers.items() if k.lower() not in _NOT_SENT_AGAIN}
            fails = all(self._is_own_failure(http, asked, headers) for _ in range(_TRIES))
            return fails and self._answers(http, other)
        finally:
            http.close()

    def _is_own_failure(self, http: Http, asked: Request, headers: Mapping[str, str]) -> bool:
        try:
            return http.send(asked, {}, self._evidence, who="harness", headers=headers).status >= 500
        except Unanswered as error:
            return error.exchange.status == 500 and error.cause in _BARE
        except Inconclusive:
            return False

    def _answers(self, http: Http, other: Request) -> bool:
        try:
            return http.send(other, {}, self._evidence, who="harness").status < 500
        except Inconclusive:
            return False

    def _other(self, read: PageRead) -> Request | None:
        """What else the service must answer: the probe, or what is read of it without a placeholder."""
        target = self._target
        described = [target.probe, *(target.operations.get(name) for name in sorted(READS))]
        base = target.addresses[read.service].rstrip("/")
        for request in described:
            if request is None or request.service != read.service or request.method != "GET":
                continue
            is_plain = not holes([request.path, request.query, request.headers])
            if is_plain and base + request.path != read.url.partition("?")[0]:
                return request
        return None
