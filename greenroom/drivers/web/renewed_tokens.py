"""Pages that keep no token and ask for one each time they are loaded: what they are given for a while is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Route

from greenroom.drivers.web.requests import PageRequests
from greenroom.drivers.web.tab import Tab


@contextmanager
def renewed_tokens(tab: Tab, change: Callable[[str], str]) -> Iterator[list[str]]:
    """Within, what the target answers to the page's request `renewal` comes to the page as `change` makes it. The list
    is of the texts that were changed. Raises NotApplicable where the target describes no such request."""
    requests, changed = PageRequests(tab.target), list[str]()
    patterns, url = requests.patterns("renewal"), requests.pattern("renewal")

    def meet(route: Route) -> None:
        request = route.request
        if not any(pattern.fits(request.method, request.url, request.post_data or "") for pattern in patterns):
            route.fallback()
            return
        with suppress(PlaywrightError):  # the page that asked is gone
            answer = route.fetch(headers=tab.added_headers.all_of(request))
            text = answer.text()
            if (other := change(text)) != text:
                changed.append(other)
            tab.traffic.met_by_harness(request, answer.status, answer.headers, text if answer.status >= 400 else "")
            route.fulfill(response=answer, body=other)

    tab.context.route(url, meet)
    try:
        yield changed
    finally:
        tab.context.unroute(url, meet)
