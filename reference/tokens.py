"""Signed tokens (JWT, HS256): making them, and telling good ones from the rest (S2)."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import jwt

from reference.settings import DEFAULT_TENANT, Keys

LIFETIME = 3600
"""Seconds for which a person's token is good."""

_ALGORITHM = "HS256"
_ISSUER = "greenroom-reference"


class BadToken(Exception):
    """The token is missing, malformed, expired, or signed by somebody else."""


@dataclass(frozen=True, slots=True)
class Person:
    """The signed-in person that a token names."""

    user_id: UUID
    tenant_id: UUID


def make_keys() -> Keys:
    secret = secrets.token_hex(32)
    expires = int(time.time()) + 10 * 365 * 86400
    anon = {"iss": _ISSUER, "role": "anon", "tenant_id": DEFAULT_TENANT, "exp": expires}
    service = {"iss": _ISSUER, "role": "service_role", "exp": expires}
    return Keys(secret, sign(anon, secret), sign(service, secret))


def sign(claims: dict[str, Any], secret: str) -> str:
    return jwt.encode(claims, secret, algorithm=_ALGORITHM)


def person_token(user_id: str, email: str, tenant_id: str, secret: str) -> tuple[str, int]:
    """A person's token, and when it expires, in seconds since the epoch."""
    now = int(time.time())
    claims = {
        "iss": _ISSUER,
        "sub": user_id,
        "role": "authenticated",
        "aud": "authenticated",
        "email": email,
        "tenant_id": tenant_id,
        "iat": now,
        "exp": now + LIFETIME,
    }
    return sign(claims, secret), now + LIFETIME


def claims_of(token: str, secret: str) -> dict[str, Any]:
    """The token's claims. Raises BadToken."""
    try:
        claims: dict[str, Any] = jwt.decode(
            token, secret, algorithms=[_ALGORITHM], options={"require": ["exp", "role"], "verify_aud": False}
        )
    except (jwt.PyJWTError, ValueError) as error:
        raise BadToken(str(error)) from error
    return claims


def person_of(claims: dict[str, Any]) -> Person:
    """The person whom the claims name. Raises BadToken for claims of a key, which names nobody."""
    try:
        if claims["role"] != "authenticated" or claims.get("aud", "authenticated") != "authenticated":
            raise BadToken("not a person's token")
        return Person(UUID(claims["sub"]), UUID(claims.get("tenant_id", DEFAULT_TENANT)))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadToken("the token names nobody") from error


def bearer(header: str | None) -> str:
    """The token of an Authorization header. Raises BadToken."""
    scheme, _, token = (header or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise BadToken("no bearer token")
    return token.strip()
