"""What tells the deeds of one route apart: words that stand in the bodies of its requests, such as an action's name."""

from __future__ import annotations

import json
from collections.abc import Mapping
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
    return any(key in told and not _same(told[key], word) for key, word in deed.items())


def body_says(deed: Mapping[str, Any], body: str) -> bool:
    """Whether a body holds every word of the deed."""
    told = _told(body) if deed else {}
    return all(key in told and _same(told[key], word) for key, word in deed.items())


def _route(operation: Operation) -> tuple[str, str, str]:
    return operation.service, operation.method, operation.path.partition("?")[0]


def _words(operation: Operation) -> dict[str, Any]:
    """What every such request says: no placeholder, and no table."""
    body = operation.form if operation.form is not None else operation.json_
    told = body.items() if isinstance(body, Mapping) else ()
    return {key: value for key, value in told if isinstance(value, _SIMPLE) and not holes(value)}


def _told(body: str) -> dict[str, Any]:
    """The body as a table, of JSON or of a form; nothing where it is neither."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return dict(parse_qsl(body))
    return found if isinstance(found, dict) else {}


def _same(told: object, word: object) -> bool:
    return told == word or str(told) == str(word)
