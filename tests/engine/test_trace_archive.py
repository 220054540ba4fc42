"""A trace is kept without secrets: in its events, its requests and what was loaded, and it stays a trace."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from greenroom.core.redact import HIDDEN, Redactor
from greenroom.record.trace_archive import redact_archive
from tests.support.secret_scan import secrets_found

KNOWN = "known-secret-7"
ROTATED = "q7Zt-9f_KxT2mWbR4u"
SNAPSHOT = {"type": "frame-snapshot", "snapshot": {"html": ["BODY", {}, ["P", {}, "fine"]]}}
FRAME = {"type": "screencast-frame", "sha1": "page@1.jpeg"}


def _network(name: str, value: str) -> dict[str, object]:
    headers = [{"name": name, "value": value}, {"name": "Accept", "value": "text/html"}]
    return {"type": "resource-snapshot", "snapshot": {"request": {"headers": headers, "cookies": []}}}


def _cleaned(tmp_path: Path, **entries: bytes) -> dict[str, bytes]:
    raw, clean = tmp_path / "raw.zip", tmp_path / "kept" / "clean.zip"
    clean.parent.mkdir()
    with zipfile.ZipFile(raw, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    redact_archive(raw, clean, Redactor([KNOWN]))
    assert secrets_found(clean.parent, [KNOWN, ROTATED]) == []
    with zipfile.ZipFile(clean) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _lines(*events: object) -> bytes:
    return b"\n".join(json.dumps(event).encode() for event in events) + b"\n"


def test_events_stay_events_and_pictures_stay_where_no_page_showed_a_secret(tmp_path: Path) -> None:
    events = _lines({"type": "before", "params": {"source": f"localStorage.x='{KNOWN}'"}}, SNAPSHOT, FRAME)
    kept = _cleaned(tmp_path, trace_trace=events, resources__page_jpeg=b"\xff\xd8\xff picture")
    first, second, third = (json.loads(line) for line in kept["trace.trace"].splitlines())
    assert first["params"]["source"] == f"localStorage.x='{HIDDEN}'"
    assert (second, third) == (SNAPSHOT, FRAME)
    assert kept["resources/page.jpeg"] == b"\xff\xd8\xff picture"


def test_pictures_of_a_page_that_showed_a_secret_are_left_out(tmp_path: Path) -> None:
    shown = {"type": "frame-snapshot", "snapshot": {"html": ["BODY", {}, ["P", {}, f"your key is {KNOWN}"]]}}
    kept = _cleaned(tmp_path, trace_trace=_lines(shown, FRAME), resources__page_jpeg=b"\xff\xd8\xff picture")
    assert "resources/page.jpeg" not in kept and b"screencast-frame" not in kept["trace.trace"]


def test_a_token_that_the_page_got_by_itself_is_hidden_wherever_else_it_stands(tmp_path: Path) -> None:
    answer = json.dumps({"session": {"refresh_token": ROTATED}}).encode()
    console = {"type": "console", "text": f"now {ROTATED} is used"}
    kept = _cleaned(tmp_path, resources__a_json=answer, trace_trace=_lines(console))
    assert json.loads(kept["resources/a.json"]) == {"session": {"refresh_token": HIDDEN}}
    assert json.loads(kept["trace.trace"])["text"] == f"now {HIDDEN} is used"


@pytest.mark.parametrize("name", ["Authorization", "Cookie", "Set-Cookie", "X-Csrf-Token"])
def test_headers_that_prove_something_are_hidden_and_others_kept(tmp_path: Path, name: str) -> None:
    kept = _cleaned(tmp_path, trace_network=_lines(_network(name, f"sid={ROTATED}")))
    headers = json.loads(kept["trace.network"])["snapshot"]["request"]["headers"]
    assert headers == [{"name": name, "value": HIDDEN}, {"name": "Accept", "value": "text/html"}]


def test_what_is_no_text_is_kept_byte_by_byte_unless_it_holds_a_secret(tmp_path: Path) -> None:
    font, leak = bytes(range(256)) * 4, b"\xff\xfe\x00" + KNOWN.encode() + b"\xff"
    packed = gzip.compress(f"inside {KNOWN}".encode())
    kept = _cleaned(tmp_path, resources__a_woff=font, resources__b_bin=leak, resources__c_gz=packed)
    assert kept["resources/a.woff"] == font
    assert kept["resources/b.bin"] == kept["resources/c.gz"] == b""


def test_a_broken_trace_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "raw.zip").write_bytes(b"PK no zip")
    with pytest.raises(zipfile.BadZipFile):
        redact_archive(tmp_path / "raw.zip", tmp_path / "clean.zip", Redactor())
    assert not (tmp_path / "clean.zip").exists()
