"""A browser's trace without secrets: a zip of events, requests and what was loaded, rewritten before it is kept."""

from __future__ import annotations

import gzip
import json
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

from greenroom.core.redact import Redactor
from greenroom.core.secret_shapes import is_secret_name

_PICTURES = (".jpeg", ".jpg", ".png", ".webp")
_FRAME_EVENT = "screencast-frame"
_SNAPSHOT_EVENT = "frame-snapshot"


def redact_archive(raw: Path, clean: Path, redactor: Redactor) -> None:
    """Write the trace `raw` to `clean` without secrets: those that `redactor` knows, and those that the trace itself
    shows by their names, as the answer to a page's own sign-in does.

    What was loaded and is no text is kept, unless it holds a secret. Pictures of a page that showed one are left out.
    Raises OSError and zipfile.BadZipFile; `clean` is not left behind then.
    """
    known = redactor.child()
    with zipfile.ZipFile(raw) as old:
        entries = {entry.filename: old.read(entry) for entry in old.infolist() if not entry.is_dir()}
    for content in entries.values():
        for value in _parsed(content):
            _learn(value, known)
    shown = any(_shows_secret(content, known) for name, content in entries.items() if name.endswith(".trace"))
    try:
        with zipfile.ZipFile(clean, "w", zipfile.ZIP_DEFLATED) as new:
            for name, content in entries.items():
                if shown and name.lower().endswith(_PICTURES):
                    continue
                new.writestr(name, _clean(content, known, pictures=not shown))
    except BaseException:
        clean.unlink(missing_ok=True)
        raise


def _clean(content: bytes, redactor: Redactor, *, pictures: bool) -> bytes:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return b"" if _holds_secret(content, redactor) else content
    lines = []
    for line in _lines(text):
        value = _json(line)
        if value is None:
            lines.append(redactor.text(line))
        elif pictures or not (isinstance(value, dict) and value.get("type") == _FRAME_EVENT):
            lines.append(json.dumps(redactor.value(value), separators=(",", ":")))
    return "\n".join(lines).encode("utf-8")


def _holds_secret(content: bytes, redactor: Redactor) -> bool:
    """Whether bytes that are no text hold one: as they are, or unpacked."""
    unpacked = [content]
    if content[:2] == b"\x1f\x8b":
        with suppress(OSError, EOFError, zlib.error):
            unpacked.append(gzip.decompress(content))
    texts = (part.decode(encoding, "replace") for part in unpacked for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
    return any(redactor.quoted(text) != text for text in texts)


def _shows_secret(content: bytes, redactor: Redactor) -> bool:
    """Whether a snapshot of the page in these events holds a secret."""
    snapshots = [
        value for value in _parsed(content) if isinstance(value, dict) and value.get("type") == _SNAPSHOT_EVENT
    ]
    return any(redactor.value(snapshot) != snapshot for snapshot in snapshots)


def _learn(value: Any, redactor: Redactor, *, secret: bool = False) -> None:
    """Learn what is called like a secret, at any depth, and cookies. Nothing else: files are found by random names."""
    if isinstance(value, dict):
        name = value.get("name")
        paired = isinstance(name, str) and is_secret_name(name)
        for key, item in value.items():
            _learn(item, redactor, secret=is_secret_name(str(key)) or (paired and key == "value"))
    elif isinstance(value, list):
        for item in value:
            _learn(item, redactor, secret=secret)
    elif isinstance(value, str):
        inner = _json(value) if value[:1] in ("{", "[") else None
        if inner is not None:
            _learn(inner, redactor)
        elif secret and len(value) > 8:
            redactor.learn(*value.split("\n"))


def _parsed(content: bytes) -> list[Any]:
    """The JSON values in a file: the file itself, or each of its lines."""
    with suppress(UnicodeDecodeError):
        values = (_json(line) for line in _lines(content.decode("utf-8")))
        return [value for value in values if value is not None]
    return []


def _lines(text: str) -> list[str]:
    """The file as one piece when it is one JSON value, else its lines."""
    return [text] if _json(text) is not None else text.split("\n")


def _json(text: str) -> Any:
    """The object or list that the text is, or None."""
    with suppress(ValueError, RecursionError):
        value = json.loads(text) if text.lstrip()[:1] in ("{", "[") else None
        return value if isinstance(value, dict | list) else None
    return None
