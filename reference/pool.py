"""A part's connections to the database."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import tuple_row
from psycopg_pool import AsyncConnectionPool, PoolTimeout

Connection = psycopg.AsyncConnection[tuple[Any, ...]]
Pool = AsyncConnectionPool[Connection]

# What comes of a database that is not there: it is gone, too busy, or takes too long.
UNAVAILABLE = (psycopg.OperationalError, PoolTimeout, TimeoutError)

# Two writers that met the wrong way round; the whole transaction may simply be done again.
COLLISION = (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure)
ATTEMPTS = 4

PATIENCE = 9.0
"""Seconds that a request may spend in the database; a statement has one less, so that it is what gives up first."""

_OPTIONS = "-c statement_timeout=8000 -c idle_in_transaction_session_timeout=10000 -c timezone=UTC"


def make_pool(address: str, *, most: int) -> Pool:
    """A pool of up to `most` connections to `address`, not open yet. Every statement is its own transaction."""
    options = f"{conninfo_to_dict(address).get('options') or ''} {_OPTIONS}".strip()
    return AsyncConnectionPool(
        make_conninfo(address, options=options, connect_timeout=3),
        kwargs={"autocommit": True, "row_factory": tuple_row, "prepare_threshold": None},
        min_size=1,
        max_size=most,
        timeout=3.0,
        check=AsyncConnectionPool.check_connection,
        open=False,
    )


@contextlib.asynccontextmanager
async def borrowed(pool: Pool) -> AsyncIterator[Connection]:
    """A connection for the length of the block. Raises one of UNAVAILABLE when the database does not answer in time."""
    async with asyncio.timeout(PATIENCE), pool.connection() as connection:
        yield connection
