"""A link on somebody else's page, as in a mail that is read on the web: where it leads is asked for from another site.

The browser leaves out cookies then that are only for requests from the site itself; with an address that a person types
it sends them along.
"""

from __future__ import annotations

from html import escape
from typing import Literal

from playwright.sync_api import Page, Response, Route

_ELSEWHERE = "http://mail.greenroom.example/"


def follow_from_elsewhere(
    page: Page, url: str, *, timeout: float, wait_until: Literal["commit"] = "commit"
) -> Response | None:
    """Go to `url`, as `Page.goto` does, by a link on a page of another site, which is made up: nobody is asked for it.
    `timeout` is in milliseconds. Raises what `Page.goto` does."""

    def answer(route: Route) -> None:
        route.fulfill(content_type="text/html", body=f'<!doctype html><a href="{escape(url)}">The room</a>')

    page.route(_ELSEWHERE, answer)  # it stays: to stop intercepting while a document asks for its scripts loses some
    page.goto(_ELSEWHERE, timeout=timeout)
    with page.expect_navigation(url=lambda at: at != _ELSEWHERE, timeout=timeout, wait_until=wait_until) as came:
        page.locator("a").click(timeout=timeout)
    return came.value
