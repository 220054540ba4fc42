"""What the HTTP parts share: cross-origin rules, JSON answers, bounded bodies, and a floor under every failure."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 64 * 1024
"""Bytes that a request's body may have."""

_log = logging.getLogger("reference")

EXPOSED = ["Content-Range", "Date", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Retry-After"]


class BodyError(Exception):
    """The body is too large (413) or no JSON (400)."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


def answer(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A JSON answer."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=str)
    return Response(text, status, headers, media_type="application/json")


def cross_origin() -> Middleware:
    """Any page may call; a page's browser need not ask again for ten minutes."""
    return Middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
        allow_headers=["*"],
        expose_headers=EXPOSED,
        max_age=600,
    )


class Floor:
    """Turns an unexpected failure into the part's own 500, within the cross-origin rules; logs the traceback (S3)."""

    def __init__(self, app: ASGIApp, failure: Callable[[Exception], Response]) -> None:
        self._app = app
        self._failure = failure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            if started:
                raise
            response = self._failure(error)
            if response.status_code == 500:
                _log.exception("%s %s failed", scope["method"], scope["path"])
            await response(scope, receive, send)


async def read_body(request: Request) -> bytes:
    """The whole body. Raises BodyError when it is larger than MAX_BODY."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise BodyError(413, f"the body is larger than {MAX_BODY} bytes")
    return bytes(body)


def parse_json(body: bytes) -> Any:
    """The body as JSON; None where there is none. Raises BodyError."""
    if not body.strip():
        return None
    try:
        value = json.loads(body)
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()  # half a surrogate pair, or not a number
    except (ValueError, RecursionError) as error:
        raise BodyError(400, "the body is not JSON") from error
    return value
