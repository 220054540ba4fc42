"""The app: the API, the pages, and what goes with them."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.lantern import api, pages, rendering, studio_pages
from tests.lantern.database import Pool
from tests.lantern.refusal import Kind, Refusal

# No page of ours runs or shows anything that is not ours.
POLICY = b"default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"


def make_app(pool: Pool) -> Starlette:
    """The app over the connections of `pool`, which stays the caller's to close."""
    app = Starlette(
        routes=[
            Mount("/api", routes=api.routes()),
            Mount("/beigaben", StaticFiles(directory=Path(__file__).with_name("assets"))),
            *pages.routes(),
            *studio_pages.routes(),
        ],
        exception_handlers={HTTPException: _no_such, Exception: _broken},
        middleware=[Middleware(Guarded)],
    )
    app.state.pool = pool
    return app


class Guarded:
    """Adds the headers that keep a page from being abused or remembered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] += [
                    (b"content-security-policy", POLICY),
                    (b"x-content-type-options", b"nosniff"),
                    (b"cache-control", b"no-store"),
                ]
            await send(message)

        await self._app(scope, receive, guarded)


def _is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/")


async def _no_such(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        said = {"problem": {"kind": "no-such-method", "detail": "So nicht."}}
        return JSONResponse(said, 405, headers=dict(error.headers or {}))
    refusal = Refusal(Kind.NO_PAGE)
    return api.problem(request, refusal) if _is_api(request) else rendering.refused(request, refusal, None)


async def _broken(request: Request, error: Exception) -> Response:
    return JSONResponse(api.BROKEN, 500) if _is_api(request) else rendering.broken(request)
