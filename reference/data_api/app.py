"""The data API as an ASGI application."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from reference.data_api.errors import ApiError, failure
from reference.data_api.rpc import rpc
from reference.data_api.tables import table
from reference.http_common import BodyError, Floor, answer, cross_origin
from reference.pool import Pool, borrowed
from reference.settings import Keys

PREFIX = "/rest/v1"


def create_app(pool: Pool, keys: Keys) -> Starlette:
    """All routes under PREFIX, and `/health` at the root too."""

    async def rows(request: Request) -> Response:
        return await table(request, pool, keys)

    async def function(request: Request) -> Response:
        return await rpc(request, pool, keys)

    async def health(_: Request) -> Response:
        async with borrowed(pool) as connection:
            await connection.execute("select 1")
        return answer({"ok": True})

    routes = [
        Route("/health", health),
        Route("/rpc/{function}", function, methods=["POST"]),
        Route("/{table}", rows, methods=["GET", "HEAD", "POST", "PATCH", "DELETE"]),
    ]
    app = Starlette(
        routes=[Route("/health", health), Mount(PREFIX, routes=routes)],
        middleware=[cross_origin(), Middleware(Floor, failure=failure)],
        exception_handlers={ApiError: _refused, BodyError: _bad_body, HTTPException: _not_here},
    )
    app.router.redirect_slashes = False
    return app


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)
    return error.response()


async def _bad_body(_: Request, error: Exception) -> Response:
    assert isinstance(error, BodyError)
    return ApiError(error.status, "PGRST102", error.message).response()


async def _not_here(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return ApiError(error.status_code, "PGRST125", "there is no such route").response()
