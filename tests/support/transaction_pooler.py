"""A pooler in front of a real PostgreSQL that hands out its few connections a transaction at a time, in turn.

It does what PgBouncer and its kind do in that mode, without its configuration: who connects is let in, and gets another
server process for each transaction. Settings of the start are refused where it is told so.
"""

from __future__ import annotations

import asyncio
import os
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg.conninfo import make_conninfo

_SSL, _GSS, _CANCEL = 80877103, 80877104, 80877102
_PARAMETERS = {
    "server_encoding": "UTF8",
    "client_encoding": "UTF8",
    "TimeZone": "UTC",
    "DateStyle": "ISO, MDY",
    "integer_datetimes": "on",
    "standard_conforming_strings": "on",
}


class _Server:
    """One connection to the server, of which the raw stream is used."""

    def __init__(self, dsn: str) -> None:
        self._opened = psycopg.connect(dsn, autocommit=True)
        self.socket = socket.socket(fileno=os.dup(self._opened.fileno()))
        self.socket.setblocking(False)

    async def join(self) -> None:
        """Let the event loop read and write it."""
        self.reader, self.writer = await asyncio.open_connection(sock=self.socket)

    def close(self) -> None:
        """Let go of it."""
        self.writer.close()
        self._opened.close()


class TransactionPooler:
    """The pooler; `served` counts the transactions that each of its connections has carried out."""

    def __init__(self, dsn: str, connections: int, *, takes_settings: bool) -> None:
        self._dsn, self._takes_settings = dsn, takes_settings
        self._servers = [_Server(dsn) for _ in range(connections)]
        self.served = [0] * connections
        with psycopg.connect(dsn) as asked:
            self._version = asked.info.parameter_status("server_version") or ""

    async def start(self) -> str:
        """Listen; the DSN of the database behind it."""
        self._free: asyncio.Queue[int] = asyncio.Queue()
        for number, server in enumerate(self._servers):
            await server.join()
            self._free.put_nowait(number)
        self._listener = listener = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        port = listener.sockets[0].getsockname()[1]
        return make_conninfo(self._dsn, host="127.0.0.1", hostaddr="", port=port)

    async def stop(self) -> None:
        """Listen no more, and give up whoever is connected."""
        self._listener.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        for server in self._servers:
            server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        number = None
        try:
            if not await self._greet(reader, writer):
                return
            while True:
                kind, message = await _message(reader)
                if kind == b"X":
                    return
                if number is None:
                    number = await self._free.get()
                server = self._servers[number]
                server.writer.write(message)
                if kind in (b"Q", b"S") and await _answer(server.reader, writer) == b"I":
                    self.served[number] += 1
                    self._free.put_nowait(number)
                    number = None
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()
            if number is not None:
                await self._rolled_back(number)

    async def _rolled_back(self, number: int) -> None:
        """A client has gone in the midst of a transaction: nothing of it stays."""
        server = self._servers[number]
        server.writer.write(b"Q" + struct.pack("!i", 13) + b"rollback\0")
        await _answer(server.reader, None)
        self._free.put_nowait(number)

    async def _greet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Whether the client is let in: whoever wants encryption is told that there is none."""
        while True:
            (length,) = struct.unpack("!i", await reader.readexactly(4))
            body = await reader.readexactly(length - 4)
            (code,) = struct.unpack("!i", body[:4])
            if code == _CANCEL:
                return False
            if code not in (_SSL, _GSS):
                break
            writer.write(b"N")
        words = body[4:].split(b"\0")
        if b"options" in words[::2] and not self._takes_settings:
            said = b"SFATAL\0VFATAL\0C08P01\0Munsupported startup parameter: options\0\0"
            writer.write(b"E" + struct.pack("!i", len(said) + 4) + said)
            return False
        writer.write(_packed(b"R", struct.pack("!i", 0)))
        for name, value in (_PARAMETERS | {"server_version": self._version}).items():
            writer.write(_packed(b"S", f"{name}\0{value}\0".encode()))
        writer.write(_packed(b"K", struct.pack("!ii", 1, 1)) + _packed(b"Z", b"I"))
        return True


def _packed(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("!i", len(body) + 4) + body


async def _message(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    head = await reader.readexactly(5)
    (length,) = struct.unpack("!i", head[1:])
    return head[:1], head + await reader.readexactly(length - 4)


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter | None) -> bytes:
    """Hand on what the server says until it is ready; in which state it is then."""
    while True:
        kind, message = await _message(reader)
        if writer is not None:
            writer.write(message)
        if kind == b"Z":
            return message[5:]


@contextmanager
def pooled(dsn: str, *, connections: int = 2, takes_settings: bool = True) -> Iterator[tuple[str, TransactionPooler]]:
    """The DSN of that database behind such a pooler, and the pooler, while the block runs."""
    pooler, loop = TransactionPooler(dsn, connections, takes_settings=takes_settings), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield asyncio.run_coroutine_threadsafe(pooler.start(), loop).result(), pooler
    finally:
        asyncio.run_coroutine_threadsafe(pooler.stop(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
