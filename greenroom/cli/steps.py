"""`greenroom steps`: the vocabulary, by subject, searchable."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import typer
from rich.text import Text

from greenroom.cli.catalogue import ask_catalogue
from greenroom.cli.lint import feature_files_in
from greenroom.core.console import Console
from greenroom.core.errors import GreenroomError
from greenroom.core.project import FEATURES

SCHEMA = "greenroom.steps/1"
_HOLE = re.compile(r"\{(\w+)(?::\w+)?\}")
_ORDER = ("given", "when", "then", "any")


@dataclass(frozen=True)
class Entry:
    """One step as a writer of features sees it. `types` are Given, When, Then; `takes` is "a table" or the like."""

    subject: str
    types: tuple[str, ...]
    text: str
    meaning: str
    takes: str
    words: tuple[tuple[str, str], ...] = ()  # placeholder, and the words it may stand for
    place: str = ""  # file and line
    uses: int | None = None  # in how many steps of the features; None: nobody has counted


def steps(
    words: list[str] = typer.Argument(None, metavar="WORD", help="Only steps that hold all of these words."),
    unused: bool = typer.Option(False, "--unused", help="Only those that no feature uses."),
    features: list[str] = typer.Option(
        [], "--features", metavar="PATH", help="With --unused: feature files or folders. Default: features."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print JSON instead."),
) -> None:
    """List the steps that features are written in, by subject, with what each means, and file and line."""
    if features and not unused:
        raise GreenroomError("--features goes with --unused", hint="leave it out", code="usage")
    files = [str(path) for path in feature_files_in(features or [str(FEATURES)])] if unused else []
    every = entries(ask_catalogue(["--uses", *files] if unused else []))
    found = [entry for entry in every if _holds(entry, words or []) and not (unused and entry.uses)]
    if as_json:
        listed = [_as_dict(entry) for entry in found]
        typer.echo(json.dumps({"schema": SCHEMA, "steps": listed}, indent=2, ensure_ascii=False))
        return
    if unused and not found:
        typer.echo(f"every one of {len(every)} steps is used")
        return
    if not found:
        subjects = ", ".join(dict.fromkeys(entry.subject for entry in every))
        raise GreenroomError(f"no step holds {' '.join(words)!r}", hint=f"subjects: {subjects}", code="nothing-found")
    console = Console()
    subject = ""
    for entry in found:
        if entry.subject != subject:
            console.print(Text(("\n" if subject else "") + entry.subject.capitalize(), style="bold"))
            subject = entry.subject
        console.print(_line(entry), soft_wrap=True)
        console.print(Text(f"             {entry.place}", style="bright_black"), soft_wrap=True)
        if entry.meaning:
            console.print(Text(f"             {entry.meaning}", style="dim"), soft_wrap=True)
        for hole, known in entry.words:
            console.print(Text(f"             <{hole}>: {known}", style="dim"), soft_wrap=True)
    console.print(Text(f"\n{len(found)} of {len(every)} steps", style="dim"))


def entries(definitions: Sequence[dict[str, Any]]) -> list[Entry]:
    """The step definitions as entries: what has one meaning under several keywords is one entry."""
    merged: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for one in definitions:
        merged.setdefault((one["module"], one["pattern"], one["doc"]), []).append(one)
    found = []
    for (module, pattern, doc), same in merged.items():
        takes = [what for key, what in (("takes_table", "a table"), ("takes_docstring", "a text")) if same[0][key]]
        types = sorted({one["type"] for one in same}, key=_ORDER.index)
        subject = module.rpartition(".")[2].replace("_", " ")
        meaning = " ".join(doc.split())
        words = tuple((hole, ", ".join(known)) for hole, known in same[0]["words"].items())
        text = _HOLE.sub(r"<\1>", pattern)
        place = f"{same[0]['file']}:{same[0]['line']}" if "file" in same[0] else ""
        uses = sum(one["uses"] for one in same) if "uses" in same[0] else None
        found.append(Entry(subject, tuple(types), text, meaning, " and ".join(takes), words, place, uses))
    return sorted(found, key=lambda entry: (entry.subject, _ORDER.index(entry.types[0])))


def _as_dict(entry: Entry) -> dict[str, Any]:
    file, _, line = entry.place.rpartition(":")
    told = {
        "subject": entry.subject,
        "types": list(entry.types),
        "text": entry.text,
        "meaning": entry.meaning,
        "takes": entry.takes,
        "words": {hole: known.split(", ") for hole, known in entry.words},
        "file": file,
        "line": int(line),
    }
    return told | ({"uses": entry.uses} if entry.uses is not None else {})


def _holds(entry: Entry, words: Sequence[str]) -> bool:
    text = f"{entry.subject} {' '.join(entry.types)} {entry.text} {entry.meaning}".lower()
    return all(word.lower() in text for word in words)


def _line(entry: Entry) -> Text:
    kinds = "Given, When, Then" if entry.types == ("any",) else ", ".join(kind.capitalize() for kind in entry.types)
    line = Text(f"  {kinds:<10} ", style="green")
    position = 0
    for hole in re.finditer(r"<\w+>", entry.text):
        line.append(entry.text[position : hole.start()], style="default")
        line.append(hole.group(), style="cyan")
        position = hole.end()
    line.append(entry.text[position:], style="default")
    return line.append(f"   takes {entry.takes}", style="yellow") if entry.takes else line
