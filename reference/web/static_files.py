"""The page's static files, read once into memory: no path of a request ever reaches the file system."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

# Spelled out, since what `mimetypes` answers depends on the machine it runs on.
MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True)
class StaticFile:
    """One file as it is sent: its bytes, its media type, and an entity tag that names this version of it."""

    body: bytes
    media_type: str
    etag: str


def read_folder(folder: Path) -> dict[str, StaticFile]:
    """Every file under `folder` of a known kind, by its address (`/js/main.js`). Raises OSError when unreadable."""
    return {
        f"/{path.relative_to(folder).as_posix()}": read_file(path)
        for path in sorted(folder.rglob("*"))
        if path.suffix in MEDIA_TYPES
    }


def read_file(path: Path) -> StaticFile:
    """One file of a known kind."""
    body = path.read_bytes()
    return StaticFile(body, MEDIA_TYPES[path.suffix], f'"{hashlib.sha256(body).hexdigest()[:20]}"')
