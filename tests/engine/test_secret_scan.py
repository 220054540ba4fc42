"""The search for secrets finds them: else a test that finds none would prove nothing."""

from __future__ import annotations

import base64
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.support.secret_scan import secrets_found

SECRET = 'q7Zt/9f"KxT2mWbR4u'


def _nested(times: int) -> bytes:
    text = SECRET
    for _ in range(times):
        text = json.dumps({"inner": text})
    return text.encode()


def _zip(content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.txt", content)
    return packed.getvalue()


HIDDEN_PLACES: dict[str, Callable[[], bytes]] = {
    "plain": lambda: f"a {SECRET} b".encode(),
    "in a picture": lambda: b"\x89PNG\xff\xfe" + SECRET.encode() + b"\xff",
    "JSON": lambda: _nested(1),
    "JSON in JSON in JSON": lambda: _nested(3),
    "an address": lambda: f"?t={quote(quote(SECRET, safe=''), safe='')}".encode(),
    "HTML": lambda: SECRET.replace('"', "&quot;").encode(),
    "Base64": lambda: base64.b64encode(f"some text, then {SECRET}".encode()),
    "a data URI": lambda: b"src=data:text/plain;base64," + base64.b64encode(f"x{SECRET} and more".encode()),
    "JSON in Base64": lambda: base64.b64encode(b"before " + SECRET.encode() + b" after"),
    "a zip": lambda: _zip(_nested(2)),
    "gzip in a zip": lambda: _zip(gzip.compress(_nested(1))),
}


@pytest.mark.parametrize("place", HIDDEN_PLACES)
def test_a_secret_is_found(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_bytes(HIDDEN_PLACES[place]())
    assert secrets_found(tmp_path, [SECRET]) != []
    assert secrets_found(tmp_path, ["another-one-9f8e7d"]) == []
