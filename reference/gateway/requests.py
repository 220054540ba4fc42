"""Reading a request: who calls, which room, what body. Whatever is wrong is raised as a Refusal."""

from __future__ import annotations

import re
from typing import TypeVar
from uuid import UUID

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response

from reference.gateway.models import Body, Caller
from reference.http_common import BodyError, answer, parse_json, read_body
from reference.tokens import BadToken, Person, bearer, claims_of, person_of

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
AnyBody = TypeVar("AnyBody", bound=Body)

# The status that goes with each code; codes come from here and from the database's functions.
STATUS = {
    "UNAUTHENTICATED": 401,
    "NOT_HOST": 403,
    "BANNED": 403,
    "USER_MISMATCH": 403,
    "NO_ROOM": 404,
    "ROOM_NOT_FOUND": 404,
    "NOT_IN_ROOM": 409,
    "NOT_A_GUEST": 409,
    "ROOM_NOT_IDLE": 409,
    "ROOM_FULL": 409,
    "INVALID_STATE": 409,
    "NO_ACTIVE_SESSION": 409,
    "INVALID_ID": 400,
    "VALIDATION_ERROR": 400,
    "BODY_TOO_LARGE": 413,
    "RATE_LIMIT_EXCEEDED": 429,
}

MESSAGES = {
    "NOT_HOST": "only the host of the room can do this",
    "ROOM_NOT_IDLE": "the room has a session already",
    "INVALID_STATE": "the room is not in a state that allows this",
    "RATE_LIMIT_EXCEEDED": "too many session creation requests",
    "USER_MISMATCH": "user_id is not the caller's",
}


class Refusal(Exception):
    """A documented refusal: a code, and sometimes details."""

    def __init__(self, code: str, details: list[dict[str, str]] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    def response(self, headers: dict[str, str] | None = None) -> Response:
        body: dict[str, object] = {"ok": False, "error": self.code}
        if self.code in MESSAGES:
            body["message"] = MESSAGES[self.code]
        if self.details is not None:
            body["details"] = self.details
        return answer(body, STATUS[self.code], headers)


def caller_of(request: Request, secret: str) -> Person:
    """The signed-in person who calls."""
    try:
        return person_of(claims_of(bearer(request.headers.get("authorization")), secret))
    except BadToken as error:
        raise Refusal("UNAUTHENTICATED") from error


def room_of(request: Request) -> UUID:
    """The room that the path names."""
    text = request.path_params["room"]
    if not _UUID.fullmatch(text):
        raise Refusal("INVALID_ID")
    return UUID(text)


async def body_of(request: Request, model: type[AnyBody]) -> AnyBody:
    """The body; an empty one counts as `{}`."""
    try:
        raw = await read_body(request)
        return model.model_validate_json(b"{}" if parse_json(raw) is None and not raw.strip() else raw)
    except BodyError as error:
        if error.status == 413:
            raise Refusal("BODY_TOO_LARGE") from error
        raise Refusal("VALIDATION_ERROR", [{"path": "", "message": error.message}]) from error
    except ValidationError as error:
        raise Refusal("VALIDATION_ERROR", _details(error)) from error


async def own_body(request: Request, caller: Person) -> None:
    """Reads a body that can only name the caller."""
    body = await body_of(request, Caller)
    if body.user_id not in (None, caller.user_id):
        raise Refusal("USER_MISMATCH")


def _details(error: ValidationError) -> list[dict[str, str]]:
    return [
        {"path": ".".join(str(part) for part in problem["loc"]), "message": problem["msg"]}
        for problem in error.errors(include_url=False, include_context=False, include_input=False)
    ]
