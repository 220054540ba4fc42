"""Sees to it that a listing write that failed is made up for (L6)."""

from __future__ import annotations

import asyncio
import contextlib
import logging

from reference.gateway.log import EventLog
from reference.gateway.store import Store

EVERY = 0.2
"""Seconds between two looks at the queue, which other processes and earlier runs of the gateway may have filled."""

_log = logging.getLogger("reference")


class ListingSync:
    """Works the queue off, for as long as `run` runs."""

    def __init__(self, store: Store, log: EventLog) -> None:
        self._store = store
        self._log = log
        self._wanted = asyncio.Event()

    def wake(self) -> None:
        """Something was queued just now: look at once."""
        self._wanted.set()

    async def run(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wanted.wait(), EVERY)
            self._wanted.clear()
            try:
                for room in await self._store.queued_listings():
                    if await self._store.retry_listing(room):
                        self._log.listing_synced()
            except Exception as error:  # the database may be away for a while: this loop outlives it
                _log.warning("the listing queue can't be worked off: %s", type(error).__name__)
