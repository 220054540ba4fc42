"""HTTP/1.1 as bytes on a connection: reads a request or an answer whole, and keeps its bytes as they came."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass

_LONGEST_HEAD = 1 << 20
_SCENARIO = re.compile(rb"; scenario ([^)\r\n]*)\)")


class Gone(Exception):
    """The other side closed the connection before its message was whole."""


@dataclass(frozen=True, slots=True)
class Head:
    """The first line and the headers of a message. Names are as they were written, and compared without their case."""

    first: bytes
    headers: tuple[tuple[bytes, bytes], ...]

    def get(self, name: bytes) -> bytes:
        """The header's value; empty where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), b"")

    def with_header(self, name: bytes, value: bytes | None) -> Head:
        """The same with this header; without it where `value` is None."""
        kept = tuple(one for one in self.headers if one[0].lower() != name.lower())
        return Head(self.first, kept if value is None else (*kept, (name, value)))

    def __bytes__(self) -> bytes:
        lines = [self.first, *(name + b": " + value for name, value in self.headers)]
        return b"\r\n".join(lines) + b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Message:
    """A request or an answer; `body` is what it says, whichever way it was sent."""

    head: Head
    body: bytes

    @property
    def method(self) -> str:
        """Of a request."""
        return self.head.first.split(b" ")[0].decode("latin-1")

    @property
    def path(self) -> str:
        """Of a request, with its query."""
        return self.head.first.split(b" ")[1].decode("latin-1")

    @property
    def status(self) -> int:
        """Of an answer."""
        return int(self.head.first.split(b" ")[1])

    @property
    def by_page(self) -> bool:
        """Whether a browser sent the request: it says how it came to ask."""
        return bool(self.head.get(b"Sec-Fetch-Mode") or self.head.get(b"Sec-Fetch-Site") or self.head.get(b"Origin"))

    @property
    def scenario(self) -> str:
        """The scenario that the request says it belongs to, as "path:line"; empty where it does not say."""
        found = _SCENARIO.search(bytes(self.head))
        return found[1].decode("latin-1") if found else ""

    def with_body(self, body: bytes) -> Message:
        """The same with another body, and the length that belongs to it."""
        return Message(self.head.with_header(b"Content-Length", str(len(body)).encode()), body)

    def __bytes__(self) -> bytes:
        return bytes(self.head) + self.body


async def read_request(reader: asyncio.StreamReader) -> Message | None:
    """The next request of a connection; None where it was closed between two. Raises Gone."""
    head = await _read_head(reader)
    if head is None:
        return None
    return Message(head, await _read_body(reader, head, until_closed=False))


async def read_answer(reader: asyncio.StreamReader, method: str) -> Message:
    """The answer to a request of that method, with a plain length. Raises Gone."""
    head = await _read_head(reader)
    if head is None:
        raise Gone
    status = int(head.first.split(b" ")[1])
    empty = method == "HEAD" or status in (204, 304)
    body = b"" if empty else await _read_body(reader, head, until_closed=True)
    head = head.with_header(b"Transfer-Encoding", None)
    return Message(head, body) if empty else Message(head, b"").with_body(body)


async def _read_head(reader: asyncio.StreamReader) -> Head | None:
    try:
        text = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise Gone from None
        return None
    except (ConnectionError, asyncio.LimitOverrunError):
        raise Gone from None
    first, *lines = text[:-4].split(b"\r\n")
    pairs = (line.partition(b":") for line in lines)
    return Head(first, tuple((name, value.strip()) for name, _, value in pairs))


async def _read_body(reader: asyncio.StreamReader, head: Head, *, until_closed: bool) -> bytes:
    try:
        if b"chunked" in head.get(b"Transfer-Encoding").lower():
            return await _read_chunks(reader)
        if length := head.get(b"Content-Length"):
            return await reader.readexactly(int(length))
        return await reader.read() if until_closed else b""
    except (ConnectionError, asyncio.IncompleteReadError):
        raise Gone from None


async def _read_chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
        body += (await reader.readexactly(size + 2))[:-2]
    await reader.readuntil(b"\r\n")
    return body
