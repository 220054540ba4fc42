"""Auth as an ASGI application: signing up, signing in, refreshing a token."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import psycopg
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from reference.auth.accounts import Accounts
from reference.auth.passwords import hash_password, matches
from reference.http_common import BodyError, Floor, answer, cross_origin, parse_json, read_body
from reference.pool import UNAVAILABLE
from reference.settings import DEFAULT_TENANT, Keys

PREFIX = "/auth/v1"
_EMAIL = re.compile(r"[^@\s\0]{1,64}@[^@\s\0]{1,190}")
SHORTEST_PASSWORD = 6


class Refused(Exception):
    """An answer in the manner of OAuth: a code and a sentence."""

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(error)
        self.status = status
        self.body = {"error": error, "error_description": description}


def create_app(accounts: Accounts, keys: Keys) -> Starlette:
    """All routes under PREFIX, and `/health` at the root."""

    async def sign_up(request: Request) -> Response:
        key = _key_of(request, keys)
        body = await _body(request)
        email, password = _credentials(body)
        if not _EMAIL.fullmatch(email):
            raise Refused(400, "validation_failed", "email is not an e-mail address")
        if len(password) < SHORTEST_PASSWORD:
            raise Refused(422, "weak_password", f"password must have {SHORTEST_PASSWORD} characters or more")
        tenant = _tenant(body) if key == keys.service else DEFAULT_TENANT
        account = await accounts.sign_up(email, hash_password(password), _meta(body), tenant)
        if account is None:
            raise Refused(422, "user_already_exists", "a person with this e-mail address is registered already")
        return answer(await accounts.session(account))

    async def token(request: Request) -> Response:
        _key_of(request, keys)
        body = await _body(request)
        grant = request.query_params.get("grant_type")
        if grant == "password":
            email, password = _credentials(body)
            account = await accounts.find(email)
            if not matches(password, account.password_hash if account else None) or account is None:
                raise Refused(400, "invalid_grant", "Invalid login credentials")
        elif grant == "refresh_token":
            given = body.get("refresh_token")
            account = await accounts.by_refresh_token(given) if isinstance(given, str) else None
            if account is None:
                raise Refused(400, "invalid_grant", "Invalid refresh token")
        else:
            raise Refused(400, "unsupported_grant_type", "grant_type must be password or refresh_token")
        return answer(await accounts.session(account))

    async def health(_: Request) -> Response:
        return answer({"ok": True})

    routes = [
        Route("/signup", sign_up, methods=["POST"]),
        Route("/token", token, methods=["POST"]),
        Route("/health", health),
    ]
    return Starlette(
        routes=[Route("/health", health), Mount(PREFIX, routes=routes)],
        middleware=[cross_origin(), Middleware(Floor, failure=_failure)],
        exception_handlers={Refused: _refused, BodyError: _bad_body, HTTPException: _not_here},
    )


def _key_of(request: Request, keys: Keys) -> str:
    key = request.headers.get("apikey", "")
    if key not in (keys.anon, keys.service):
        raise Refused(401, "invalid_api_key", "the apikey header is missing or wrong")
    return key


async def _body(request: Request) -> dict[str, Any]:
    body = parse_json(await read_body(request))
    if not isinstance(body, dict):
        raise BodyError(400, "the body must be a JSON object")
    return body


def _credentials(body: dict[str, Any]) -> tuple[str, str]:
    email, password = body.get("email"), body.get("password")
    if not isinstance(email, str) or not isinstance(password, str):
        raise Refused(400, "validation_failed", "email and password must be given, as text")
    if "\0" in email:
        raise Refused(400, "validation_failed", "email is not an e-mail address")
    return email.strip().lower(), password


def _meta(body: dict[str, Any]) -> dict[str, Any]:
    meta = body.get("data", {})
    name = meta.get("display_name", "") if isinstance(meta, dict) else None
    if not isinstance(name, str) or len(name) > 200:
        raise Refused(400, "validation_failed", "data must be an object, and its display_name a text")
    return {key: value for key, value in meta.items() if key != "display_name" or value}


def _tenant(body: dict[str, Any]) -> str:
    try:
        return str(UUID(body["app_metadata"]["tenant_id"]))
    except KeyError:
        return DEFAULT_TENANT
    except (TypeError, ValueError, AttributeError) as error:
        raise Refused(400, "validation_failed", "app_metadata.tenant_id must be a UUID") from error


def _failure(error: Exception) -> Response:
    if isinstance(error, UNAVAILABLE):
        return answer({"error": "unavailable", "error_description": "the database does not answer"}, 503)
    if isinstance(error, psycopg.DataError):  # a NUL character somewhere in `data`
        return answer({"error": "validation_failed", "error_description": "a value can't be stored"}, 400)
    return answer({"error": "internal", "error_description": "unexpected failure"}, 500)


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return answer(error.body, error.status)


async def _bad_body(_: Request, error: Exception) -> Response:
    assert isinstance(error, BodyError)
    return answer({"error": "invalid_request", "error_description": error.message}, error.status)


async def _not_here(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return answer({"error": "not_found", "error_description": "there is no such route"}, error.status_code)
