"""Whether two runs had the same description of their target."""

from __future__ import annotations

import hashlib
from pathlib import Path

_SAYS = (".toml", ".sql")


def target_digest(folder: Path) -> str:
    """Twelve letters that are other ones wherever a target's files say something else. Files that can't be read count
    as not there."""
    whole = hashlib.sha256()
    for file in sorted(folder.iterdir()):
        if file.suffix in _SAYS and file.is_file():
            content = file.read_bytes()
            whole.update(f"{file.name} {len(content)}\n".encode() + content)
    return whole.hexdigest()[:12]
