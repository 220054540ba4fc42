"""What `greenroom run --list` prints: the scenarios of a selection, without starting anything."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import typer
from rich.text import Text

from greenroom.core.console import Console
from greenroom.core.wording import plural
from greenroom.gherkin.feature_folders import Once, feature_files, is_feature
from greenroom.gherkin.identity import scenario_id
from greenroom.gherkin.index import promises_of, read_feature, shown
from greenroom.gherkin.narrowing import Wish, narrow
from greenroom.gherkin.selection import Candidate, Selection, candidates
from greenroom.reporting.terminal_style import safe
from greenroom.targetfile.digest import target_digest

SCHEMA = "greenroom.list/1"


def show_list(selection: Selection, paths: Iterable[Path], wish: Wish, target: Path, *, as_json: bool) -> None:
    """Print the scenarios that a run would run, in its order; to a pipe one a line, its parts separated by tabs: id,
    promises, tags, file and line. Raises GreenroomError where a run would refuse the selection."""
    every = [one for path in _files(paths) for one in candidates(read_feature(path))]
    selection.check(every)
    found = narrow(selection.chosen(every, lambda one: one), wish, target_digest(target))
    if as_json:
        listed = [_as_dict(one) for one in found.cases]
        typer.echo(json.dumps({"schema": SCHEMA, "scenarios": listed}, indent=2, ensure_ascii=False))
    elif sys.stdout.isatty():
        _show(found.cases)
    else:
        for one in found.cases:
            told = _as_dict(one)
            parts = [told["id"], " ".join(told["promises"]), " ".join(told["tags"]), f"{told['file']}:{told['line']}"]
            typer.echo("\t".join(parts))


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    once = Once()
    for path in paths:
        if path.is_dir():
            yield from feature_files(path, once)
        elif is_feature(path) and once.is_new(path):
            yield path


def _as_dict(one: Candidate) -> dict[str, Any]:
    return {
        "id": scenario_id(one),
        "name": one.case.name,
        "promises": promises_of(one.case.tags),
        "tags": sorted(one.case.tags),
        "file": shown(one.feature.path),
        "line": one.case.line,
        "rule": one.scenario.rule,
        "example": one.case.values,
    }


def _show(cases: Sequence[Candidate]) -> None:
    """By feature file: line, promises, id within the file, tags."""
    console = Console(soft_wrap=True)
    former = ""
    for one in cases:
        told = _as_dict(one)
        if told["file"] != former:
            former = told["file"]
            console.print(Text.assemble("\n" if one is not cases[0] else "", safe(former, "bold")))
        inside = told["id"].removeprefix(f"{former}::")
        tags = " ".join(f"@{tag}" for tag in told["tags"] if tag not in told["promises"])
        promises = Text(f"{' '.join(told['promises']):<5}", style="bold")
        console.print(
            Text.assemble(f"  :{told['line']:<5}", promises, " ", safe(inside), safe(f"  {tags}", "bright_black"))
        )
    console.print(Text(f"\n{plural(len(cases), 'scenario')}", style="bold"))
