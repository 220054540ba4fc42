"""Finds what `greenroom init` left to be filled in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from greenroom.targetfile.toml_lines import Path as KeyPath

PLACEHOLDER = "CHANGE-ME"


def first_unfilled(document: Any, path: KeyPath) -> KeyPath | None:
    """The first key at or below `path` of a target file that still holds the placeholder; None when none does."""
    value = document
    for part in path:
        value = value.get(part, {}) if isinstance(value, dict) else {}
    return next(_unfilled(value, path), None)


def _unfilled(value: Any, path: KeyPath) -> Iterator[KeyPath]:
    if isinstance(value, str) and PLACEHOLDER in value:
        yield path
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _unfilled(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _unfilled(item, (*path, number))
