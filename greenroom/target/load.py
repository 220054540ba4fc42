"""Reads a target folder. What is wrong with it is said with file, line and hint."""

from __future__ import annotations

import difflib
import os
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from dotenv import dotenv_values
from pydantic import ValidationError

from greenroom.errors import BadTarget
from greenroom.target.interpolate import interpolate, references
from greenroom.target.model import CAPABILITIES, DESTRUCTIVE, Target
from greenroom.target.toml_lines import line_of


class TargetFile(NamedTuple):
    """A target folder as read, before an embedded target has said its addresses."""

    path: Path
    text: str
    document: dict[str, Any]
    environment: Mapping[str, str]

    def resolve(self, launch: Mapping[str, str] | None = None) -> Target:
        """The target, with `${launch.*}` filled from an embedded target's ready line.

        Without `launch` those references stay as they are: enough to check the file, not to drive it.
        Raises BadTarget with file and line.
        """

        def lookup(name: str) -> str | None:
            if name.startswith("launch."):
                return str(launch[name[7:]]) if launch is not None and name[7:] in launch else None
            if name == "python":
                return sys.executable
            return self.environment.get(name)

        for path, name, default in references(self.document):
            if name.startswith("launch."):
                if launch is not None and name[7:] not in launch:
                    raise self._error(path, f"the launched target did not say {name[7:]!r}", "its ready line lacks it")
            elif default is None and name != "python" and name not in self.environment:
                raise self._error(
                    path,
                    f"{_dotted(path)} needs the variable {name}, which is not set",
                    f"export {name}=..., or put it into .env beside pyproject.toml",
                )
        document = interpolate(self.document, lookup)
        try:
            target = Target.model_validate(document | {"folder": self.path.parent})
        except ValidationError as error:
            raise self._explain(error) from None
        self._check(target)
        return target

    def _error(self, path: tuple[str | int, ...], message: str, hint: str) -> BadTarget:
        return BadTarget(f"{_shown(self.path)}:{line_of(self.text, path)}: {message}", hint=hint)

    def _explain(self, error: ValidationError) -> BadTarget:
        first = error.errors()[0]
        path = tuple(part for part in first["loc"])
        kind, key = first["type"], str(path[-1]) if path else ""
        table = _dotted(path[:-1])
        more = f"  (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
        if kind == "extra_forbidden":
            known = _fields_at(path[:-1])
            close = difflib.get_close_matches(key, known, n=1)
            hint = f"did you mean `{close[0]}`?" if close else f"known keys here: {', '.join(sorted(known)) or 'none'}"
            return self._error(path, f"{table}unknown key `{key}`{more}", hint)
        if kind == "missing":
            return self._error(path[:-1], f"{table}needs `{key}`{more}", _hint_for(path))
        return self._error(path, f"{table}`{key}` {first['msg'][0].lower()}{first['msg'][1:]}{more}", _hint_for(path))

    def _check(self, target: Target) -> None:
        for number, name in enumerate(target.capabilities):
            if name not in CAPABILITIES:
                close = difflib.get_close_matches(name, CAPABILITIES, n=1)
                hint = f"did you mean {close[0]!r}?" if close else f"known: {', '.join(CAPABILITIES)}"
                raise self._error(("capabilities", number), f"unknown capability {name!r}", hint)
            if name in DESTRUCTIVE and target.environment != "disposable":
                raise self._error(
                    ("capabilities", number),
                    f"the capability {name!r} destroys, and this target is {target.environment}",
                    'declare it on targets with environment = "disposable" only',
                )
        services = set(target.addresses)
        for name, operation in target.operations.items():
            if operation.service not in services:
                raise self._error(
                    ("operations", name),
                    f"operation {name!r} names the service {operation.service!r}, which has no address",
                    f"addresses are given for: {', '.join(sorted(services))}",
                )
        if target.web is not None and "web" not in services:
            raise self._error(("web",), "[web] is described, but `web` has no address", "add web = ... to [addresses]")
        if target.people.source == "api" and target.people.request is None:
            raise self._error(("people",), '[people] source "api" needs `request`', "the request that makes an account")
        if target.people.source == "pool" and not target.people.pool:
            raise self._error(
                ("people",), '[people] source "pool" needs [[people.pool]]', "list at least three accounts"
            )


def targets_folder(root: Path) -> Path:
    """Where the target folders are."""
    return root / "targets"


def read_target(name: str, root: Path) -> TargetFile:
    """The target folder called `name` below `root`/targets, or the folder at the path `name`.

    Raises BadTarget when there is none, or when its target.toml is no TOML.
    """
    folder = Path(name) if "/" in name else targets_folder(root) / name
    file = folder / "target.toml" if folder.suffix != ".toml" else folder
    if not file.is_file():
        known = sorted(entry.parent.name for entry in targets_folder(root).glob("*/target.toml"))
        close = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean {close[0]!r}? " if close else ""
        raise BadTarget(f"unknown target {name!r}", hint=f"{hint}targets here: {', '.join(known) or 'none'}")
    text = file.read_text(encoding="utf-8")
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadTarget(f"{_shown(file)}: not TOML: {error}", hint="see docs/targets.md for a worked example") from None
    return TargetFile(file, text, document, _environment(root))


def _environment(root: Path) -> dict[str, str]:
    from_file = {key: value for key, value in dotenv_values(root / ".env").items() if value is not None}
    return from_file | dict(os.environ)


def _shown(path: Path) -> str:
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _dotted(path: tuple[str | int, ...]) -> str:
    return "[" + ".".join(str(part) for part in path) + "] " if path else ""


def _fields_at(path: tuple[str | int, ...]) -> list[str]:
    schema: Any = Target.model_json_schema(by_alias=True)
    definitions, node = schema.get("$defs", {}), schema
    for part in path:
        node = _deref(node, definitions)
        if isinstance(part, int):
            node = node.get("items", {})
        else:
            node = node.get("properties", {}).get(part) or node.get("additionalProperties") or {}
            if not isinstance(node, dict):
                return []
    return [key for key in _deref(node, definitions).get("properties", {}) if key != "folder"]


def _deref(node: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    for option in node.get("anyOf", []):
        if "$ref" in option:
            node = option
    while "$ref" in node:
        node = definitions[node["$ref"].rsplit("/", 1)[1]]
    return node


_HINTS = {
    "path": 'the route, for example "/rooms/{room}/end"',
    "environment": 'one of "disposable", "shared", "production"',
    "name": "lower-case letters, digits and dashes",
    "source": 'how people come to be: "api", "sql" or "pool"',
    "dsn": 'a connection string, best as "${DATABASE_URL}"',
    "ready": "a selector that is there once the page's script has run",
    "expires": "a date, for example 2027-01-31: a known failure is looked at again",
}


def _hint_for(path: tuple[str | int, ...]) -> str:
    return _HINTS.get(str(path[-1]) if path else "", "docs/targets.md describes every key")
