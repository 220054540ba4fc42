"""Counts, scenario by scenario, what a trouble may meet, and says when it does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from tests.trust.trouble import OPERATIONS, Trouble
from tests.trust.wire import Message

_SERVICES = {"page": ("gateway", "data_api"), "gateway": ("gateway",), "data_api": ("data_api",), "auth": ("auth",)}
_SERVICES |= {"web": ("web",)}


class Watch:
    """One trouble in one run. Requests say which scenario they belong to; all else belongs to the last that did."""

    def __init__(self, trouble: Trouble | None = None, struck: Callable[[], None] = lambda: None) -> None:
        """`struck` is called each time that the trouble is met."""
        self.trouble = trouble
        self.met: Counter[str] = Counter()
        self.seen: list[tuple[str, str, str, bool]] = []
        self._struck = struck
        self._scenario = ""
        self._counted: Counter[str] = Counter()

    def request(self, service: str, message: Message) -> bool:
        """Whether this request of a service meets the trouble."""
        self._scenario = message.scenario or self._scenario
        path = message.path[message.path.find("/v1") + 3 :] if "/v1/" in message.path else message.path
        if "/live" in path[:5] and service == "gateway":
            path = path.removeprefix("/live")
        by_page = message.by_page
        self.seen.append((self._scenario, service, f"{message.method} {path}", by_page))
        if self.trouble is None or not self._concerns(service, by_page=by_page):
            return False
        return self.trouble.when.fits(service, message.method, path, by_page=by_page) and self._count()

    def statement(self, sent: bytes) -> bool:
        """Whether what is sent to the database meets the trouble."""
        return self.trouble is not None and self.trouble.when.fits_statement(sent) and self._count()

    def connection(self) -> bool:
        """Whether a new connection to the database meets the trouble."""
        return self.trouble is not None and self.trouble.when.what == "connection" and self._count()

    def meet(self) -> None:
        """The trouble is met by whatever is under way, without being counted: one that lasts from the start."""
        self.met[self._scenario] += 1

    def _concerns(self, service: str, *, by_page: bool) -> bool:
        assert self.trouble is not None
        if self.trouble.whom == "page" and not by_page:
            return False
        if self.trouble.when.operation in OPERATIONS:
            return True
        return service in _SERVICES.get(self.trouble.whom, (service,))

    def _count(self) -> bool:
        assert self.trouble is not None
        self._counted[self._scenario] += 1
        if not self.trouble.when.counts(self._counted[self._scenario]):
            return False
        self.met[self._scenario] += 1
        self._struck()
        return True
