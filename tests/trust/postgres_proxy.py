"""A proxy before the database, for the harness alone: the reference itself keeps its own way to it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from tests.trust.watch import Watch

_CHUNK = 1 << 16
_RESET = struct.pack("ii", 1, 0)
ERRORS = {
    "too many connections": (b"53300", b"sorry, too many clients already"),
    "shutting down": (b"57P01", b"terminating connection due to administrator command"),
    "starting up": (b"57P03", b"the database system is starting up"),
    "a lock timeout": (b"55P03", b"canceling statement due to lock timeout"),
}


class PostgresProxy:
    """Listens on a port of its own, which stays the same."""

    def __init__(self, dsn: str, watch: Callable[[], Watch]) -> None:
        """`dsn` is that of a server behind a Unix socket; `watch` gives the trouble of the moment."""
        self._behind = urlsplit(dsn)
        self._socket = f"{parse_qs(self._behind.query)['host'][0]}/.s.PGSQL.5432"
        self._watch = watch
        self._server: asyncio.Server | None = None
        self._port = 0
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def dsn(self) -> str:
        """Where clients find the database."""
        return f"postgresql://{self._behind.username}@127.0.0.1:{self._port}{self._behind.path}?sslmode=disable"

    async def open(self) -> None:
        """Begin to listen."""
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self._port))
        self._port = listener.getsockname()[1]
        self._server = await asyncio.start_server(self._serve, sock=listener)

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
        behind: asyncio.StreamWriter | None = None
        try:
            if self._watch().connection():
                await self._meet_connection(reader, writer)
                return
            answers, behind = await asyncio.open_unix_connection(self._socket)
            back = asyncio.create_task(_copy(answers, writer))
            try:
                await self._forward(reader, writer, behind, back)
            finally:
                back.cancel()
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            for one in (writer, behind):
                with contextlib.suppress(ConnectionError):
                    if one is not None:
                        one.close()

    async def _forward(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        behind: asyncio.StreamWriter,
        back: asyncio.Task[None],
    ) -> None:
        while sent := await reader.read(_CHUNK):
            watch = self._watch()
            if watch.statement(sent) and watch.trouble is not None and watch.trouble.whom == "database":
                match watch.trouble.deed:
                    case "drops the connection":
                        _break_off(writer)
                        return
                    case "carries out and drops the connection":
                        back.cancel()
                        behind.write(sent)
                        await behind.drain()
                        _break_off(writer)
                        return
                    case "never answers":
                        back.cancel()
                        await reader.read()
                        return
                    case "answers late":
                        await asyncio.sleep(float(watch.trouble.parameter))
                    case "says":
                        writer.write(_error(watch.trouble.parameter))
                        await writer.drain()
                        return
            behind.write(sent)
            await behind.drain()

    async def _meet_connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        trouble = self._watch().trouble
        assert trouble is not None
        match trouble.deed:
            case "says":
                await reader.read(_CHUNK)
                writer.write(_error(trouble.parameter))
                await writer.drain()
            case "never answers":
                await reader.read()
            case "drops the connection":
                _break_off(writer)


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while read := await reader.read(_CHUNK):
            writer.write(read)
            await writer.drain()
        writer.close()
    except ConnectionError:
        pass


def _break_off(writer: asyncio.StreamWriter) -> None:
    found: socket.socket = writer.get_extra_info("socket")
    found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    writer.transport.abort()


def _error(name: str) -> bytes:
    """The server's message that ends a connection (ErrorResponse)."""
    code, text = ERRORS[name]
    fields = b"SFATAL\0VFATAL\0C" + code + b"\0M" + text + b"\0\0"
    return b"E" + struct.pack("!i", len(fields) + 4) + fields
