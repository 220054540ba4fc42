"""What every route of the gateway has at hand."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reference.gateway.limiter import Limiter
from reference.gateway.listing_sync import ListingSync
from reference.gateway.log import EventLog
from reference.gateway.requests import caller_of
from reference.gateway.store import Store
from reference.http_common import answer
from reference.tokens import Person

Handler = Callable[["Gateway", Request, Person], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Gateway:
    """The gateway's own parts, handed to each route."""

    store: Store
    log: EventLog
    limiter: Limiter
    listing: ListingSync
    secret: str

    def listed(self, holds: bool, room: UUID) -> None:
        """Says in the log whether the listing follows, and has the entry written again where it does not."""
        if holds:
            self.log.listing_synced()
        else:
            self.log.listing_queued(str(room))
            self.listing.wake()

    def route(self, method: str, path: str, handler: Handler) -> Route:
        """A route for signed-in people."""

        async def endpoint(request: Request) -> Response:
            return await handler(self, request, caller_of(request, self.secret))

        return Route(path, endpoint, methods=[method])


def ok(body: dict[str, Any] | None = None, status: int = 200) -> Response:
    """A success: `{ok: true, ...}`."""
    return answer({"ok": True, **(body or {})}, status)
