"""`greenroom audit`: every invariant over the whole database, read-only, with the offending rows."""

from __future__ import annotations

import typer
from rich.table import Table

from greenroom.claims.invariants import INVARIANTS, Violation, audit_all
from greenroom.core.console import Console
from greenroom.core.errors import GreenroomError
from greenroom.core.project import ROOT, target_name
from greenroom.core.verdict import Exit
from greenroom.drivers.database import Database
from greenroom.relations.state import show
from greenroom.targetfile.load import read_target

_SHOWN = 10


def audit(
    target: str = typer.Option("", "--target", metavar="NAME", help="The target to audit. Default: GREENROOM_TARGET."),
) -> None:
    """Check every invariant over a target's whole database. Reads only; fit for production."""
    described = read_target(target_name(target), ROOT).resolve()
    if described.launch is not None:
        raise GreenroomError(
            f"{described.name} is launched for each run: there is nothing to audit",
            hint="name a target that is up, with --target",
        )
    if described.database is None:
        raise GreenroomError(f"{described.name} gives no database to audit", hint="[database] in its target.toml")
    console = Console()
    database = Database(described.database.dsn, described.folder, writable=False, elsewhere=described.shown_over_http)
    try:
        with console.status("auditing …"):
            database.check_relations()
            found = audit_all(database)
    finally:
        database.close()
    for violation in found:
        _show(console, violation)
    if found:
        console.print(f"[bold red]not conformant[/]  {len(found)} of {len(INVARIANTS)} invariants are broken")
        raise typer.Exit(Exit.NOT_CONFORMANT)
    console.print(f"[bold green]conformant[/]  {len(INVARIANTS)} invariants hold for every room of {described.name}")


def _show(console: Console, violation: Violation) -> None:
    console.print(f"[bold]{violation.invariant.promise} broken[/]: {violation.invariant.sentence}", highlight=False)
    table = Table(*violation.rows[0], box=None, pad_edge=False)
    for row in violation.rows[:_SHOWN]:
        table.add_row(*(show(value) for value in row.values()))
    console.print(table)
    if len(violation.rows) > _SHOWN:
        console.print(f"… and {len(violation.rows) - _SHOWN} more rows")
    console.print()
