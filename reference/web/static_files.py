"""The page's static files, read once into memory: no path of a request ever reaches the file system."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from reference.web.joined_modules import joined_modules

# Spelled out, since what `mimetypes` answers depends on the machine it runs on.
MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}

_IMPORT = re.compile(r'^@import "\./(?P<name>[\w-]+\.css)";$', re.MULTILINE)


@dataclass(frozen=True)
class StaticFile:
    """One file as it is sent: its bytes, its media type, and an entity tag that names this version of it."""

    body: bytes
    media_type: str
    etag: str


def read_folder(folder: Path) -> dict[str, StaticFile]:
    """Every file under `folder` of a known kind, by its address (`/js/main.js`).

    Raises OSError when unreadable, ValueError for a module that can't be joined.
    """
    return {
        f"/{path.relative_to(folder).as_posix()}": read_file(path)
        for path in sorted(folder.rglob("*"))
        if path.suffix in MEDIA_TYPES
    }


def read_file(path: Path) -> StaticFile:
    """One file of a known kind; the page's style sheet and its module with all that they import."""
    match path.name, path.suffix:
        case "main.js", _:
            body = joined_modules(path)
        case _, ".css":
            body = _joined(path)
        case _:
            body = path.read_bytes()
    return StaticFile(body, MEDIA_TYPES[path.suffix], f'"{hashlib.sha256(body).hexdigest()[:20]}"')


def _joined(path: Path) -> bytes:
    """A style sheet in one piece: what stands at its beginning as `@import "./other.css";` is put there itself."""
    text = path.read_text(encoding="utf-8")
    return _IMPORT.sub(lambda line: _joined(path.parent / line["name"]).decode(), text).encode()
