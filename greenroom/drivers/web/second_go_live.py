"""Holds the second Go Live of a recovery, so that a notice that is there for a moment only is not missed."""

from __future__ import annotations

from typing import Protocol

from playwright.sync_api import Route

from greenroom.drivers.web.requests import PageRequests
from greenroom.drivers.web.tab import Tab


class SecondGoLive(Protocol):
    """Holds the second Go Live of a recovery until it is released."""

    def release(self) -> None:
        """Let what is held go, and hold nothing more."""

    def end(self) -> None:
        """Release, and stop watching."""


class _HoldMessage:
    """The same of one that is said over a WebSocket."""

    def __init__(self, requests: PageRequests, tab: Tab, *, active: bool) -> None:
        self._troubles, self._said = tab.socket_troubles, 0
        messages = requests.messages("go_live")
        self._held = self._troubles.cause("go_live", messages, "is slow", self._is_second) if active else None

    def release(self) -> None:
        """Let what is held go, and hold nothing more."""
        if self._held is not None:
            self._troubles.lift(self._held)

    end = release

    def _is_second(self) -> bool:
        self._said += 1
        return self._said == 2


class _HoldRequest:
    """The same of one that is a request."""

    def __init__(self, requests: PageRequests, tab: Tab, *, active: bool) -> None:
        self._tab, self._pattern, self._go_lives = tab, requests.pattern("go_live"), requests.patterns("go_live")
        self._held: list[Route] = []
        self._sent, self._holding = 0, active
        self._context = tab.context  # and not the page: its service worker may send what it asks for
        self._context.route(self._pattern, self._meet)

    def release(self) -> None:
        """Let what is held go, and hold nothing more."""
        self._holding = False
        while self._held:
            self._held.pop().fallback()

    def end(self) -> None:
        """Release, and stop watching."""
        self.release()
        self._context.unroute(self._pattern, self._meet)

    def _meet(self, route: Route) -> None:
        request = route.request
        is_go_live = any(one.fits(request.method, request.url, request.post_data or "") for one in self._go_lives)
        self._sent += is_go_live
        if is_go_live and self._sent == 2 and self._holding:
            self._held.append(route)
        else:
            route.fallback()


def hold_second(requests: PageRequests, tab: Tab, *, active: bool) -> SecondGoLive:
    """What holds it from now on, if `active`: a request of the page, or what it says over a WebSocket."""
    kind = _HoldMessage if requests.messages("go_live") else _HoldRequest
    return kind(requests, tab, active=active)
