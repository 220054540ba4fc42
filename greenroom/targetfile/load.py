"""Reads a target folder. What is wrong with it is said with file, line and hint."""

from __future__ import annotations

import difflib
import os
import re
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from dotenv import dotenv_values
from pydantic import BaseModel, ValidationError

from greenroom.core.errors import BadTarget
from greenroom.core.project import HOME, ROOT, TARGETS
from greenroom.core.redact import Redactor
from greenroom.core.text_files import read_text
from greenroom.targetfile.interpolate import interpolate, references
from greenroom.targetfile.model import Target
from greenroom.targetfile.part import TargetPart
from greenroom.targetfile.secrets import TargetSecrets, secrets_in
from greenroom.targetfile.soundness import Problem, missing_answers, pattern_problems, problems
from greenroom.targetfile.toml_lines import line_of, table_lines

Model = TypeVar("Model", bound=BaseModel)


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

        document, secrets = self._filled(launch)
        try:
            return self._validated(document).with_secrets(secrets)
        except BadTarget as error:  # it may quote what it complains about
            raise _cleaned(error, secrets) from None

    def part(self, *tables: str) -> TargetPart:
        """Those tables of the file alone. What the others say is neither asked for nor judged: not their variables, not
        their keys. What only a launch gives stays as it is.

        Raises BadTarget with file and line.
        """
        kept = {key: value for key, value in self.document.items() if key in tables}
        document, secrets = self._replace(document=kept)._filled(None)
        operations = self.document.get("operations")
        try:
            if "name" in self.document:
                document["name"] = str(self.document["name"])
            found = self._model(TargetPart, document | {"folder": self.path.parent})
            self._refuse(list(pattern_problems(found)))
        except BadTarget as error:
            raise _cleaned(error, secrets) from None
        shown = operations if isinstance(operations, dict) else {}
        return found.completed(secrets, launched="launch" in self.document, shown=shown.keys())

    def _filled(self, launch: Mapping[str, str] | None) -> tuple[dict[str, Any], TargetSecrets]:
        """The document with its references replaced, and its secrets."""

        def lookup(name: str) -> str | None:
            if name.startswith("launch."):
                return str(launch[name[7:]]) if launch is not None and name[7:] in launch else None
            if name == "python":
                return sys.executable
            return self.environment.get(name)

        for path, name, _ in references(self.document):
            if name.startswith("launch.") and launch is not None and name[7:] not in launch:
                hint = f"it said: {', '.join(sorted(launch))}"
                raise self._error(path, f"the launched target's ready line lacks {name[7:]!r}", hint)
        self._missing_variables()
        document = interpolate(self.document, lookup)
        values = {name: lookup(name) or "" for _, name, _ in references(self.document) if name != "python"}
        return document, secrets_in(self.document, document, values)

    def _validated(self, document: dict[str, Any]) -> Target:
        target = self._model(Target, document | {"folder": self.path.parent})
        self._refuse(list(problems(target)))
        return target

    def _model(self, model: type[Model], document: dict[str, Any]) -> Model:
        if isinstance(database := document.get("database"), dict) and database.get("dsn") == "":
            del document["database"]  # so that a database may be left to the environment: "${STAGING_DATABASE_URL:-}"
        try:
            return model.model_validate(document)
        except ValidationError as error:
            raise self._explain(error) from None

    def where(self, path: tuple[str | int, ...] = ()) -> str:
        """The place of a key as a person writes it: "targets/staging/target.toml:31"."""
        return f"{_shown(self.path)}:{line_of(self.text, path)}" if path else _shown(self.path)

    def where_table(self, path: tuple[str | int, ...]) -> str:
        """The place of a whole table: "targets/staging/target.toml:31-36"."""
        first, last = table_lines(self.text, path)
        return f"{_shown(self.path)}:{first}" + (f"-{last}" if last > first else "")

    def variables_of(self, *path: str) -> list[str]:
        """The variables that a value of the file refers to."""
        value: Any = self.document
        for part in path:
            value = value.get(part) if isinstance(value, dict) else None
        return list(dict.fromkeys(name for _, name, _ in references(value)))

    def check_runnable(self, target: Target) -> None:
        """Raises BadTarget with file and line when a step would look for what the file does not describe."""
        self._refuse(list(missing_answers(target)))

    def _error(self, path: tuple[str | int, ...], message: str, hint: str) -> BadTarget:
        return BadTarget(f"{self.where(path) if path else _shown(self.path) + ':1'}: {message}", hint=hint)

    def _explain(self, error: ValidationError) -> BadTarget:
        found = error.errors()
        first = next((one for one in found if one["type"] == "extra_forbidden"), found[0])  # a typo explains the rest
        path = _written(first["loc"], self.document, missing=first["type"] == "missing")
        kind, key = first["type"], str(path[-1]) if path else ""
        table = _dotted(path[:-1])
        more = f"  (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
        if kind == "extra_forbidden":
            known = _fields_at(path[:-1])
            close = difflib.get_close_matches(key, known, n=1, cutoff=0.65)
            hint = f"did you mean `{close[0]}`?" if close else f"known keys here: {', '.join(sorted(known)) or 'none'}"
            return self._error(path, f"{table}unknown key `{key}`{more}", hint)
        if kind == "missing":
            return self._error(path[:-1], f"{table}needs `{key}`{more}", _hint_for(path))
        if kind == "string_too_short":
            return self._error(path, f"{table}`{key}` is empty{more}", _hint_for(path))
        said = first["msg"].removeprefix("Value error, ")
        return self._error(path, f"{table}`{key}` {said[0].lower()}{said[1:]}{more}", _hint_for(path))

    def _missing_variables(self) -> None:
        """Raises BadTarget that names every variable the file refers to and the environment lacks."""
        missing: dict[str, tuple[str | int, ...]] = {}
        for path, name, default in references(self.document):
            if name.startswith("launch.") or name == "python" or default is not None or self.environment.get(name):
                continue
            missing.setdefault(name, path)
        if not missing:
            return
        first, *others = missing
        path = missing[first]
        more = f"  (and {len(others)} more)" if others else ""
        also = f"; also needed: {', '.join(others)}" if others else ""
        raise self._error(
            path,
            f"{_dotted(path[:-1])}`{path[-1]}` needs the variable {first}, which is not set{more}",
            f"export {first}=..., or put it into .env beside pyproject.toml or target.toml{also}",
        )

    def _refuse(self, found: list[Problem]) -> None:
        if found:
            more = f"  (and {len(found) - 1} more)" if len(found) > 1 else ""
            raise self._error(found[0].path, found[0].message + more, found[0].hint)


_TOML_PLACE = re.compile(r" \(at line (?P<line>\d+), column \d+\)")


def read_target(name: str, root: Path) -> TargetFile:
    """The target folder called `name` below `root`/targets, or the folder at the path `name`.

    Raises BadTarget when there is none, or when its target.toml is no TOML.
    """
    folder = Path(name) if "/" in name else _called(name, root)
    file = folder / "target.toml" if folder.suffix != ".toml" else folder
    if not file.is_file():
        if "/" in name:
            raise BadTarget(f"unknown target {name!r}", hint=f"there is no {file}")
        if Path(name, "target.toml").is_file():
            raise BadTarget(f"unknown target {name!r}", hint=f"a folder elsewhere has a / in its name: ./{name}")
        known = sorted({entry.parent.name for home in _homes(root) for entry in home.glob("*/target.toml")})
        close = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean {close[0]!r}? " if close else ""
        raise BadTarget(f"unknown target {name!r}", hint=f"{hint}targets here: {', '.join(known) or 'none'}")
    text = read_text(file, lambda message, hint: BadTarget(message, hint=hint), shown=_shown(file))
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error))
        line = int(place["line"]) if place else max(1, text.count("\n"))
        said = _TOML_PLACE.sub("", str(error)).removesuffix(" (at end of document)")
        message = f"{_shown(file)}:{line}: not TOML: {said[0].lower()}{said[1:]}"
        raise BadTarget(message, hint="strings stand in quotes, and a table's name in brackets") from None
    except RecursionError:
        lines = text.split("\n")
        line = max(range(len(lines)), key=lambda number: lines[number].count("[") + lines[number].count("{")) + 1
        raise BadTarget(f"{_shown(file)}:{line}: nested too deep", hint="is it the right file?") from None
    return TargetFile(file, text, document, _environment(root, file.parent))


ENVIRONMENT_FILE = ".env"


def _called(name: str, root: Path) -> Path:
    return next((home / name for home in _homes(root) if (home / name).is_dir()), root / "targets" / name)


def _homes(root: Path) -> list[Path]:
    """The folders with targets: one's own come before those of a wheel."""
    return list(dict.fromkeys([*([TARGETS] if root == ROOT else []), root / "targets"]))


def _environment(root: Path, folder: Path) -> dict[str, str]:
    """The variables of the process, before those of the target's own file, before those of the project's."""
    home = HOME if root == ROOT else root
    told = dotenv_values(home / ENVIRONMENT_FILE) | dotenv_values(folder / ENVIRONMENT_FILE)
    return {key: value for key, value in told.items() if value is not None} | dict(os.environ)


def _cleaned(error: BadTarget, secrets: TargetSecrets) -> BadTarget:
    clean = secrets.taught_to(Redactor()).quoted
    return BadTarget(clean(error.message), hint=clean(error.hint))


def _shown(path: Path) -> str:
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _written(location: tuple[str | int, ...], document: Any, *, missing: bool) -> tuple[str | int, ...]:
    """The part of an error's location that stands in the document: pydantic names the members of a union as well."""
    path: tuple[str | int, ...] = ()
    for number, part in enumerate(location):
        inside = isinstance(document, dict) and part in document
        if inside or (isinstance(document, list) and isinstance(part, int) and part < len(document)):
            path, document = (*path, part), document[part]
        elif missing and number == len(location) - 1:
            path = (*path, part)
    return path


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
            named = next(iter(node.get("patternProperties", {}).values()), None)  # a table whose keys are names
            node = node.get("properties", {}).get(part) or named or node.get("additionalProperties") or {}
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
    "reason": "why the failure is excused: nobody else can tell",
    "ticket": "where the failure is dealt with, for example ROOMS-17, or an address",
    "tickets": 'an address with {ticket} in it, such as "https://tracker.example.org/browse/{ticket}"',
    "expires": "a date, for example 2027-01-31: a known failure is looked at again",
}


def _hint_for(path: tuple[str | int, ...]) -> str:
    return _HINTS.get(str(path[-1]) if path else "", "docs/targets.md describes every key")
