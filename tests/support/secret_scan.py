"""Looks for secrets in everything below a folder: byte by byte, and in what is packed, encoded or escaped there."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote_to_bytes

_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{24,}={0,2}")
_DEPTH = 6


def secrets_found(folder: Path, secrets: Iterable[str]) -> list[str]:
    """Each secret that is in a file, as "where: its beginning"; empty when none is."""
    wanted = {form: secret for secret in secrets for form in _written(secret)}
    found, seen = set[str](), set[bytes]()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            for where, content in _files(str(path.relative_to(folder)), path.read_bytes()):
                digest = hashlib.sha256(content).digest()  # reports hold copies
                if digest not in seen:
                    seen.add(digest)
                    for layer in _layers(content):
                        found |= {f"{where}: {secret[:6]}…" for form, secret in wanted.items() if form in layer}
    return sorted(found)


def _written(secret: str) -> set[bytes]:
    """The secret, and the letters that it alone decides of a longer text's Base64."""
    raw = secret.encode()
    forms = {raw}
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + raw)[4 if offset else 0 : (offset + len(raw)) * 8 // 6]
        if len(encoded) >= 10:
            forms |= {encoded, encoded.replace(b"+", b"-").replace(b"/", b"_")}
    return forms


def _files(where: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """The file, and what is packed in it."""
    yield where, content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield from _files(f"{where}!{name}", archive.read(name))
    elif content[:2] == b"\x1f\x8b":
        yield from _files(f"{where}!gzip", gzip.decompress(content))


def _layers(content: bytes) -> Iterator[bytes]:
    """The content as it is, with its escapes undone as often as there are any, and what is Base64 in each of these."""
    layers = [content]
    with suppress(UnicodeDecodeError):
        content.decode("utf-8")  # else it is a picture
        layers += _undone(content, _unescaped)
        layers += _undone(layers[-1], unquote_to_bytes)
        layers += _undone(content, _unhtml)
        layers += [b"\n".join(_decoded(run) for run in set(_BASE64.findall(layer))) for layer in set(layers)]
    yield from layers


def _undone(content: bytes, undo: Callable[[bytes], bytes]) -> Iterator[bytes]:
    for _ in range(_DEPTH):
        before, content = content, undo(content)
        if content == before:
            return
        yield content


def _unescaped(content: bytes) -> bytes:
    """With one level of JSON's escapes undone."""
    content = re.sub(rb"\\u([0-9a-fA-F]{4})", lambda hit: chr(int(hit[1], 16)).encode("utf-8", "replace"), content)
    return re.sub(rb'\\(["\\/])', rb"\1", content).replace(b"\\n", b"\n")


def _unhtml(content: bytes) -> bytes:
    if b"&" not in content:
        return content
    return html.unescape(content.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogatepass")


def _decoded(run: bytes) -> bytes:
    plain = run.rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
    with suppress(ValueError):
        return base64.b64decode(plain[: len(plain) // 4 * 4])
    return b""
