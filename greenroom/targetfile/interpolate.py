"""`${NAME}` in a target file: environment variables, and what an embedded target printed when it was ready."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

_REFERENCE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_.]*)(?::-([^}]*))?\}")

Path = tuple[str | int, ...]


def references(value: Any, path: Path = ()) -> Iterator[tuple[Path, str, str | None]]:
    """Every reference in a document: where it stands, its name, and its default or None."""
    if isinstance(value, str):
        for match in _REFERENCE.finditer(value):
            yield path, match.group(1), match.group(2)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from references(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from references(item, (*path, number))


def interpolate(value: Any, lookup: Callable[[str], str | None]) -> Any:
    """A document with its references replaced. `lookup` returns None for what must stay as it is for now."""
    if isinstance(value, str):
        return _REFERENCE.sub(lambda match: _replace(match, lookup), value)
    if isinstance(value, Mapping):
        return {key: interpolate(item, lookup) for key, item in value.items()}
    if isinstance(value, list):
        return [interpolate(item, lookup) for item in value]
    return value


def _replace(match: re.Match[str], lookup: Callable[[str], str | None]) -> str:
    found = lookup(match.group(1))
    if found is not None and (found or match.group(2) is None):
        return found
    if match.group(2) is not None and not match.group(1).startswith("launch."):
        return match.group(2)
    return match.group(0)
