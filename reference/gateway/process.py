"""The gateway's own process."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

from reference.gateway.app import create_app
from reference.gateway.context import Gateway
from reference.gateway.limiter import Limiter
from reference.gateway.listing_sync import ListingSync
from reference.gateway.log import EventLog
from reference.gateway.store import Store
from reference.pool import make_pool
from reference.serving import Served, serve
from reference.settings import StackConfig


def run(config: StackConfig, listener: socket.socket) -> None:
    """Serves until SIGTERM."""

    @contextlib.asynccontextmanager
    async def opened() -> AsyncIterator[list[Served]]:
        log = EventLog(config.gateway_log)
        async with make_pool(config.database.gateway, most=12) as pool:
            store = Store(pool)
            listing = ListingSync(store, log)
            gateway = Gateway(store, log, Limiter(config.limit), listing, config.keys.jwt_secret)
            working = asyncio.create_task(listing.run())
            try:
                yield [Served(create_app(gateway), listener)]
            finally:
                working.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await working

    serve(opened)
