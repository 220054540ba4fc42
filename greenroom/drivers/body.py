"""Reads the body of an answer: not more than a limit, and as text whatever its charset is called."""

from __future__ import annotations

import re
from contextlib import suppress

import requests
from urllib3.response import HTTPResponse

from greenroom.drivers.environment.form import goes_on, parsed

LIMIT = 32 * 1024 * 1024
"""Bytes of an answer, unpacked: some hundred thousand entries of a listing. What is longer is not read."""

_PIECE = 64 * 1024
_CHARSET = re.compile(r";\s*charset\s*=\s*['\"]?([^\s;'\"]+)", re.I)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_LONE_SURROGATE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)


class UnreadableError(Exception):
    """An answer has come and can't be read: a short stable cause, words that follow the service's name, and a hint."""

    def __init__(self, cause: str, words: str, hint: str = "") -> None:
        super().__init__(words)
        self.cause, self.words, self.hint = cause, words, hint


def read_text(response: requests.Response) -> str:
    """The body as text that can be written anywhere. Raises UnreadableError, and what requests raises."""
    body = _read(response)
    _check_unpacked(body, response.headers.get("Content-Encoding", ""))
    text = _as_text(body, response.headers.get("Content-Type", ""))
    if _stops_early(response, text):
        raise UnreadableError("cut-off", "broke off in the middle of its answer: its JSON has no end")
    return text


def _read(response: requests.Response) -> bytes:
    found = bytearray()
    for piece in response.iter_content(_PIECE):
        found += piece
        if len(found) > LIMIT:
            response.close()
            raise UnreadableError(
                "answer-too-large",
                f"answered with more than {LIMIT // 1024 // 1024} MB, which is the most that is read of an answer",
                "ask for less: a `query` that limits what is told, for example to one room",
            )
    return bytes(found)


def _check_unpacked(body: bytes, encodings: str) -> None:
    """Raises UnreadableError where the body is still packed: in a way that was not asked for, as something in between
    may pack answers for browsers. A header that says something else of a plain text changes nothing."""
    known = {*HTTPResponse.CONTENT_DECODERS, "identity", ""}
    unknown = [one for one in (part.strip().lower() for part in encodings.split(",")) if one not in known]
    if unknown and not _is_text(body):
        raise UnreadableError(
            "unreadable",
            f"packed its answer as {', '.join(unknown)!r}, which was not asked for and can't be unpacked here",
            "whatever packs answers in between is to heed Accept-Encoding, which says: gzip, deflate",
        )


def _is_text(body: bytes) -> bool:
    try:
        return not _CONTROLS.search(body.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _as_text(body: bytes, content_type: str) -> str:
    """In the charset that is named; in UTF-8 where none is, or one that nobody knows."""
    named = _CHARSET.search(content_type)
    if named is not None:
        with suppress(LookupError, ValueError):  # ValueError: a codec that is none of texts
            return writable(body.decode(named[1], "replace"))
    try:
        return writable(body.decode("utf-8"))
    except UnicodeDecodeError:
        if named is None:
            return body.decode("utf-8", "replace")
        words = f"answered in the charset {named[1]!r}, which nobody knows, and not in UTF-8"
        raise UnreadableError("unknown-charset", words, "the Content-Type of its answers") from None


def writable(text: str) -> str:
    """`text` without halves of characters, which JSON can hold and no file: a replacement character in their place."""
    if "\\ud" in text or "\\uD" in text:
        text = _LONE_SURROGATE.sub(r"\\ufffd", text)
    return text.encode("utf-8", "replace").decode("utf-8")


def _stops_early(response: requests.Response, text: str) -> bool:
    """Whether JSON stops in the middle. Where neither a length nor chunks say where an answer ends, any that can't be
    read may have stopped; else one that would go on, whatever length was said for it."""
    headers = response.headers
    if "json" not in headers.get("Content-Type", "").lower() or not text.strip():
        return False
    if "Content-Length" in headers or "chunked" in headers.get("Transfer-Encoding", "").lower():
        return goes_on(text)
    return not parsed(text)[0]
