"""A proxy before one service of the reference: it passes everything on, until a request meets a trouble."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable
from urllib.parse import urlsplit

from tests.trust.deeds import deeds
from tests.trust.exchange import Closed, Exchange
from tests.trust.watch import Watch
from tests.trust.wire import Gone, Message, read_answer, read_request

_LIMIT = 1 << 24


class HttpProxy:
    """Listens on a port of its own, which stays the same."""

    def __init__(self, service: str, address: str, watch: Callable[[], Watch]) -> None:
        """`address` is the service's own; `watch` gives the trouble of the moment."""
        self.service = service
        self._behind = urlsplit(address)
        self._watch = watch
        self._server: asyncio.Server | None = None
        self._port = 0
        self._rewrites: dict[bytes, bytes] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def address(self) -> str:
        """Where clients find the service."""
        return f"http://127.0.0.1:{self._port}{self._behind.path}"

    def rewrite(self, old: str, new: str) -> None:
        """Have a page's settings name another address: its requests then go through a proxy as well."""
        self._rewrites[old.encode()] = new.encode()

    async def open(self) -> None:
        """Begin to listen."""
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self._port))
        self._port = listener.getsockname()[1]
        self._server = await asyncio.start_server(self._serve, sock=listener, limit=_LIMIT)

    async def close(self) -> None:
        """Refuse connections, and break off those that are open."""
        if self._server is not None:
            self._server.close()
            self._server = None
        await self.drop()

    async def drop(self) -> None:
        """Break off every connection."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            while (request := await read_request(reader)) is not None:
                exchange = Exchange(self.service, request, reader, writer, self._ask)
                await self._handle(exchange)
        except (Closed, Gone, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            with contextlib.suppress(ConnectionError):
                writer.close()

    async def _handle(self, exchange: Exchange) -> None:
        watch = self._watch()
        if watch.request(self.service, exchange.request) and watch.trouble and watch.trouble.deed in deeds():
            await deeds()[watch.trouble.deed](exchange, watch.trouble.parameter)
        else:
            await exchange.send(await exchange.answer())

    async def _ask(self, request: Message) -> Message:
        assert self._behind.hostname is not None and self._behind.port is not None
        reader, writer = await asyncio.open_connection(self._behind.hostname, self._behind.port, limit=_LIMIT)
        try:
            head = request.head.with_header(b"Connection", b"close")
            writer.write(bytes(Message(head, request.body)))
            answer = await read_answer(reader, request.method)
        finally:
            writer.close()
        answer = Message(answer.head.with_header(b"Connection", None), answer.body)
        if self._rewrites and request.path == "/config.json":
            body = answer.body
            for old, new in self._rewrites.items():
                body = body.replace(old, new)
            answer = answer.with_body(body)
        return answer
