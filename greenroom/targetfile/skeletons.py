"""Writes the folder of a new target: a commented skeleton of its files, operations filled in where they are known."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from greenroom.core.errors import GreenroomError
from greenroom.targetfile.openapi import Document, Found
from greenroom.targetfile.openapi_about import UNKNOWN_HOST, Security
from greenroom.targetfile.operations import OPERATIONS

FILES = ("target.toml", "relations.sql", "arrange.sql")

_SKELETONS = Path(__file__).parent / "skeleton"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_STATE = {"status": "status", "host": "host", "session_or_none": "session", "people_or_none": "people"}
_DEFAULTS: Mapping[str, Found] = {
    "create_room": Found("POST", "/CHANGE-ME", (201, 200), {"title": "{title}"}, {"room": "room.id"}),
    "my_room": Found("GET", "/CHANGE-ME", (200,), {}, {"room": "room.id"}),
    "room_state": Found("GET", "/CHANGE-ME/{room}", (200,), {}, _STATE),
    "go_live": Found("POST", "/CHANGE-ME/{room}/sessions", (201, 200), {"title": "{title}"}, {"session": "session_id"}),
    "end": Found("POST", "/CHANGE-ME/{room}/end", (200,)),
    "join": Found("POST", "/CHANGE-ME/{room}/join", (200,)),
    "leave": Found("POST", "/CHANGE-ME/{room}/leave", (200,)),
    "cancel": Found("POST", "/CHANGE-ME/{room}/cancel", (200,)),
    "host_present": Found("POST", "/CHANGE-ME/{room}/host-present", (200,)),
}
_SIGN_UP = Found(
    "POST",
    "/CHANGE-ME",
    (200, 201),
    {"email": "{email}", "password": "{password}", "name": "{name}"},
    {"account": "id"},
)
_SIGN_IN = Found(
    "POST",
    "/CHANGE-ME",
    (200,),
    {"email": "{email}", "password": "{password}"},
    {"account": "user.id", "token": "access_token"},
)
_NO_ERROR_CODE = '# error_code = "error"          '
_REQUIRED = ("create_room", "go_live", "end", "join")
_REFUSALS = {
    "go_live": ("not_host", "not_idle", "unauthenticated"),
    "end": ("not_host", "not_found", "not_live", "malformed", "unauthenticated"),
}
_STATUS = {
    "not_host": 403,
    "not_found": 404,
    "not_live": 409,
    "not_idle": 409,
    "malformed": 400,
    "unauthenticated": 401,
}


def write_skeleton(name: str, targets: Path, document: Document | None = None) -> list[Path]:
    """Write targets/NAME/. Raises GreenroomError for a bad name, or when there is such a folder already."""
    if not _NAME.fullmatch(name):
        hint, (parent, _, last) = "lower-case letters, digits, - and _", name.rstrip("/").rpartition("/")
        if parent and _NAME.fullmatch(last):
            hint = f"a folder elsewhere: greenroom init {last} --in {parent}"
        raise GreenroomError(f"{name!r} is no name for a target", hint=hint, code="usage")
    folder = targets / name
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise GreenroomError(f"{folder} is there already", hint="nothing was written", code="usage")
    found = document or Document("", {}, ())
    values = {
        "@NAME@": name,
        "@VARIABLE@": name.upper().replace("-", "_"),
        "@GATEWAY@": _text(found.server or UNKNOWN_HOST)[1:-1],
        "@NOTES@": _notes(found.notes),
        "@ERROR_CODE@": f"error_code = {_text(found.error_code)}      " if found.error_code else _NO_ERROR_CODE,
        "@SIGN_UP@": _request(found.people.get("sign_up", _SIGN_UP)),
        "@SIGN_IN_HEADERS@": _proof(found.security),
        "@SIGN_IN@": _request(found.people.get("sign_in", _SIGN_IN)),
        "@OPERATIONS@": operations_text(found.matched),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        hint = f"is {targets} a folder, and writable?"
        raise GreenroomError(f"{folder} can't be made: {error.strerror}", hint=hint, code="usage") from None
    written = []
    for file in FILES:
        text = (_SKELETONS / file).read_text(encoding="utf-8")
        for hole, value in values.items():
            text = text.replace(hole, value)
        (folder / file).write_text(text, encoding="utf-8")
        written.append(folder / file)
    return written


def operations_text(matched: Mapping[str, Found]) -> str:
    """The tables of the operations; those that are neither needed nor known are commented out."""
    parts = []
    for name, default in _DEFAULTS.items():
        lines = _operation(name, matched.get(name, default))
        if name not in matched and name not in _REQUIRED:
            lines = [f"# {line}" if line else line for line in lines]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _operation(name: str, found: Found) -> list[str]:
    lines = [f"[operations.{name}]{' ' * (12 - len(name))} # {OPERATIONS[name].what}"]
    needed = {word: path for word, path in _DEFAULTS[name].answer.items() if word in OPERATIONS[name].answers}
    lines += _request(replace(found, answer={**needed, **found.answer})).split("\n")
    for refusal in _REFUSALS.get(name, ()):
        lines.append(f"refusals.{refusal} = {{ status = {_STATUS[refusal]} }}")
    return lines


def _request(found: Found) -> str:
    lines = [f'method = "{found.method}"', f"path = {_text(found.path)}"]
    if found.body:
        lines.append(f"json = {_value(found.body)}")
    lines.append(f"success = [{', '.join(map(str, found.success))}]")
    if found.answer:
        where = " # JMESPath: where its id stands in the answer" if found is _SIGN_UP else ""
        lines.append(f"answer = {_value(found.answer)}{where and ' ' * 6 + where}")
    return "\n".join(lines)


def _proof(security: Security) -> str:
    """The keys of [sign_in] that say how a request proves who asks."""
    headers = {"Authorization": "Bearer {token}"} if security.headers is None else security.headers
    cookies = "cookies = true" if security.cookies else "# cookies = false               "
    meaning = "true: the cookies that the sign-in set go with every request; then headers = {}"
    return f"headers = {_value(headers)}\n{cookies} # {meaning}"


def _notes(notes: Sequence[str]) -> str:
    """What could not be told of a document, as comments."""
    if not notes:
        return ""
    lines = ["# What the OpenAPI document leaves open:", *(f"# - {_one_line(note)}" for note in notes)]
    return "\n".join(lines) + "\n\n"


def _value(value: Any) -> str:
    """A value as TOML writes it in one line."""
    if isinstance(value, Mapping):
        return (
            "{ " + ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items()) + " }" if value else "{}"
        )
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_value, value)) + "]"
    return _text(value) if isinstance(value, str) else json.dumps(value)


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _one_line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:400]


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _text(key)
