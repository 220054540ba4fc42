"""Requests that a service worker sends for a page: two are seen of each, in either order.

What became of the page's own tells what the page got. The worker's is the one that trouble on purpose meets, so the
page's has to be found for it.
"""

from __future__ import annotations

from collections.abc import Iterable

from playwright.sync_api import Request


class Relayed:
    """The requests of pages whose worker met trouble on purpose in their place."""

    def __init__(self) -> None:
        self._pages: dict[Request, Request] = {}
        self._not_seen_yet: dict[tuple[str, str], list[Request]] = {}

    def page_request(self, sent: Request, asked: Iterable[Request]) -> Request | None:
        """That of a page, among what pages have `asked`, for which this one is sent: itself where no worker sends it,
        None where the page's is not seen yet."""
        if sent.service_worker is None:
            return sent
        if sent not in self._pages:
            found = next((one for one in asked if _key(one) == _key(sent)), None)
            if found is None:
                self._not_seen_yet.setdefault(_key(sent), []).append(sent)
                return None
            self._pages[sent] = found
        return self._pages[sent]

    def known_request(self, sent: Request) -> Request | None:
        """That of a page for which this one is sent, where it is known by now."""
        return sent if sent.service_worker is None else self._pages.get(sent)

    def was_met(self, asked: Request) -> bool:
        """Whether a worker's request met trouble before this one of its page was seen."""
        waiting = self._not_seen_yet.get(_key(asked))
        if waiting:
            self._pages[waiting.pop(0)] = asked
            return True
        return False


def _key(request: Request) -> tuple[str, str]:
    return request.method, request.url
