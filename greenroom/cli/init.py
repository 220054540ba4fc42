"""`greenroom init`: the folder of a new target."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.table import Table

from greenroom.core.console import Console
from greenroom.core.errors import GreenroomError
from greenroom.core.project import TARGETS
from greenroom.gherkin.index import shown
from greenroom.targetfile.openapi import Document, operations_wanted, read_openapi
from greenroom.targetfile.skeletons import write_skeleton


def init(
    name: str = typer.Argument(..., metavar="NAME", help="Lower-case letters, digits, - and _."),
    openapi: str = typer.Option("", "--openapi", metavar="FILE", help="Fill the operations in from it: JSON or YAML."),
    folder: str = typer.Option("", "--in", metavar="DIR", help="Where target folders are. Default: targets."),
) -> None:
    """Write targets/NAME/ as a commented skeleton: target.toml, relations.sql, arrange.sql."""
    if openapi and not Path(openapi).is_file():
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
        table.add_row(f"  {name}", f"{found.method} {found.path}" if found else "[dim]not found[/]")
    console.print("\noperations, matched by the words in their paths: have a look at each")
    console.print(table)
    if document.left_over:
        console.print(f"matched with none: {', '.join(document.left_over)}", markup=False)
