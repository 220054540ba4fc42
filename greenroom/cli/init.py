"""`greenroom init`: the folder of a new target."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.markup import escape
from rich.table import Table

from greenroom.core.console import Console
from greenroom.core.errors import GreenroomError
from greenroom.core.project import TARGETS
from greenroom.gherkin.index import shown
from greenroom.targetfile.openapi import Document, operations_wanted, read_openapi
from greenroom.targetfile.skeletons import write_skeleton

_SHOWN = 30
"""Routes that were matched with none, as far as they are listed: some documents have a thousand."""


def init(
    name: str = typer.Argument(..., metavar="NAME", help="Lower-case letters, digits, - and _."),
    openapi: str = typer.Option("", "--openapi", metavar="FILE", help="Fill the operations in from it: JSON or YAML."),
    folder: str = typer.Option("", "--in", metavar="DIR", help="Where target folders are. Default: targets."),
) -> None:
    """Write targets/NAME/ as a commented skeleton: target.toml, relations.sql, arrange.sql."""
    if openapi and not Path(openapi).exists():
        raise GreenroomError(f"no file {openapi}", hint="an OpenAPI document, as JSON or YAML", code="usage")
    document = read_openapi(Path(openapi)) if openapi else None
    targets = Path(folder) if folder else TARGETS
    written = write_skeleton(name, targets, document)
    console = Console(soft_wrap=True)
    for path in written:
        console.print(f"wrote {shown(path)}")
    if document is not None:
        _report(console, document)
    target = f"{folder.rstrip('/')}/{name}" if folder else name
    console.print(f"\nnext: fill in what says CHANGE-ME, then   greenroom doctor --target {target}")


def _report(console: Console, document: Document) -> None:
    table = Table.grid(padding=(0, 2))
    for name in operations_wanted():
        found = document.matched.get(name)
        table.add_row(f"  {name}", escape(f"{found.method} {found.path}") if found else "[dim]not found[/]")
    console.print("\noperations, matched by the words in their paths: have a look at each")
    console.print(table)
    for name, what in (("sign_up", "makes an account"), ("sign_in", "signs a person in")):
        if name in document.people:
            console.print(f"{what}: POST {document.people[name].path}", markup=False)
    if document.left_over:
        others = len(document.left_over) - _SHOWN
        more = f", and {others} more" if others > 0 else ""
        console.print(f"matched with none: {', '.join(document.left_over[:_SHOWN])}{more}", markup=False)
    if document.notes:
        console.print("\nwhat the document leaves open, also at the top of target.toml:", markup=False)
        for note in document.notes:
            console.print(f"  {note}", markup=False)
