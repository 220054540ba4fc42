"""One mutant: a place in a file of the reference, and what stands there instead."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Kind(StrEnum):
    """What a mutant is made in."""

    SQL = "sql"
    PYTHON = "python"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Change:
    """Characters `start` to `end` of a text become `new`. `operator` says in words what kind of change it is."""

    start: int
    end: int
    new: str
    operator: str
    where: str
    """The function, table, policy or statement that it is in."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A change of a file, by a key that outlives changes elsewhere in the file."""

    key: str
    kind: Kind
    file: Path
    line: int
    change: Change
    before: str
    """The lines concerned, as they are."""
    after: str

    def plant(self, folder: Path) -> None:
        """Writes it into the copy of the reference in `folder`."""
        path = folder / self.file
        path.write_text(spliced(path.read_text(encoding="utf-8"), self.change), encoding="utf-8")


def spliced(text: str, change: Change) -> str:
    """The text with the change in it."""
    return text[: change.start] + change.new + text[change.end :]


def mutants_of(kind: Kind, file: Path, text: str, changes: Iterable[Change]) -> list[Mutant]:
    """The mutants of a file, without those that leave its text as it is or make the same text as another."""
    found: list[Mutant] = []
    seen = {text}
    count: Counter[str] = Counter()
    for change in sorted(changes, key=lambda one: (one.start, one.end, one.new)):
        result = spliced(text, change)
        if result in seen:
            continue
        seen.add(result)
        before, after = _lines(text, change)
        told = f"{change.where}|{change.operator}|{_plain(before)}|{_plain(after)}"
        count[told] += 1
        digest = hashlib.sha256(f"{file.name}|{told}|{count[told]}".encode()).hexdigest()[:8]
        line = text.count("\n", 0, change.start) + 1
        name = f"{file.parent.name}_{file.stem}" if kind is Kind.PYTHON else file.stem
        found.append(Mutant(f"{name}-{digest}", kind, file, line, change, before, after))
    return found


def _lines(text: str, change: Change) -> tuple[str, str]:
    """The whole lines that a change touches, before and after."""
    first = text.rfind("\n", 0, change.start) + 1
    last = text.find("\n", max(change.end, change.start + 1) - 1)
    last = len(text) if last < 0 else last
    return text[first:last], text[first : change.start] + change.new + text[change.end : last]


def _plain(text: str) -> str:
    return " ".join(text.split())
