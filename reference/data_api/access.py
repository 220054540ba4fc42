"""Whom a request acts as, and the database connection that has that role's rights and no others."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from reference.data_api.errors import ApiError
from reference.pool import Connection, Pool, borrowed
from reference.settings import Keys
from reference.tokens import BadToken, bearer, claims_of, person_of

_ROLES = ("anon", "authenticated", "service_role")


@dataclass(frozen=True, slots=True)
class Access:
    """The role and the claims that row level security goes by."""

    role: str
    claims: dict[str, Any]


def access_of(request: Request, keys: Keys) -> Access:
    """A key lets a request in; the token, or the key where there is none, says as whom. Raises ApiError (401)."""
    key = request.headers.get("apikey") or request.query_params.get("apikey", "")
    if key not in (keys.anon, keys.service):
        raise ApiError(401, "PGRST301", "no API key, or a wrong one")
    header = request.headers.get("authorization")
    try:
        claims = claims_of(bearer(header) if header else key, keys.jwt_secret)
        if claims["role"] == "authenticated":
            person_of(claims)
    except BadToken as error:
        raise ApiError(401, "PGRST301", "the token is malformed, expired, or not ours") from error
    if claims["role"] not in _ROLES:
        raise ApiError(401, "PGRST301", "the token names no role")
    return Access(claims["role"], claims)


@contextlib.asynccontextmanager
async def acting_as(pool: Pool, access: Access) -> AsyncIterator[Connection]:
    """A transaction with the role's rights, which end with it."""
    async with borrowed(pool) as connection, connection.transaction():
        await connection.execute(
            "select set_config('role', %s, true), set_config('request.jwt.claims', %s, true)",
            (access.role, json.dumps(access.claims)),
        )
        yield connection
