"""Reads an OpenAPI document, as JSON or as YAML, into plain values."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from greenroom.core.errors import GreenroomError

_YAML = (".yaml", ".yml")


def load_document(file: Path) -> dict[str, Any]:
    """The document in `file`, with text as keys everywhere, and without what is null.

    Raises GreenroomError (code "bad-openapi") when it can't be read, or has no "paths".
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise _bad(f"{file}: not UTF-8 text at byte {error.start}", "save it as UTF-8") from None
    except OSError as error:
        raise _bad(f"{file} can't be read: {error.strerror}", "check the path") from None
    loaded = _plain(_yaml(file, text) if file.suffix.lower() in _YAML else _json(file, text))
    if not isinstance(loaded, dict) or not isinstance(loaded.get("paths"), dict):
        raise _bad(f"{file} is no OpenAPI document", 'it has "paths"')
    return loaded


def _json(file: Path, text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        hint = "the name of a YAML document ends in .yaml or .yml"
        raise _bad(f"{file}:{error.lineno}: not JSON: {error.msg}", hint) from None


def _yaml(file: Path, text: str) -> Any:
    try:
        return yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _bad(
            f"{file}:{line}: not YAML: {error.problem}", "mind the indentation, and quotes around a colon"
        ) from None
    except yaml.YAMLError as error:
        raise _bad(f"{file}: not YAML: {str(error).splitlines()[0]}", "save it as UTF-8 text") from None


def _plain(value: Any) -> Any:
    """YAML has numbers for keys, such as 200, and nulls where nothing was written."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items() if item is not None}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _bad(message: str, hint: str) -> GreenroomError:
    return GreenroomError(message, hint=hint, code="bad-openapi")
