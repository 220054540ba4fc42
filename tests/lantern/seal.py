"""The seal of a form: a cookie's value that every change has to bring along once more, which no foreign page can."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from tests.lantern.refusal import Kind, Refusal

COOKIE, HEADER, FIELD = "lantern_siegel", "x-lantern-siegel", "siegel"
_READS = ("GET", "HEAD")


def seal_of(request: Request) -> str:
    """The seal of the browser that asks; a new one where it has none yet."""
    if not hasattr(request.state, "seal"):
        request.state.seal = request.cookies.get(COOKIE) or secrets.token_urlsafe(18)
    return str(request.state.seal)


def check_seal(request: Request, form: Mapping[str, str]) -> None:
    """Raises Refusal when a request that changes something does not bring its browser's seal along."""
    known, shown = request.cookies.get(COOKIE, ""), request.headers.get(HEADER) or form.get(FIELD, "")
    if request.method not in _READS and not (known and hmac.compare_digest(known.encode(), shown.encode())):
        raise Refusal(Kind.UNSEALED)


def with_seal(request: Request, answer: Response) -> Response:
    """The answer, which hands a browser its seal that has none yet."""
    if COOKIE not in request.cookies:
        answer.set_cookie(COOKIE, seal_of(request), samesite="lax")
    return answer


def with_new_seal(answer: Response) -> Response:
    """The answer to a sign-in: what somebody else may have planted before is worth nothing from here on."""
    answer.set_cookie(COOKIE, secrets.token_urlsafe(18), samesite="lax")
    return answer
