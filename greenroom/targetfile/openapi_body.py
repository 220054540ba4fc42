"""What a request of an OpenAPI document sends, as a target file writes it: keys with placeholders or constants."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from greenroom.core.placeholders import holes
from greenroom.targetfile.openapi_schema import Schemas, listed, mapped
from greenroom.targetfile.openapi_words import PERSON, ROOM, words

CHANGE_ME = "CHANGE-ME"
_DEEP = 3
_IDS = frozenset(("id", "uuid", "slug", "sid", "code", "no", "number"))
_MEANINGS = (
    (("email", "mail"), "{email}"),
    (("password", "passphrase", "passwd", "pwd"), "{password}"),
    (("title", "headline", "subject"), "{title}"),
    (("display", "nickname", "fullname"), "{name}"),
    (("name",), "{title}"),
    (("name",), "{name}"),
    (("topic", "topics", "tag", "tags", "categories", "keywords"), "{topics}"),
    (("idempotency",), "{key}"),
    (("topic", "agenda"), "{title}"),
    (("username", "login", "handle"), "{slug}-{mark}"),
    (("username", "login"), "{email}"),
    (("starts", "start", "begins", "begin", "scheduled"), "{now}"),
    ((*sorted(PERSON), "username"), "{account}"),
)
"""Words of a key, and what it holds where an operation is given that; the first that fits."""
_CONSENT = frozenset(("accept", "accepted", "agree", "agreed", "consent", "terms"))
_OF_TYPE = {"string": CHANGE_ME, "integer": 1, "number": 1, "boolean": False, "array": [], "object": {}}


def is_room_id(key: str) -> bool:
    """Whether a key or parameter holds a room's id: room_id, channelId, roomSlug, or just the word."""
    parts = words(key)
    return bool(set(parts) & ROOM) and set(parts) <= ROOM | _IDS | {"live"}


def body_of(schema: Mapping[str, Any], given: Collection[str], schemas: Schemas, depth: int = _DEEP) -> dict[str, Any]:
    """The keys to send, of those that are required or that somebody knows a value for. `given` are the placeholders
    that have a meaning in this request."""
    body: dict[str, Any] = {}
    required = [str(key) for key in listed(schema.get("required"))]
    for key, node in mapped(schema.get("properties")).items():
        inner = schemas.joined(node)
        if inner.get("properties") and depth:
            nested = body_of(inner, given, schemas, depth - 1)
            if nested and (key in required or _uses_placeholder(nested)):
                body[key] = nested
        elif (value := _placeholder(key, inner, given)) is not None:
            body[key] = value
        elif key in required:
            body[key] = _constant(key, inner)
    return body


def _placeholder(key: str, schema: Mapping[str, Any], given: Collection[str]) -> str | None:
    if schema.get("type") in ("boolean", "integer", "number", "object") or schema.get("enum"):
        return None
    if is_room_id(key) and "room" in given:
        return "{room}"
    found = set(words(key))
    if re.fullmatch(r"(?i)idempotency[_-]?key|request[_-]?id|client[_-]?request[_-]?id", key) and "key" in given:
        return "{key}"
    for known, value in _MEANINGS:
        of_type = value != "{topics}" or schema.get("type") != "string"  # topics are a list
        if found & set(known) and holes(value) <= set(given) and of_type:
            return value
    return None


def _constant(key: str, schema: Mapping[str, Any]) -> Any:
    """A value of a required key that means nothing to the harness: what the schema itself offers, if that is plain."""
    for offer in ("const", "default", "example"):
        if _is_plain(schema.get(offer)):
            return schema[offer]
    for offer in ("enum", "examples"):
        if listed(schema.get(offer)) and _is_plain(schema[offer][0]):
            return schema[offer][0]
    kind = schema.get("type")
    if kind == "boolean" and _CONSENT & set(words(key)):
        return True
    kind = next((one for one in listed(kind) if one != "null"), kind)
    return _OF_TYPE.get(kind, CHANGE_ME) if isinstance(kind, str) else CHANGE_ME


def _is_plain(value: object) -> bool:
    """Whether a target file can hold the value as it is: braces would be placeholders there."""
    return isinstance(value, (int, float)) or (isinstance(value, str) and not {"{", "}"} & set(value))


def _uses_placeholder(value: object) -> bool:
    return bool(holes(value))
