"""Finds a target's operations in an OpenAPI document by the words in its paths; a person has a look afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from greenroom.targetfile.openapi_file import load_document

_METHODS = ("get", "post", "put", "patch", "delete")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_PARAMETER = re.compile(r"\{[^}]+\}")
_SUCCESS = re.compile(r"2\d\d")  # not "2XX", which says nothing that a target file could
_ENOUGH = 4


@dataclass(frozen=True)
class Wanted:
    """What an operation looks like: its methods, words that speak for it, and whether its path holds a room's id."""

    methods: tuple[str, ...]
    words: tuple[str, ...]
    of_room: bool
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """An operation of the document."""

    method: str
    path: str
    success: tuple[int, ...]
    body: Mapping[str, str] = field(default_factory=dict)  # key -> placeholder
    answer: Mapping[str, str] = field(default_factory=dict)  # our word -> JMESPath


@dataclass(frozen=True)
class Document:
    """What an OpenAPI document says: where the gateway is, and what was found for each operation."""

    server: str
    matched: Mapping[str, Found]
    left_over: tuple[str, ...]  # routes that no operation was matched with


_WANTED: Mapping[str, Wanted] = {
    "my_room": Wanted(("get",), ("me", "mine", "my"), False),
    "create_room": Wanted(("post", "put"), ("rooms", "room", "create", "studios", "studio"), False, ("me",)),
    "room_state": Wanted(("get",), ("state", "status", "show"), True),
    "go_live": Wanted(
        ("post", "put"), ("sessions", "session", "live", "golive", "start", "broadcast", "broadcasts"), True,
        ("end", "stop", "join", "leave", "cancel"),
    ),
    "end": Wanted(("post", "put", "delete", "patch"), ("end", "stop", "finish", "close"), True),
    "cancel": Wanted(("post", "put", "delete", "patch"), ("cancel", "cancellation", "abort"), True),
    "join": Wanted(("post", "put"), ("join", "enter", "visit"), True),
    "leave": Wanted(("post", "put", "delete"), ("leave", "exit", "visit"), True),
    "host_present": Wanted(("post", "put"), ("present", "presence"), True, ("absent",)),
}  # fmt: skip
_VALUES = (
    (("title", "headline", "name", "subject"), "{title}"),
    (("topic", "topics", "tag", "tags"), "{topics}"),
    (("starts", "start", "begins", "begin"), "{now}"),
    (("idempotency", "key"), "{key}"),
    (("user", "account", "person"), "{account}"),
)
_ANSWERS = {"go_live": "session", "create_room": "room", "my_room": "room"}


def read_openapi(file: Path) -> Document:
    """The operations that can be told from an OpenAPI document, JSON or YAML. Raises GreenroomError when it is none."""
    document = load_document(file)
    routes = list(_routes(document))
    matched: dict[str, Found] = {}
    taken: set[tuple[str, str]] = set()
    for score, name, route in sorted(_scores(routes), key=lambda one: (-one[0], len(one[2][1]))):
        method, path, operation = route
        if score >= _ENOUGH and name not in matched and (method, path) not in taken:
            matched[name] = _describe(name, method, path, operation, document)
            taken.add((method, path))
    ordered = {name: matched[name] for name in _WANTED if name in matched}
    left = tuple(f"{method.upper()} {path}" for method, path, _ in routes if (method, path) not in taken)
    return Document(_server(document), ordered, left)


def operations_wanted() -> tuple[str, ...]:
    """The operations that are looked for."""
    return tuple(_WANTED)


def _routes(document: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path, item in document["paths"].items():
        for method in _METHODS:
            if isinstance(item, dict) and isinstance(item.get(method), dict):
                yield method, path, item[method]


def _scores(routes: Sequence[tuple[str, str, Mapping[str, Any]]]) -> Iterator[tuple[int, str, Any]]:
    for name, wanted in _WANTED.items():
        for route in routes:
            method, path, operation = route
            if method not in wanted.methods or bool(_PARAMETER.search(path)) != wanted.of_room:
                continue
            last = _words(path.rstrip("/").rpartition("/")[2])
            called = _words(str(operation.get("operationId", "")))
            said = _words(str(operation.get("summary", "")))
            if set(wanted.unless) & set(last):
                continue
            score = sum(4 * (word in last) + 4 * (word in called) + (word in said) for word in wanted.words)
            if name == "room_state" and _PARAMETER.fullmatch(path.rstrip("/").rpartition("/")[2]):
                score += 3  # GET of the room itself
            if method == "delete" and set(last) & {"session", "sessions", "broadcast"} and name == "end":
                score += 4
            yield score, name, route


def _describe(name: str, method: str, path: str, operation: Mapping[str, Any], document: Mapping[str, Any]) -> Found:
    success = tuple(sorted(int(code) for code in operation.get("responses", {}) if _SUCCESS.fullmatch(code)))
    answer = {}
    if name in _ANSWERS:
        found = _find_id(_ANSWERS[name], operation, document, [str(code) for code in success])
        answer = {_ANSWERS[name]: found} if found else {}
    body = dict(_body(operation, document))
    return Found(method.upper(), _PARAMETER.sub("{room}", path, count=1), success or (200,), body, answer)


def _body(operation: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    schema = _schema(_deref(operation.get("requestBody", {}), document), document)
    for key in schema.get("properties", {}):
        words = _words(key)
        value = next((value for known, value in _VALUES if set(known) & set(words)), "")
        if value:
            yield key, value
        elif key in schema.get("required", []):
            yield key, "CHANGE-ME"


def _find_id(word: str, operation: Mapping[str, Any], document: Mapping[str, Any], codes: Sequence[str]) -> str:
    """The JMESPath of a room's or session's id in the answer, as far as its schema tells."""
    for code in codes:
        schema = _schema(_deref(operation["responses"].get(code, {}), document), document)
        paths = list(_paths(schema, document))
        for wanted in (f"{word}_id", f"{word}Id", f"{word}.id", f"{word}.{word}_id", "id", word):
            found = next((path for path in paths if path == wanted or path.endswith("." + wanted)), "")
            if found:
                return found
    return ""


def _paths(schema: Mapping[str, Any], document: Mapping[str, Any], depth: int = 3) -> Iterator[str]:
    for key, inner in schema.get("properties", {}).items():
        inner = _deref(inner, document)
        if inner.get("properties") and depth:
            yield from (f"{key}.{rest}" for rest in _paths(inner, document, depth - 1))
        else:
            yield key


def _schema(node: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    content: Mapping[str, Any] = node.get("content", {})
    media: Mapping[str, Any] = content.get("application/json") or next(iter(content.values()), {})
    return _deref(media.get("schema", {}), document)


def _deref(node: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    for _ in range(8):
        reference = node.get("$ref")
        if not isinstance(reference, str) or not reference.startswith("#/"):
            break
        found: Any = document
        for part in reference[2:].split("/"):
            found = found.get(part, {}) if isinstance(found, dict) else {}
        node = found
    return node


def _server(document: Mapping[str, Any]) -> str:
    servers = document.get("servers") or [{}]
    url = str(servers[0].get("url", ""))
    return url.rstrip("/") if url.startswith("http") else ""


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(_PARAMETER.sub(" ", text))]
