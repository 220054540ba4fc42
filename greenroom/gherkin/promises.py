"""Reads docs/promises.md: each promise is a number and a sentence."""

from __future__ import annotations

import re
from pathlib import Path

_PROMISE = re.compile(r"^- (?P<number>[A-Z]\d{1,2}) (?P<sentence>.+)$")
_HEADING = re.compile(r"^## (?P<letter>[A-Z])\. (?P<title>.+)$")


def read_promises(file: Path) -> dict[str, str]:
    """Promise number -> its sentence, in the order of the file. Empty when there is no file."""
    if not file.is_file():
        return {}
    lines = file.read_text(encoding="utf-8").splitlines()
    return {match["number"]: match["sentence"] for line in lines if (match := _PROMISE.match(line))}


def read_subjects(file: Path) -> dict[str, str]:
    """Subject letter -> its heading."""
    if not file.is_file():
        return {}
    lines = file.read_text(encoding="utf-8").splitlines()
    return {match["letter"]: match["title"] for line in lines if (match := _HEADING.match(line))}
