"""The auth part's side of the database."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from psycopg.types.json import Jsonb

from reference.pool import Pool, borrowed
from reference.tokens import LIFETIME, person_token


@dataclass(frozen=True, slots=True)
class Account:
    """A person as auth knows them."""

    user_id: str
    email: str
    password_hash: str | None
    meta: dict[str, Any]
    tenant_id: str


_COLUMNS = "id::text, email, password_hash, raw_user_meta_data, tenant_id::text"


class Accounts:
    """Calls the functions of schema `auth`; `secret` signs the tokens."""

    def __init__(self, pool: Pool, secret: str) -> None:
        self._pool = pool
        self._secret = secret

    async def sign_up(self, email: str, password_hash: str, meta: dict[str, Any], tenant_id: str) -> Account | None:
        """The new account; None where the e-mail is taken."""
        async with borrowed(self._pool) as connection:
            row = await (
                await connection.execute(
                    "select auth.sign_up(%s, %s, %s, %s)::text", (email, password_hash, Jsonb(meta), tenant_id)
                )
            ).fetchone()
        return Account(row[0], email, password_hash, meta, tenant_id) if row and row[0] else None

    async def find(self, email: str) -> Account | None:
        return await self._one("auth.account_of(%s)", email)

    async def by_refresh_token(self, token: str) -> Account | None:
        """Uses the token up."""
        return await self._one("auth.use_refresh_token(%s)", _hash(token))

    async def session(self, account: Account) -> dict[str, Any]:
        """What a person who has signed in is given: tokens, and who they are."""
        refresh = secrets.token_urlsafe(32)
        async with borrowed(self._pool) as connection:
            await connection.execute("select auth.keep_refresh_token(%s, %s)", (account.user_id, _hash(refresh)))
        token, expires_at = person_token(account.user_id, account.email, account.tenant_id, self._secret)
        return {
            "access_token": token,
            "token_type": "bearer",
            "expires_in": LIFETIME,
            "expires_at": expires_at,
            "refresh_token": refresh,
            "user": {
                "id": account.user_id,
                "aud": "authenticated",
                "role": "authenticated",
                "email": account.email,
                "user_metadata": account.meta,
                "app_metadata": {"tenant_id": account.tenant_id},
            },
        }

    async def _one(self, function: str, argument: str) -> Account | None:
        async with borrowed(self._pool) as connection:
            query = f"select {_COLUMNS} from {function} where id is not null"
            row = await (await connection.execute(query.encode(), (argument,))).fetchone()
        return Account(*row) if row else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
