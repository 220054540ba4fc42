"""Which code and schema a stack runs: changes whenever a file of the reference does."""

from __future__ import annotations

import hashlib
from pathlib import Path

FOLDER = Path(__file__).parent
_KINDS = {".py", ".sql", ".js", ".css", ".html", ".svg"}


def version() -> str:
    """Twelve hexadecimal digits over every source file's path and content."""
    digest = hashlib.sha256()
    for path in sorted(path for path in FOLDER.rglob("*") if path.suffix in _KINDS):
        digest.update(str(path.relative_to(FOLDER)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
