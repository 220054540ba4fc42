"""`greenroom editor`: settings by which an editor completes steps, and jumps from a step to its definition."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import typer

from greenroom.cli.catalogue import ask_catalogue
from greenroom.core.console import Console
from greenroom.core.errors import GreenroomError
from greenroom.core.text_files import read_text

_HOLE = re.compile(r"\{(\w+)(?::(\w+))?\}")
_NAME = r"[A-Z\u00C0-\u00DE][\w\u00DF-\u024F]*(?:-[A-Z\u00C0-\u00DE][\w\u00DF-\u024F]*)*"
_TYPES = {"Name": _NAME, "Names": rf"{_NAME}(?:(?:, | and ){_NAME})*", "Count": r"\d+"}
_OF_AN_OUTLINE = r"<[^<>]+>"
EXTENSION = "cucumberopen.cucumber-official"


def editor(
    folder: str = typer.Option(".", "--in", metavar="DIR", help="The folder that is opened in the editor."),
    shown: bool = typer.Option(False, "--print", help="Print the settings and write nothing."),
) -> None:
    """Write settings for VS Code's Cucumber extension, which completes steps then and finds their definitions.

    .vscode/settings.json says where features and steps are, and what may stand in the place of each placeholder.
    Settings that are there stay as they are, but for those of the extension. Call it again when steps have changed.
    """
    settings = settings_of(ask_catalogue())
    if shown:
        typer.echo(json.dumps(settings, indent=2, ensure_ascii=False))
        return
    file = Path(folder) / ".vscode" / "settings.json"
    text = json.dumps(_present(file) | settings, indent=2, ensure_ascii=False) + "\n"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as trouble:
        raise GreenroomError(
            f"{file}: can't be written ({trouble.strerror or trouble})",
            hint="name a folder that is there and writable with --in",
            code="cannot-write",
        ) from None
    console = Console(soft_wrap=True)
    console.print(f"wrote {file}: {len(settings['cucumber.parameterTypes'])} placeholders", markup=False)
    console.print(f"the extension, once:   code --install-extension {EXTENSION}", markup=False)


def settings_of(definitions: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The extension's settings for these step definitions."""
    found: dict[str, list[str]] = {}
    for one in definitions:
        for name, kind in _HOLE.findall(one["pattern"]):
            expression = _expression(kind, one["words"].get(name))
            for key in {name, f"{name}:{kind}" if kind else name}:  # versions differ in what they take for the name
                found.setdefault(key, []).append(expression)
    types = [{"name": name, "regexp": _any_of([*found[name], _OF_AN_OUTLINE])} for name in sorted(found)]
    return {
        "cucumber.features": ["features/**/*.feature", "**/*.feature"],
        "cucumber.glue": ["steps/**/*.py"],
        "cucumber.parameterTypes": types,
    }


def _expression(kind: str, words: Sequence[str] | None) -> str:
    if words:
        return _any_of(map(_escaped, sorted(words, key=len, reverse=True)))
    return _TYPES.get(kind, r".+")


def _escaped(text: str) -> str:
    """As JavaScript takes it, which knows no escaped blank."""
    return re.sub(r"([.*+?^${}()|\[\]\\/])", r"\\\1", text)


def _any_of(expressions: Iterable[str]) -> str:
    unique = list(dict.fromkeys(expressions))
    return unique[0] if len(unique) == 1 else "|".join(f"(?:{one})" for one in unique)


def _present(file: Path) -> dict[str, Any]:
    """The settings that are there. Raises GreenroomError where they hold what would be lost, such as comments."""
    if not file.exists():
        return {}
    text = read_text(file, lambda message, hint: GreenroomError(message, hint=hint, code="cannot-write"))
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise GreenroomError(
            f"{file}: it holds more than plain JSON, which would be lost",
            hint="greenroom editor --print shows the settings: copy them by hand",
            code="cannot-write",
        )
    return found
