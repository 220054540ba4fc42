"""Checks a value against the part of JSON Schema that docs/verdict.schema.json uses; other keywords are refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_SAID = {"$schema", "$id", "$defs", "title", "description"}
_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "null": type(None),
}


def faults(value: Any, schema: dict[str, Any], root: dict[str, Any] | None = None, at: str = "$") -> Iterator[str]:
    """What is wrong with `value`, each fault with its place."""
    root = root or schema
    for keyword, wanted in schema.items():
        if keyword in _SAID:
            continue
        match keyword:
            case "$ref":
                yield from faults(value, root["$defs"][wanted.removeprefix("#/$defs/")], root, at)
            case "anyOf":
                if all(list(faults(value, each, root, at)) for each in wanted):
                    yield f"{at}: fits none of {len(wanted)}"
            case "type":
                if not isinstance(value, _TYPES[wanted]) or (isinstance(value, bool) and wanted != "boolean"):
                    yield f"{at}: not of type {wanted}"
                    return
            case "const" | "enum":
                if value not in (wanted if keyword == "enum" else [wanted]):
                    yield f"{at}: {value!r} is not {wanted!r}"
            case "required":
                yield from (f"{at}: lacks {name}" for name in wanted if name not in value)
            case "properties":
                for name in wanted.keys() & value.keys():
                    yield from faults(value[name], wanted[name], root, f"{at}.{name}")
            case "additionalProperties":
                for name in value.keys() - schema.get("properties", {}).keys():
                    if wanted is False:
                        yield f"{at}: {name} is not known"
                    else:
                        yield from faults(value[name], wanted, root, f"{at}.{name}")
            case "items":
                for place, each in enumerate(value):
                    yield from faults(each, wanted, root, f"{at}[{place}]")
            case "minimum":
                if value < wanted:
                    yield f"{at}: below {wanted}"
            case "minLength":
                if len(value) < wanted:
                    yield f"{at}: too short"
            case _:
                raise NotImplementedError(keyword)
