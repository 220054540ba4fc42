"""Writes the folder of a new target: a commented skeleton of its files, operations filled in where they are known."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from greenroom.core.errors import GreenroomError
from greenroom.targetfile.openapi import Document, Found
from greenroom.targetfile.operations import OPERATIONS

FILES = ("target.toml", "relations.sql", "arrange.sql")

_SKELETONS = Path(__file__).parent / "skeleton"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_DEFAULTS: Mapping[str, Found] = {
    "create_room": Found("POST", "/CHANGE-ME", (201, 200), {"title": "{title}"}, {"room": "room.id"}),
    "my_room": Found("GET", "/CHANGE-ME", (200,), {}, {"room": "room.id"}),
    "room_state": Found("GET", "/CHANGE-ME/{room}", (200,)),
    "go_live": Found("POST", "/CHANGE-ME/{room}/sessions", (201, 200), {"title": "{title}"}, {"session": "session_id"}),
    "end": Found("POST", "/CHANGE-ME/{room}/end", (200,)),
    "join": Found("POST", "/CHANGE-ME/{room}/join", (200,)),
    "leave": Found("POST", "/CHANGE-ME/{room}/leave", (200,)),
    "cancel": Found("POST", "/CHANGE-ME/{room}/cancel", (200,)),
    "host_present": Found("POST", "/CHANGE-ME/{room}/host-present", (200,)),
}
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
        raise GreenroomError(
            f"{name!r} is no name for a target", hint="lower-case letters, digits, - and _", code="usage"
        )
    folder = targets / name
    if folder.exists():
        raise GreenroomError(f"{folder} is there already", hint="nothing was written", code="usage")
    values = {
        "@NAME@": name,
        "@VARIABLE@": name.upper().replace("-", "_"),
        "@GATEWAY@": (document.server if document else "") or "https://CHANGE-ME.invalid",
        "@OPERATIONS@": operations_text(document.matched if document else {}),
    }
    try:
        folder.mkdir(parents=True)
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
    lines += [f'method = "{found.method}"', f'path = "{found.path}"']
    if found.body:
        lines.append("json = { " + ", ".join(f"{_key(key)} = {json.dumps(v)}" for key, v in found.body.items()) + " }")
    lines.append(f"success = [{', '.join(map(str, found.success))}]")
    answer = found.answer or _DEFAULTS[name].answer
    if answer:
        lines.append("answer = { " + ", ".join(f'{word} = "{path}"' for word, path in answer.items()) + " }")
    for refusal in _REFUSALS.get(name, ()):
        lines.append(f"refusals.{refusal} = {{ status = {_STATUS[refusal]} }}")
    return lines


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json.dumps(key)
