"""What people have said of survivors: `judged.toml` gives each a word and a reason."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

FILE = Path(__file__).resolve().parent / "judged.toml"


class Word(StrEnum):
    """Why a survivor is none of the suite's business, or is not yet."""

    EQUIVALENT = "equivalent"  # no request and no page can tell it from the reference
    OUTSIDE = "outside"  # what it changes is promised nowhere
    OPEN = "open"  # the suite should see it, and does not yet


@dataclass(frozen=True, slots=True)
class Judgement:
    """A word, and its reason for a reviewer."""

    word: Word
    reason: str


def read_judgements(file: Path = FILE) -> dict[str, Judgement]:
    """By the mutant's key. Raises KeyError or ValueError for an entry that lacks something, or stands twice."""
    entries: list[Mapping[str, object]] = tomllib.loads(file.read_text(encoding="utf-8")).get("judged", [])
    found: dict[str, Judgement] = {}
    for entry in entries:
        keys = entry["keys"]
        if not isinstance(keys, list) or not str(entry["reason"]).strip():
            raise ValueError(f"an entry of {file.name} needs keys and a reason: {entry}")
        for key in map(str, keys):
            if key in found:
                raise ValueError(f"{file.name} has {key} twice")
            found[key] = Judgement(Word(str(entry["word"])), str(entry["reason"]))
    return found
