"""A write that is refused as a whole, in part: who may not write one of its columns may still write another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from greenroom.core.placeholders import holes
from greenroom.targetfile.model import Operation


def parts_of(described: Operation) -> Iterator[Operation]:
    """The operation with less in its JSON body. A change: each column by itself. A new row: without what is the same in
    every row, which it may have by itself; all of that, and one at a time. Nothing where the body is no row."""
    body = described.json_
    if not isinstance(body, Mapping) or len(body) < 2 or not all(isinstance(value, _PLAIN) for value in body.values()):
        return
    if described.method == "POST":
        fixed = [name for name, value in body.items() if not (isinstance(value, str) and holes(value))]
        bodies = [_without(body, fixed)] if fixed else []
        bodies += [_without(body, [name]) for name in fixed] if len(fixed) > 1 else []
    else:
        bodies = [{name: value} for name, value in body.items()]
    for part in bodies:
        yield described.model_copy(update={"json_": part})


_PLAIN = (str, int, float, bool)


def _without(body: Mapping[str, Any], names: list[str]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in names}
