"""`greenroom sweep`: removes what killed runs left on a target, and shows it first."""

from __future__ import annotations

import sys

import typer
from rich.table import Table

from greenroom.core.console import Console
from greenroom.core.errors import GreenroomError
from greenroom.core.project import PRIVATE, ROOT, target_name
from greenroom.drivers.database import Database
from greenroom.isolation import census
from greenroom.isolation.ledger import Made, left_behind
from greenroom.relations.canonical import RELATIONS
from greenroom.targetfile.load import read_target


def sweep(
    target: str = typer.Option("", "--target", metavar="NAME", help="The target to sweep. Default: GREENROOM_TARGET."),
    yes: bool = typer.Option(False, "--yes", help="Remove without asking."),
) -> None:
    """Show what killed runs left on a target, and remove it."""
    console = Console()
    file = read_target(target_name(target), ROOT)
    described = file.resolve()
    ledgers = list(left_behind(PRIVATE / "ledger", described.name))
    if described.launch is not None:
        for path, _ in ledgers:
            path.unlink(missing_ok=True)
        console.print(f"nothing to sweep: {described.name} is launched for each run, and gone with it")
        return
    left = [made for _, entries in ledgers for made in entries]
    if not left:
        for path, _ in ledgers:
            path.unlink(missing_ok=True)
        console.print(f"nothing to sweep on {described.name}: no killed run left anything")
        return
    if described.database is None or described.database.access != "write":
        _show_marks(console, left)
        raise GreenroomError(
            f"{described.name} gives no write access to its database, so nothing can be removed from here",
            hint="remove what bears these marks by hand, then delete .greenroom/ledger/" + described.name,
        )
    database = Database(described.database.dsn, described.folder, writable=True, elsewhere=described.shown_over_http)
    try:
        _sweep(console, database, left, yes=yes)
    finally:
        database.close()
    for path, _ in ledgers:
        path.unlink(missing_ok=True)


def _sweep(console: Console, database: Database, left: list[Made], *, yes: bool) -> None:
    table = Table(*("mark", *RELATIONS), box=None, pad_edge=False)
    for made in left:
        found = _found(database, made)
        table.add_row(made.mark, *(str(found[relation]) for relation in RELATIONS))
    console.print("left behind by killed runs:")
    console.print(table)
    if not yes:
        if not sys.stdin.isatty():
            raise GreenroomError("nothing was removed: nobody is there to ask", hint="--yes removes it")
        if not typer.confirm("remove it?"):
            raise GreenroomError("nothing was removed", hint="--yes removes it without asking")
    for made in left:
        census.remove(database, made.mark, census.lasting(made.accounts), census.lasting(made.rooms))
        if database.can_arrange("forget"):
            database.arrange("forget", mark=made.mark)
    total = sum(sum(_found(database, made).values()) for made in left)
    if total:
        raise GreenroomError(f"{total} rows are still there", hint="the arrangement `remove` of the target misses them")
    console.print("removed; the census is zero")
    for made in left:
        like = census.marked(database, "", made.accounts, made.rooms)
        if like.accounts or like.rooms:
            console.print(
                f"not removed: accounts {', '.join(like.accounts) or '-'}, rooms {', '.join(like.rooms) or '-'}, whose "
                f"numbers are those of {made.mark}, and whose names are not: they may be somebody else's by now"
            )


def _found(database: Database, made: Made) -> dict[str, int]:
    """What is surely of a killed run."""
    return census.census(database, made.mark, census.lasting(made.accounts), census.lasting(made.rooms))


def _show_marks(console: Console, left: list[Made]) -> None:
    console.print("left behind by killed runs, by mark: " + " ".join(made.mark for made in left))
