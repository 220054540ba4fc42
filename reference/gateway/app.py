"""The gateway as an ASGI application."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from reference.gateway import routes_lifecycle, routes_lobby, routes_presence, routes_rooms
from reference.gateway.context import Gateway, ok
from reference.gateway.log import RequestLog
from reference.gateway.requests import Refusal
from reference.http_common import Floor, answer, cross_origin
from reference.pool import UNAVAILABLE

PREFIX = "/api/v1/live"


def create_app(gateway: Gateway) -> Starlette:
    """All routes under PREFIX, and `/health` at the root too."""

    async def health(_: Request) -> Response:
        await gateway.store.answers()
        return ok({"status": "healthy"})

    rows = (*routes_rooms.ROUTES, *routes_lifecycle.ROUTES, *routes_presence.ROUTES, *routes_lobby.ROUTES)
    routes = [
        Route("/health", health),
        routes_lifecycle.go_live_route(gateway),
        *(gateway.route(method, path, handler) for method, path, handler in rows),
    ]
    app = Starlette(
        routes=[Route("/health", health), Mount(PREFIX, routes=routes)],
        middleware=[
            Middleware(RequestLog, log=gateway.log),
            cross_origin(),
            Middleware(Floor, failure=_failure),
        ],
        exception_handlers={HTTPException: _not_here, Refusal: _refused},
    )
    app.router.redirect_slashes = False
    return app


def _failure(error: Exception) -> Response:
    if isinstance(error, UNAVAILABLE):
        return answer({"ok": False, "error": "UNAVAILABLE"}, 503)
    return answer({"ok": False, "error": "INTERNAL"}, 500)


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    return error.response()


async def _not_here(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = "METHOD_NOT_ALLOWED" if error.status_code == 405 else "NOT_FOUND"
    return answer({"ok": False, "error": code}, error.status_code, dict(error.headers or {}))
