"""Bodies and answers of an OpenAPI document, whichever of its versions: references followed, alternatives joined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

Node = Mapping[str, Any]
_DEEP = 4
_STEPS = 8
_MOST = 2000
"""Values of an answer that are looked at: schemas that refer to each other have no end of them."""


class Schemas:
    """Looks things up in one document. What it can't follow is in `lost`: references to other files."""

    def __init__(self, document: Node) -> None:
        self._document = document
        self.lost: dict[str, None] = {}
        self._joined: dict[tuple[int, int, bool], Node] = {}

    def follow(self, node: object) -> Node:
        """What stands at the end of a node's references; {} where that is nothing, or no object."""
        for _ in range(_STEPS):
            reference = node.get("$ref") if isinstance(node, dict) else None
            if not isinstance(reference, str):
                break
            if not reference.startswith("#/"):
                self.lost[reference] = None
                return {}
            node = self._document
            for part in reference[2:].split("/"):
                step = part.replace("~1", "/").replace("~0", "~")
                node = node.get(step) if isinstance(node, dict) else None
        return node if isinstance(node, dict) and "$ref" not in node else {}

    def body(self, operation: Node) -> Node:
        """The schema of what a request sends: its body, or Swagger 2's parameters of a body or a form."""
        schema = self._content(self.follow(operation.get("requestBody")), first=True)
        parameters = [self.follow(one) for one in listed(operation.get("parameters"))]
        whole = next((one for one in parameters if one.get("in") == "body"), None)
        if not schema and whole is not None:
            schema = self.joined(whole.get("schema"), first=True)
        form = {str(one.get("name")): one for one in parameters if one.get("in") == "formData"}
        required = [name for name, one in form.items() if one.get("required")]
        return schema or ({"properties": form, "required": required} if form else {})

    def answer(self, operation: Node, code: str) -> Node:
        """The schema of the answer with that status."""
        answer = self.follow(mapped(operation.get("responses")).get(code))
        return self._content(answer) or self.joined(answer.get("schema"))

    def joined(self, node: object, depth: int = _DEEP, *, first: bool = False) -> Node:
        """A schema with the properties of all its parts: allOf together, of oneOf and anyOf whatever each may hold, or
        only the `first` of them, where something is to be sent."""
        schema = self.follow(node)
        known = (id(schema), depth, first)
        if schema and known not in self._joined:
            self._joined[known] = self._join(schema, depth, first=first)
        return self._joined.get(known, {}) if schema else {}

    def _join(self, schema: Node, depth: int, *, first: bool) -> Node:
        properties: dict[str, Any] = {}
        required: list[str] = []
        for kind in ("allOf", "oneOf", "anyOf"):
            parts = listed(schema.get(kind)) if depth else []
            for part in parts[:1] if first and kind != "allOf" else parts:
                inner = self.joined(part, depth - 1, first=first)
                properties = {**inner.get("properties", {}), **properties}
                required += inner.get("required", []) if kind == "allOf" or first else []
        properties |= mapped(schema.get("properties"))
        required += [str(name) for name in listed(schema.get("required"))]
        return {**schema, "properties": properties, "required": required}

    def paths(self, schema: Node) -> Iterator[str]:
        """The JMESPath of every value that an answer of this schema may hold, the first of them where they are many."""
        return islice(self._paths(schema, _DEEP), _MOST)

    def _paths(self, schema: Node, depth: int) -> Iterator[str]:
        for key, node in mapped(schema.get("properties")).items():
            name = key if key.replace("_", "a").isalnum() and key.isascii() and not key[0].isdigit() else f'"{key}"'
            inner = self.joined(node, depth - 1) if depth else {}
            if inner.get("items"):
                name, inner = f"{name}[0]", self.joined(inner["items"], depth - 1)
            if inner.get("properties"):
                yield from (f"{name}.{rest}" for rest in self._paths(inner, depth - 1))
            else:
                yield name

    def _content(self, node: Node, *, first: bool = False) -> Node:
        content = mapped(node.get("content"))
        medium = next((value for name, value in content.items() if "json" in name), None)
        medium = medium if medium is not None else next(iter(content.values()), None)
        return self.joined(mapped(medium).get("schema"), first=first)


def mapped(value: object) -> dict[str, Any]:
    """The value, or {} where a document has something else in the place of an object."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[Any]:
    """The value, or [] where a document has something else in the place of a list."""
    return value if isinstance(value, list) else []
