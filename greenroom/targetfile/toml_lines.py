"""Where every key of a TOML text stands: the parser of the standard library does not say."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

Path = tuple[str | int, ...]

_BLANK = " \t"
_BETWEEN = " \t\r\n,"
_BARE_ENDS = ",]}#\r\n"


def line_of(text: str, path: Path) -> int:
    """The line (from 1) of the key at `path` in `text`, or of the closest table around it; 1 when nothing is near.

    `text` is taken to be TOML that a parser has accepted.
    """
    found = lines(text)
    for length in range(len(path), 0, -1):
        if path[:length] in found:
            return found[path[:length]]
    return 1


def table_lines(text: str, path: Path) -> tuple[int, int]:
    """The first and the last line of the table at `path` that has a header of its own; else its first line twice.

    Comments and blank lines in front of what comes next are left to that.
    """
    first, written = line_of(text, path), text.splitlines()
    if not written[first - 1].lstrip().startswith("["):
        return first, first
    others = (line for other, line in lines(text).items() if line > first and other[: len(path)] != path)
    last = min(others, default=len(written) + 1) - 1
    while last > first and (not written[last - 1].strip() or written[last - 1].lstrip().startswith("#")):
        last -= 1
    return first, last


@lru_cache(maxsize=4)
def lines(text: str) -> Mapping[Path, int]:
    """The line of every table, key and array item, by its path; an item of an array is a number."""
    return MappingProxyType(_Scanner(text).scan())


class _Scanner:
    """Walks through a TOML text once. It needs no more of the grammar than where strings, arrays and tables end."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self._found: dict[Path, int] = {}
        self._items: dict[Path, int] = {}

    def scan(self) -> dict[Path, int]:
        table: Path = ()
        while self._skip(_BLANK + "\r\n"):
            if self._next("["):
                table = self._header()
            else:
                self._pair(table)
        return self._found

    def _header(self) -> Path:
        line, array = self._line(), self._next("[[")
        self._at += 2 if array else 1
        parts = self._key()
        self._at = self._text.index("]", self._at) + (2 if array else 1)
        path: Path = ()
        for number, part in enumerate(parts):
            path += (part,)
            if array and number == len(parts) - 1:
                self._items[path] = self._items.get(path, -1) + 1
            self._found.setdefault(path, line)
            if path in self._items:
                path += (self._items[path],)
        self._found.setdefault(path, line)
        return path

    def _pair(self, table: Path) -> None:
        line, path = self._line(), table
        for part in self._key():
            path += (part,)
            self._found.setdefault(path, line)
        self._at = self._text.index("=", self._at) + 1
        self._skip(_BLANK)
        self._value(path)

    def _value(self, path: Path) -> None:
        if self._next('"') or self._next("'"):
            self._string()
        elif self._next("["):
            self._array(path)
        elif self._next("{"):
            self._inline_table(path)
        else:
            while self._at < len(self._text) and self._text[self._at] not in _BARE_ENDS:
                self._at += 1

    def _array(self, path: Path) -> None:
        self._at += 1
        number = 0
        while self._skip(_BETWEEN) and not self._next("]"):
            self._found.setdefault((*path, number), self._line())
            self._value((*path, number))
            number += 1
        self._at += 1

    def _inline_table(self, path: Path) -> None:
        self._at += 1
        while self._skip(_BETWEEN) and not self._next("}"):
            self._pair(path)
        self._at += 1

    def _key(self) -> tuple[str, ...]:
        parts: list[str] = []
        while True:
            self._skip(_BLANK)
            begin = self._at
            if self._next('"') or self._next("'"):
                self._string()
                parts.append(self._text[begin + 1 : self._at - 1])
            else:
                while self._at < len(self._text) and (self._text[self._at].isalnum() or self._text[self._at] in "_-"):
                    self._at += 1
                parts.append(self._text[begin : self._at])
            self._skip(_BLANK)
            if not self._next("."):
                return tuple(parts)
            self._at += 1

    def _string(self) -> None:
        quote = self._text[self._at]
        mark = quote * 3 if self._next(quote * 3) else quote
        self._at += len(mark)
        while not self._next(mark):
            self._at += 2 if quote == '"' and self._next("\\") else 1
        self._at += len(mark)
        while len(mark) == 3 and self._next(quote):  # a string may end with quotes of its own
            self._at += 1

    def _skip(self, characters: str) -> bool:
        """Go past these characters, and comments where lines may end; whether anything is left."""
        while self._at < len(self._text):
            if self._text[self._at] == "#" and "\n" in characters:
                end = self._text.find("\n", self._at)
                self._at = len(self._text) if end < 0 else end
            elif self._text[self._at] in characters:
                self._at += 1
            else:
                return True
        return False

    def _next(self, text: str) -> bool:
        return self._text.startswith(text, self._at)

    def _line(self) -> int:
        return self._text.count("\n", 0, self._at) + 1
