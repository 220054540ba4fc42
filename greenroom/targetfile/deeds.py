"""What tells the deeds of one route apart: words that stand in the bodies of its requests, such as an action's name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl

from greenroom.core.placeholders import holes
from greenroom.targetfile.model import Operation, Target

_SIMPLE = (str, int, float, bool)


def deed_of(target: Target, name: str) -> dict[str, Any]:
    """The words in the body of the operation `name` by which it differs from the others with its method and path."""
    operation = target.operations[name]
    mine = _words(operation)
    others = [
        _words(other) for key, other in target.operations.items() if key != name and _route(other) == _route(operation)
    ]
    return {key: word for key, word in mine.items() if any(other.get(key, word) != word for other in others)}


def body_denies(deed: Mapping[str, Any], body: str) -> bool:
    """Whether a body says something else than the deed does. One that does not say is not denied."""
    told = _told(body) if deed else {}
    found = ((_named(told, key), word) for key, word in deed.items())
    return any(words and not any(_same(each, word) for each in words) for words, word in found)


def body_says(deed: Mapping[str, Any], body: str) -> bool:
    """Whether a body holds every word of the deed, however deep it stands."""
    told = _told(body) if deed else {}
    return all(any(_same(each, word) for each in _named(told, key)) for key, word in deed.items())


def _route(operation: Operation) -> tuple[str, str, str]:
    return operation.service, operation.method, operation.path.partition("?")[0]


def _words(operation: Operation) -> dict[str, Any]:
    """What every such request says, by its place: `data.stage`. No placeholder is among it."""
    body = operation.form if operation.form is not None else operation.json_
    return {key: value for key, value in _leaves(body) if not holes(value)}


def _told(body: str) -> list[tuple[str, Any]]:
    """The words of a body of JSON or of a form, by their places; none where it is neither."""
    try:
        return list(_leaves(json.loads(body)))
    except (ValueError, RecursionError):
        return [*parse_qsl(body)]


def _leaves(table: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items() if isinstance(table, Mapping) else ():
        here = f"{place}.{key}" if place else str(key)
        if isinstance(value, _SIMPLE):
            yield here, value
        yield from _leaves(value, here)


def _named(told: Iterable[tuple[str, Any]], key: str) -> list[Any]:
    """The words whose place is, or ends with, a key."""
    return [word for place, word in told if f".{place}".endswith(f".{key}")]


def _same(told: object, word: object) -> bool:
    return told == word or str(told) == str(word)
