"""What is done to a request that meets a trouble. Each deed has a name, as `troubles.toml` has it before the colon."""

from __future__ import annotations

import asyncio
import email.utils
import gzip
import json
import zlib
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from pathlib import Path

from tests.trust.exchange import Exchange
from tests.trust.wire import Head, Message

ANSWERS = Path(__file__).with_name("answers")
"""Raw answers of proxies, firewalls and the like, one a file; what the file leaves out is their length."""

_taken: set[bytes] = set()
_worthless: set[bytes] = set()
"""Proofs of who somebody is: all that were taken so far, and those that are not any more."""

Deed = Callable[[Exchange, str], Awaitable[None]]
_deeds: dict[str, Deed] = {}


def deeds() -> Mapping[str, Deed]:
    """Every deed by its name."""
    return _deeds


def deed(name: str) -> Callable[[Deed], Deed]:
    """Register a deed under its name."""

    def register(function: Deed) -> Deed:
        _deeds[name] = function
        return function

    return register


@cache
def canned(name: str) -> Message:
    """The answer of a file in answers/."""
    head, _, body = (ANSWERS / f"{name}.http").read_bytes().partition(b"\n\n")
    first, *lines = head.split(b"\n")
    pairs = (line.partition(b":") for line in lines)
    found = Head(first, tuple((key, value.strip()) for key, _, value in pairs))
    return Message(found, body) if found.get(b"Content-Length") else Message(found, body).with_body(body)


@deed("answers")
async def _answers(exchange: Exchange, name: str) -> None:
    await exchange.send(canned(name))


@deed("answers afterwards")
async def _answers_afterwards(exchange: Exchange, name: str) -> None:
    await exchange.answer()
    await exchange.send(canned(name))


@deed("resets")
async def _resets(exchange: Exchange, _: str) -> None:
    exchange.reset()


@deed("resets afterwards")
async def _resets_afterwards(exchange: Exchange, _: str) -> None:
    await exchange.answer()
    exchange.reset()


@deed("closes without a word")
async def _closes(exchange: Exchange, _: str) -> None:
    exchange.close()


@deed("never answers")
async def _never_answers(exchange: Exchange, _: str) -> None:
    await exchange.hold()


@deed("carries out and never answers")
async def _carries_out(exchange: Exchange, _: str) -> None:
    await exchange.answer()
    await exchange.hold()


@deed("answers late")
async def _answers_late(exchange: Exchange, seconds: str) -> None:
    await asyncio.sleep(float(seconds))
    await exchange.send(await exchange.answer())


@deed("trickles its headers")
async def _trickles_headers(exchange: Exchange, seconds: str) -> None:
    await _trickle(exchange, bytes(await exchange.answer()), float(seconds))


@deed("trickles its body")
async def _trickles_body(exchange: Exchange, seconds: str) -> None:
    answer = await exchange.answer()
    await exchange.send(bytes(answer.head))
    await _trickle(exchange, answer.body, float(seconds))


@deed("closes inside the headers")
async def _closes_in_headers(exchange: Exchange, _: str) -> None:
    answer = await exchange.answer()
    await exchange.send(bytes(answer.head)[: len(bytes(answer.head)) // 2])
    exchange.close()


@deed("resets inside the headers")
async def _resets_in_headers(exchange: Exchange, _: str) -> None:
    answer = await exchange.answer()
    await exchange.send(bytes(answer.head)[: len(bytes(answer.head)) // 2])
    exchange.reset()


@deed("closes inside the body")
async def _closes_in_body(exchange: Exchange, _: str) -> None:
    answer = await exchange.answer()
    await exchange.send(bytes(answer)[: -max(1, len(answer.body) // 2)])
    exchange.close()


@deed("resets inside the body")
async def _resets_in_body(exchange: Exchange, _: str) -> None:
    answer = await exchange.answer()
    await exchange.send(bytes(answer)[: -max(1, len(answer.body) // 2)])
    exchange.reset()


@deed("says a length that is too long")
async def _too_long(exchange: Exchange, _: str) -> None:
    answer = await exchange.answer()
    await exchange.send(_headed(answer, Content_Length=str(len(answer.body) + 10)))
    await exchange.hold()


@deed("says a length that is too short")
async def _too_short(exchange: Exchange, _: str) -> None:
    answer = await exchange.answer()
    await exchange.send(_headed(answer, Content_Length=str(len(answer.body) // 2)))
    exchange.close()


@deed("sends first")
async def _sends_first(exchange: Exchange, name: str) -> None:
    """An answer that is no final one, such as 103 Early Hints."""
    await exchange.send(bytes(canned(name).head.with_header(b"Content-Length", None)))
    await exchange.send(await exchange.answer())


@deed("says a content type")
async def _says_type(exchange: Exchange, kind: str) -> None:
    await exchange.send(_headed(await exchange.answer(), Content_Type=kind))


@deed("says no date")
async def _says_no_date(exchange: Exchange, _: str) -> None:
    answer = await exchange.answer()
    await exchange.send(Message(answer.head.with_header(b"Date", None), answer.body))


@deed("says a date that is off by")
async def _shifts_date(exchange: Exchange, seconds: str) -> None:
    answer = await exchange.answer()
    now = email.utils.parsedate_to_datetime(answer.head.get(b"Date").decode()).timestamp()
    await exchange.send(_headed(answer, Date=email.utils.formatdate(now + float(seconds), usegmt=True)))


@deed("sends a header of so many bytes")
async def _long_header(exchange: Exchange, number: str) -> None:
    await exchange.send(_headed(await exchange.answer(), X_Trace="x" * int(number)))


@deed("writes its headers in capitals")
async def _capitals(exchange: Exchange, _: str) -> None:
    answer = await exchange.answer()
    headers = tuple((name.upper(), value) for name, value in answer.head.headers)
    await exchange.send(Message(Head(answer.head.first, headers), answer.body))


@deed("closes after each answer")
async def _closes_after(exchange: Exchange, _: str) -> None:
    """Without saying so: a client that kept the connection finds it closed."""
    await exchange.send(await exchange.answer())
    exchange.close()


@deed("speaks HTTP/1.0")
async def _old(exchange: Exchange, _: str) -> None:
    answer = await exchange.answer()
    head = Head(answer.head.first.replace(b"HTTP/1.1", b"HTTP/1.0"), answer.head.headers)
    await exchange.send(Message(head.with_header(b"Content-Length", None), answer.body))
    exchange.close()


@deed("sends chunks of one byte")
async def _chunks(exchange: Exchange, _: str) -> None:
    answer = await exchange.answer()
    head = answer.head.with_header(b"Content-Length", None)
    if answer.body:
        chunks = b"".join(b"1\r\n%c\r\n" % byte for byte in answer.body) + b"0\r\n\r\n"
        await exchange.send(bytes(head.with_header(b"Transfer-Encoding", b"chunked")) + chunks)
    else:
        await exchange.send(answer)


@deed("breaks off between chunks")
async def _breaks_chunks(exchange: Exchange, _: str) -> None:
    answer = await exchange.answer()
    head = answer.head.with_header(b"Content-Length", None).with_header(b"Transfer-Encoding", b"chunked")
    half = answer.body[: len(answer.body) // 2 or 1]
    await exchange.send(bytes(head) + b"%x\r\n" % len(half) + half + b"\r\n")
    exchange.close()


@deed("zips")
async def _zips(exchange: Exchange, _: str) -> None:
    answer = await exchange.answer()
    await exchange.send(_headed(answer.with_body(gzip.compress(answer.body)), Content_Encoding="gzip"))


@deed("packs as nobody has asked for")
async def _packs_otherwise(exchange: Exchange, _: str) -> None:
    answer = await exchange.answer()
    await exchange.send(_headed(answer.with_body(b"\x0b\x80" + zlib.compress(answer.body)), Content_Encoding="br"))


@deed("takes no proof from before an end, and answers")
async def _forgets_proofs(exchange: Exchange, name: str) -> None:
    """As after the keys of sign-ins were changed: what is given from then on is taken."""
    proof = exchange.request.head.get(b"Authorization")
    if exchange.request.head.first.partition(b" HTTP/")[0].endswith(b"/end"):
        _worthless.update(_taken)
    if proof in _worthless:
        await exchange.send(canned(name))
        return
    if proof:
        _taken.add(proof)
    await exchange.send(await exchange.answer())


@deed("says that it zips, and does not")
async def _says_zipped(exchange: Exchange, _: str) -> None:
    await exchange.send(_headed(await exchange.answer(), Content_Encoding="gzip"))


@deed("sends a zip bomb of so many MB")
async def _bomb(exchange: Exchange, number: str) -> None:
    answer = await exchange.answer()
    await exchange.send(_headed(answer.with_body(_spaces(int(number))), Content_Encoding="gzip"))


@deed("pads its JSON to so many bytes")
async def _pads(exchange: Exchange, number: str) -> None:
    await _with_first_field(exchange, "padding", "x" * int(number))


@deed("puts half a surrogate pair into its JSON")
async def _surrogate(exchange: Exchange, _: str) -> None:
    await _with_first_field(exchange, "note", "\ud83d")


@deed("puts a NUL into its JSON")
async def _nul(exchange: Exchange, _: str) -> None:
    await _with_first_field(exchange, "note", "\0")


@deed("puts a byte order mark before its JSON")
async def _mark(exchange: Exchange, _: str) -> None:
    answer = await exchange.answer()
    await exchange.send(answer.with_body(b"\xef\xbb\xbf" + answer.body))


@deed("sends more than it was asked for")
async def _more(exchange: Exchange, _: str) -> None:
    """A second answer follows the first, as after a request that was smuggled in."""
    answer = await exchange.answer()
    await exchange.send(bytes(answer) + bytes(canned("nginx-400")))


@deed("speaks another protocol")
async def _other_protocol(exchange: Exchange, _: str) -> None:
    await exchange.send(b"SSH-2.0-OpenSSH_9.2p1\r\n")
    exchange.close()


@deed("sends noise")
async def _noise(exchange: Exchange, _: str) -> None:
    await exchange.send(b"\x15\x03\x03\x00\x02\x02\x28" * 3)
    exchange.close()


def _headed(answer: Message, **headers: str) -> Message:
    head = answer.head
    for name, value in headers.items():
        head = head.with_header(name.replace("_", "-").encode(), value.encode())
    return Message(head, answer.body)


async def _trickle(exchange: Exchange, what: bytes, seconds: float) -> None:
    for number in range(len(what)):
        await exchange.send(what[number : number + 1])
        await asyncio.sleep(seconds)


async def _with_first_field(exchange: Exchange, name: str, value: str) -> None:
    """One more field in the JSON of the answer, before all others; in a list, in its first entry."""
    answer = await exchange.answer()
    field = f"{json.dumps(name)}:{json.dumps(value)}".encode()
    before, opening, after = answer.body.partition(b"{")
    if opening:
        comma = b"" if after.lstrip().startswith(b"}") else b","
        answer = answer.with_body(before + opening + field + comma + after)
    await exchange.send(answer)


@cache
def _spaces(megabytes: int) -> bytes:
    """JSON that is followed by so much white space, compressed."""
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    some = b" " * (1 << 20)
    return packer.compress(b"{}") + b"".join(packer.compress(some) for _ in range(megabytes)) + packer.flush()
