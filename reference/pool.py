"""A part's connections to the database."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import tuple_row
from psycopg_pool import AsyncConnectionPool, PoolTimeout

Pool = AsyncConnectionPool[psycopg.AsyncConnection[tuple[Any, ...]]]

# What the database answers, or does not, when it is not there: the server is gone, too busy, or took too long.
UNAVAILABLE = (psycopg.OperationalError, PoolTimeout)

# Two writers that met the wrong way round; the whole transaction may simply be done again.
COLLISION = (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure)
ATTEMPTS = 4

_OPTIONS = "-c statement_timeout=8000 -c idle_in_transaction_session_timeout=10000 -c timezone=UTC"


def make_pool(address: str, *, most: int) -> Pool:
    """A pool of up to `most` connections to `address`, not open yet. Every statement is its own transaction."""
    options = f"{conninfo_to_dict(address).get('options') or ''} {_OPTIONS}".strip()
    return AsyncConnectionPool(
        make_conninfo(address, options=options, connect_timeout=3),
        kwargs={"autocommit": True, "row_factory": tuple_row},
        min_size=1,
        max_size=most,
        timeout=3.0,
        check=AsyncConnectionPool.check_connection,
        open=False,
    )
