"""`greenroom audit`: every invariant over the whole database, read-only, with the offending rows."""

from __future__ import annotations

from contextlib import closing

import typer
from rich.table import Table

from greenroom.claims.invariants import INVARIANTS, Violation, audit_all
from greenroom.core.console import Console
from greenroom.core.errors import GreenroomError
from greenroom.core.project import ROOT, target_name
from greenroom.core.verdict import Exit
from greenroom.drivers.read_only import ReadOnlyDatabase
from greenroom.relations.state import show
from greenroom.targetfile.load import read_target
from greenroom.targetfile.secrets import redacted_errors

_SHOWN = 10


def audit(
    target: str = typer.Option("", "--target", metavar="NAME", help="The target to audit. Default: GREENROOM_TARGET."),
) -> None:
    """Check every invariant over a target's whole database. Reads only; fit for production.

    All is read in one read-only transaction: a relation that writes is refused by the database and named.
    Exit 0: every invariant holds. 1: one is broken. 2: nobody answered, or a lock was held for 5 s. 3: misuse.
    """
    described = read_target(target_name(target), ROOT).resolve()
    if described.launch is not None:
        raise GreenroomError(
            f"{described.name} is launched for each run: there is nothing to audit",
            hint="name a target that is up, with --target",
        )
    if described.database is None:
        raise GreenroomError(f"{described.name} gives no database to audit", hint="[database] in its target.toml")
    console = Console()
    with redacted_errors(described.secrets), console.status("auditing …"):
        database = ReadOnlyDatabase(
            described.database.dsn, described.folder, writable=False, elsewhere=described.shown_over_http
        )
        with closing(database), database.one_look():
            database.check_relations()
            found = audit_all(database)
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
