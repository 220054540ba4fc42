"""The web page's server: static files, the page itself for its own addresses, `/config.json` and `/health`."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reference.web.static_files import MEDIA_TYPES, StaticFile, read_folder

STATIC = Path(__file__).parent / "static"
INDEX = "/index.html"

DEFAULTS: Mapping[str, Any] = {"gatewayTimeoutMs": 1500, "pollMs": 500}

# connect-src is open because the gateway, the data API and auth live on ports of their own, known only at start.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; connect-src *; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

# The page itself is asked for anew each time; what it is made of is kept for a minute, so that a reload is one request.
CACHE: Mapping[str, str] = {MEDIA_TYPES[".html"]: "no-cache"}
KEPT = "max-age=60"

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def create_app(config: Mapping[str, Any]) -> Starlette:
    """The web page as an ASGI application.

    `config` is what the page reads from `/config.json`: `gateway`, `dataApi` and `auth` (base addresses), `anonKey`,
    and, where they should differ from the defaults, `gatewayTimeoutMs` and `pollMs` (milliseconds). The static files
    are read once, here; raises OSError when they can't be.
    """
    files = read_folder(STATIC)
    config_body = json.dumps({**DEFAULTS, **config}).encode()

    async def page(request: Request) -> Response:
        return answer(request, files[INDEX])

    async def static(request: Request) -> Response:
        file = files.get(request.url.path)
        if file is None:
            raise HTTPException(404)
        return answer(request, file)

    async def config_json(_: Request) -> Response:
        return Response(config_body, media_type="application/json", headers={**HEADERS, "Cache-Control": "no-store"})

    async def health(_: Request) -> Response:
        return Response(b'{"ok":true}', media_type="application/json", headers={"Cache-Control": "no-store"})

    return Starlette(
        routes=[
            Route("/health", health),
            Route("/config.json", config_json),
            Route("/", page),
            Route("/sign-in", page),
            Route("/comm/{rest:path}", page),
            Route("/{rest:path}", static),
        ],
        exception_handlers={404: not_found},
    )


def answer(request: Request, file: StaticFile) -> Response:
    """`file`, or 304 when the browser already has this version of it."""
    headers = {**HEADERS, "Cache-Control": CACHE.get(file.media_type, KEPT), "ETag": file.etag}
    if request.headers.get("if-none-match") == file.etag:
        return Response(status_code=304, headers=headers)
    return Response(file.body, media_type=file.media_type, headers=headers)


async def not_found(_: Request, __: Exception) -> Response:
    """The answer to an address that is neither a file nor one of the page's own."""
    return Response("Not found\n", status_code=404, media_type="text/plain", headers=HEADERS)
