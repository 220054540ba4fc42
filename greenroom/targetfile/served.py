"""Writes the folder of a target that has just been started: a target file without secrets, and these beside it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from greenroom.core.errors import GreenroomError
from greenroom.core.secret_shapes import is_secret_name
from greenroom.targetfile.load import ENVIRONMENT_FILE, TargetFile
from greenroom.targetfile.toml_lines import table_lines

_HEAD = "# Written by greenroom serve: it describes what that has started, and is good until it ends.\n"
_BESIDE = ("relations.sql", "arrange.sql", "adapter.py")
_REFERENCE = re.compile(r"\$\{launch\.(?P<name>[\w.]+)\}")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_WITH_LAUNCH = ("restart",)
"""Capabilities that only who has started the target has."""


def write_served(source: TargetFile, ready: Mapping[str, str], folder: Path) -> list[Path]:
    """Write a complete target into `folder`: addresses as they are, all else that `ready` says as variables, whose
    values are in its .env (only its owner may read it). The files that were written.

    Raises GreenroomError (code "cannot-write") where the folder holds another target, or can't be written.
    """
    file, secrets = folder / "target.toml", folder / ENVIRONMENT_FILE
    try:
        if file.exists() and not file.read_text(encoding="utf-8", errors="replace").startswith(_HEAD):
            raise GreenroomError(
                f"{file} is another target's", hint="name a folder that is new, or empty", code="cannot-write"
            )
        folder.mkdir(parents=True, exist_ok=True)
        variables: dict[str, str] = {}
        text = _HEAD + _described(source, ready, folder, variables)
        written = []
        for name in _BESIDE:
            if (source.path.parent / name).is_file():
                shutil.copyfile(source.path.parent / name, folder / name)
                written.append(folder / name)
        _write_privately(secrets, "".join(f"{name}={_quoted(value)}\n" for name, value in variables.items()))
        file.write_text(text, encoding="utf-8")
        return [file, *written, secrets]
    except OSError as trouble:
        raise GreenroomError(
            f"{folder}: the target can't be written ({trouble.strerror or trouble})",
            hint="name a folder that is writable",
            code="cannot-write",
        ) from None


def _described(source: TargetFile, ready: Mapping[str, str], folder: Path, variables: dict[str, str]) -> str:
    """The target file without its launch; fills `variables` with the values that it refers to."""
    first, last = table_lines(source.text, ("launch",))
    lines = source.text.splitlines()
    text = "\n".join([*lines[: first - 1], *lines[last:]]) + "\n"
    for capability in _WITH_LAUNCH:
        text = re.sub(rf'^\s*"{capability}",\n|"{capability}",\s*', "", text, flags=re.MULTILINE)
    name = folder.resolve().name if _NAME.fullmatch(folder.resolve().name) else "served"
    text = re.sub(r'^name = ".*"$', f'name = "{name}"', text, count=1, flags=re.MULTILINE)
    own = source.path.parent.resolve()
    text = re.sub(r"(\$\{\w+:-)(\.[./]*)\}", lambda found: f"{found[1]}{(own / found[2]).resolve()}}}", text)

    def filled(found: re.Match[str]) -> str:
        value = ready.get(found["name"], "")
        if _is_public(found["name"], value):
            return value
        variable = f"SERVED_{re.sub(r'[^A-Z0-9]', '_', found['name'].upper())}"
        variables[variable] = value
        return f"${{{variable}}}"

    return _REFERENCE.sub(filled, text)


def _is_public(name: str, value: str) -> bool:
    """Whether a value may stand in the file: an address without a password, a version, the path of a log."""
    plain = not re.search(r"""["'\\\s@?]""", value)
    return plain and not is_secret_name(name) and (value.startswith(("http://", "https://", "/")) or len(value) < 16)


def _quoted(value: str) -> str:
    """As a file of variables is read: within single quotes only these and backslashes are special."""
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _write_privately(file: Path, text: str) -> None:
    """Only the owner can read it, from the first byte on."""
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(text)
