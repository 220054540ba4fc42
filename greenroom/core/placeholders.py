"""Placeholders in a target file: "{room}" in a path, a body, a header or a selector."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

_HOLE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_DIGITS = re.compile(r"[0-9]{1,100}")


class Absent:
    """The value of a placeholder that was not given: the key that holds it is left out of a body."""


ABSENT = Absent()


class Nothing:
    """The value of a placeholder that stands for null, which TOML can't say."""


NOTHING = Nothing()


def as_numbers(values: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """The same values, those of `names` as numbers where they consist of digits."""
    return {
        name: int(value) if name in names and isinstance(value, str) and _DIGITS.fullmatch(value) else value
        for name, value in values.items()
    }


def holes(value: Any) -> set[str]:
    """The names of all placeholders in a string, list or table."""
    if isinstance(value, str):
        return set(_HOLE.findall(value))
    if isinstance(value, Mapping):
        return set().union(*(holes(item) for item in value.values())) if value else set()
    if isinstance(value, list | tuple):
        return set().union(*(holes(item) for item in value)) if value else set()
    return set()


def alone(value: Any) -> set[str]:
    """The names of placeholders that are a value of their own, and take its type."""
    if isinstance(value, str):
        return set(_HOLE.findall(value)) if _HOLE.fullmatch(value) else set()
    items = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    return set().union(*map(alone, items))


def fill_text(text: str, values: Mapping[str, Any]) -> str:
    """`text` with each placeholder replaced by its value as text; one that is unknown raises KeyError."""
    return _HOLE.sub(lambda hole: str(values[hole.group(1)]), text)


def fill(value: Any, values: Mapping[str, Any]) -> Any:
    """A body or table with placeholders filled.

    A string that is nothing but one placeholder becomes the value itself, of whatever type; keys and items whose
    placeholder was not given (or is None) are left out.
    """
    if isinstance(value, str):
        whole = _HOLE.fullmatch(value)
        if whole:
            given = values.get(whole.group(1), ABSENT)
            return None if given is NOTHING else ABSENT if given is None else given
        missing = any(values.get(name) is None for name in _HOLE.findall(value))
        return ABSENT if missing else fill_text(value, values)
    if isinstance(value, Mapping):
        filled = {key: fill(item, values) for key, item in value.items()}
        return {key: item for key, item in filled.items() if item is not ABSENT}
    if isinstance(value, list | tuple):
        return [item for item in (fill(item, values) for item in value) if item is not ABSENT]
    return value
