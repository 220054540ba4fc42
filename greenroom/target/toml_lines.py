"""Where a key stands in a TOML file: the parser of the standard library does not say."""

from __future__ import annotations

import re

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"^\s*((?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*'))*)\s*=")
_PART = re.compile(r"[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*'")

Path = tuple[str | int, ...]


def line_of(text: str, path: Path) -> int:
    """The line (from 1) of the key at `path` in `text`, or of the closest table around it; 1 when nothing is near."""
    index = _index(text)
    for length in range(len(path), 0, -1):
        if path[:length] in index:
            return index[path[:length]]
        inline = _inside_line(text, index, path[:length])
        if inline:
            return inline
    return 1


def _index(text: str) -> dict[Path, int]:
    found: dict[Path, int] = {}
    arrays: dict[Path, int] = {}
    table: Path = ()
    for number, line in enumerate(text.splitlines(), start=1):
        header = _HEADER.match(line)
        if header and not _KEY.match(line):
            table = _resolve(_parts(header.group(2)), arrays, new_item=header.group(1) == "[[")
            found.setdefault(table, number)
            continue
        key = _KEY.match(line)
        if key:
            found.setdefault(table + _parts(key.group(1)), number)
    return found


def _resolve(parts: Path, arrays: dict[Path, int], *, new_item: bool) -> Path:
    """The path of a table header, with the index of the array item it stands in."""
    resolved: Path = ()
    for position, part in enumerate(parts):
        resolved += (part,)
        if new_item and position == len(parts) - 1:
            arrays[resolved] = arrays.get(resolved, -1) + 1
        if resolved in arrays:
            resolved += (arrays[resolved],)
    return resolved


def _parts(dotted: str) -> Path:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


def _inside_line(text: str, index: dict[Path, int], path: Path) -> int:
    """A key of an inline table: the first line at or after its parent's that mentions it."""
    if len(path) < 2 or not isinstance(path[-1], str) or path[:-1] not in index:
        return 0
    start = index[path[:-1]]
    mention = re.compile(rf"(?<![\w-]){re.escape(path[-1])}(?![\w-])\s*=")
    for number, line in enumerate(text.splitlines()[start - 1 :], start=start):
        if mention.search(line):
            return number
        if number > start and (_HEADER.match(line) or _KEY.match(line)):
            return 0
    return 0
