"""One request that meets a trouble: the connection that it came by, and the service that would answer it."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable
from contextlib import suppress

from tests.trust.wire import Message

_RESET = struct.pack("ii", 1, 0)


class Closed(Exception):
    """The connection to the client is closed: no further request comes by it."""


class Exchange:
    """What a deed has at hand: the request, its client, and the service behind."""

    def __init__(
        self,
        service: str,
        request: Message,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        ask: Callable[[Message], Awaitable[Message]],
    ) -> None:
        self.service, self.request = service, request
        self._reader, self._writer, self._ask = reader, writer, ask

    async def answer(self) -> Message:
        """What the service answers: it carries the request out."""
        return await self._ask(self.request)

    async def send(self, what: Message | bytes) -> None:
        """Send bytes to the client. Raises Closed when it has gone."""
        try:
            self._writer.write(bytes(what))
            await self._writer.drain()
        except ConnectionError:
            raise Closed from None

    def close(self) -> None:
        """End the connection in an orderly way. Raises Closed, always."""
        self._writer.close()
        raise Closed

    def reset(self) -> None:
        """Break the connection off: the client reads "connection reset". Raises Closed, always."""
        found: socket.socket = self._writer.get_extra_info("socket")
        found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        self._writer.transport.abort()
        raise Closed

    async def hold(self) -> None:
        """Say nothing until the client gives up. Raises Closed, always."""
        with suppress(ConnectionError):
            await self._reader.read()
        self.close()
