"""The feature files in a folder: what `greenroom run` and `greenroom lint` take for one, and each of them once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

SKIPPED = ("node_modules", "venv", "__pycache__")
"""Folders that hold nothing of ours, beside those whose name begins with a dot; `norecursedirs` in pyproject.toml."""


class Once:
    """Remembers places by what they really are: a link may lead back to where one has been."""

    def __init__(self) -> None:
        self._known: dict[str, Path] = {}

    def is_new(self, path: Path) -> bool:
        """Whether the place was never met, or by this very path only. A link to a folder that it stands in is not: it
        would take in what is all around."""
        if path.is_symlink() and Path(os.path.realpath(path.parent)).is_relative_to(os.path.realpath(path)):
            return False
        return self._known.setdefault(os.path.realpath(path), path) == path


def is_feature(path: Path) -> bool:
    """Whether a file is one by its name."""
    return path.suffix.lower() == ".feature"


def feature_files(folder: Path, once: Once | None = None) -> Iterator[Path]:
    """Every feature file below a folder, in the order of their names. Links are followed, a place is met once."""
    once = once or Once()
    if not once.is_new(folder):
        return
    for entry in sorted(folder.iterdir()):
        if entry.is_dir():
            if not entry.name.startswith(".") and entry.name not in SKIPPED:
                yield from feature_files(entry, once)
        elif is_feature(entry) and once.is_new(entry):
            yield entry
