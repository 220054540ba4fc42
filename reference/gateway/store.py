"""The gateway's side of the database: one function call an operation, and a code where it was refused."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from reference.gateway.requests import Refusal
from reference.pool import ATTEMPTS, COLLISION, Pool, borrowed


class Store:
    """Calls the functions of schema `live`."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def call(self, function: str, *arguments: Any) -> dict[str, Any]:
        """What `live.<function>` answers. Raises Refusal with its code where it refused."""
        result = await self._scalar(function, arguments)
        if code := result.pop("code", None):
            raise Refusal(code)
        return dict(result)

    async def queued_listings(self) -> list[UUID]:
        return list(await self._scalar("queued_listings", ()))

    async def retry_listing(self, room: UUID) -> bool:
        return bool(await self._scalar("retry_listing", (room,)))

    async def answers(self) -> None:
        """Raises one of `pool.UNAVAILABLE` when the database does not answer."""
        async with borrowed(self._pool) as connection:
            await connection.execute("select 1")

    async def _scalar(self, function: str, arguments: tuple[Any, ...]) -> Any:
        places = sql.SQL(", ").join([sql.Placeholder()] * len(arguments))
        query = sql.SQL("select live.{}({})").format(sql.Identifier(function), places)
        for left in reversed(range(ATTEMPTS)):
            try:
                async with borrowed(self._pool) as connection:
                    row = await (await connection.execute(query, arguments)).fetchone()
                    assert row is not None
                    return row[0]
            except COLLISION:
                if not left:
                    raise
                await asyncio.sleep(0)
            except psycopg.errors.ForeignKeyViolation as error:
                # The token is good, but the account behind it is gone.
                raise Refusal("UNAUTHENTICATED") from error
            except psycopg.DataError as error:
                # A value that the body's schema lets through and the database can't hold, such as \u0000 in metadata.
                raise Refusal("VALIDATION_ERROR", [{"path": "", "message": "a value can't be stored"}]) from error
        raise AssertionError("unreachable")
