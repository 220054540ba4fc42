"""Where a named query, or a place in it, stands in an SQL file."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NAME = re.compile(r"^\s*--\s*name\s*:\s*(?P<name>\w+)", re.IGNORECASE)


def doubled_queries(text: str) -> Iterator[tuple[int, str]]:
    """Every query that is called like one before it in the `text` of its file: the line (from 1) and the name."""
    known: set[str] = set()
    for number, line in enumerate(text.split("\n"), start=1):
        found = _NAME.match(line)
        if found and found["name"] in known:
            yield number, found["name"]
        known |= {found["name"]} if found else set()


def line_of_query(text: str, name: str, query: str = "", position: int = 0) -> int:
    """The line (from 1) of the query's "-- name:" comment in the file's `text`; 1 when it is not there.

    With the query itself and a position in it (from 1, as PostgreSQL tells it), the line of that position.
    """
    lines = text.split("\n")
    start = next((number for number, line in enumerate(lines) if (m := _NAME.match(line)) and m["name"] == name), None)
    if start is None:
        return 1
    if not position:
        return start + 1
    first = query.splitlines()[0].split("%(")[0].rstrip() if query.strip() else ""
    for number in range(start + 1, len(lines)):
        if _NAME.match(lines[number]):
            break
        if first and lines[number].startswith(first):
            return number + 1 + query[: position - 1].count("\n")
    return start + 1
