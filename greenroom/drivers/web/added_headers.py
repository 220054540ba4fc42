"""Headers that the requests of somebody's pages bring along beside their own."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping

from playwright.sync_api import BrowserContext, Error, Request, Route

from greenroom.drivers.web.origin import origin_of
from greenroom.targetfile.model import Target


class AddedHeaders:
    """`always` with every request of a context, and what a protected service wants to see with those to it. A request
    is held for that on its way out: a header of the context's own would go to everybody, and need their leave."""

    def __init__(self, context: BrowserContext, target: Target, always: Mapping[str, str]) -> None:
        self._always = {name.lower(): value for name, value in always.items()}
        self._to: dict[str, dict[str, str]] = {}
        for service, address in target.addresses.items():
            # the browser answers for Basic authentication by itself
            headers = target.protection.headers if target.protection.covers(service) else {}
            if headers:
                self._to[origin_of(address)] = {name.lower(): value for name, value in headers.items()}
        if self.are_there:
            context.route("**/*", self._add)

    @property
    def are_there(self) -> bool:
        """Whether any request brings one along: those go on only while the browser's loop runs."""
        return bool(self._always or self._to)

    def all_of(self, request: Request) -> dict[str, str] | None:
        """The request's headers with those that are added; None where none is."""
        added = self._always | self._to.get(origin_of(request.url), {})
        return {**request.headers, **added} if added else None

    def _add(self, route: Route) -> None:
        with contextlib.suppress(Error):  # the page has gone meanwhile
            route.fallback(headers=self.all_of(route.request))
