"""Reads an OpenAPI document, as JSON or as YAML, into plain values, in bounded time and memory."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml

from greenroom.core.errors import GreenroomError
from greenroom.core.text_files import read_text

_YAML = (".yaml", ".yml")
_LIMIT = 20_000_000
"""Bytes of a document: the largest that are published have half as many."""
_VALUES = 1_000_000
"""Values of a document, those that its anchors repeat counted each time."""
_DEEP = 100
"""Levels of a document: schemas that people write have twenty."""
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PATHS = 20_000
"""Paths of a document: the largest that are published have some thousands."""
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\Z)|[\[\]{},]', re.DOTALL)
_LONG_NUMBER = re.compile(r"\d{4301}")
"""One that Python does not read, as it would take too long."""


def load_document(file: Path) -> dict[str, Any]:
    """The document in `file`, with text as keys everywhere, and without what is null.

    Raises GreenroomError (code "bad-openapi") when it can't be read, is too large or too deep, or has no "paths".
    """
    text = read_text(file, _bad, limit=_LIMIT)
    loaded = _plain(_yaml(file, text) if file.suffix.lower() in _YAML else _json(file, text))
    if not isinstance(loaded, dict) or not isinstance(loaded.get("paths"), dict):
        raise _bad(f"{file} is no OpenAPI document", 'it has "paths"')
    if len(loaded["paths"]) > _PATHS:
        raise _bad(f"{file}: {len(loaded['paths']):,} paths, and at most {_PATHS:,} are read", "is it the right file?")
    return loaded


def _json(file: Path, text: str) -> Any:
    depth = values = 0
    for found in _TOKEN.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
        values += found[0] in ("[", "{", ",")
        if depth > _DEEP:
            raise _too_deep(file, _line(text, found.start()))
        if values > _VALUES:
            raise _too_many(file, _line(text, found.start()))
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        hint = "the name of a YAML document ends in .yaml or .yml"
        raise _bad(f"{file}:{error.lineno}:{error.colno}: not JSON: {error.msg}", hint) from None
    except ValueError:
        number = _LONG_NUMBER.search(text)
        line = _line(text, number.start() if number else 0)
        raise _bad(f"{file}:{line}: a number of thousands of digits", "is it the right file?") from None


def _yaml(file: Path, text: str) -> Any:
    try:
        _check_size(file, text)
        return yaml.load(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"{min(mark.line, text.count(chr(10))) + 1}:{mark.column + 1}" if mark else "1"
        hint = "mind the indentation, and quotes around a colon"
        raise _bad(f"{file}:{place}: not YAML: {error.problem}", hint) from None
    except yaml.YAMLError as error:
        raise _bad(f"{file}:1: not YAML: {str(error).splitlines()[0]}", "save it as UTF-8 text") from None
    except (ValueError, OverflowError):  # a date that is none, a number of thousands of digits
        line, value = _unreadable(text)
        hint = "put quotes around what is text"
        raise _bad(f"{file}:{line}: no value that could be read: {value[:40]!r}", hint) from None


def _unreadable(text: str) -> tuple[int, str]:
    """The first value that looks like a date or a number and is none, with its line."""
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.ScalarEvent) and event.implicit[0]:
            try:
                yaml.load(event.value, Loader=_LOADER)
            except yaml.YAMLError:
                continue
            except (ValueError, OverflowError):
                return event.start_mark.line + 1, event.value
    return 1, ""


def _check_size(file: Path, text: str) -> None:
    """Raises GreenroomError when the document is too deep, or too large once its anchors are repeated: these can make
    billions of values of a few lines."""
    open_ones: list[tuple[str, int]] = [("", 0)]  # the anchor of each collection that is open, and its values so far
    anchors: dict[str, int] = {}
    for event in yaml.parse(text, Loader=_LOADER):
        values, anchor, line = 0, getattr(event, "anchor", None) or "", event.start_mark.line + 1
        if isinstance(event, yaml.CollectionStartEvent):
            open_ones.append((anchor, 1))
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, values = open_ones.pop()
            anchors[anchor] = values
        elif isinstance(event, yaml.ScalarEvent):
            values = anchors[anchor] = 1
        elif isinstance(event, yaml.AliasEvent):
            if anchor in {name for name, _ in open_ones}:
                raise _bad(f"{file}:{line}: *{anchor} stands inside of &{anchor}", "a part can't hold itself")
            values = anchors.get(anchor, 1)
        open_ones[-1] = (open_ones[-1][0], open_ones[-1][1] + values)
        if open_ones[-1][1] > _VALUES:
            raise _too_many(file, line)
        if len(open_ones) > _DEEP:
            raise _too_deep(file, line)


def _plain(value: Any) -> Any:
    """YAML has numbers for keys, such as 200, and nulls where nothing was written."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items() if item is not None}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _too_many(file: Path, line: int) -> GreenroomError:
    hint = "is it the right file? what its anchors repeat counts each time"
    return _bad(f"{file}:{line}: more than {_VALUES:,} values", hint)


def _too_deep(file: Path, line: int) -> GreenroomError:
    return _bad(f"{file}:{line}: nested more than {_DEEP} levels deep", "is it the right file?")


def _bad(message: str, hint: str) -> GreenroomError:
    return GreenroomError(message, hint=hint, code="bad-openapi")
