"""`python -m tests.differences`: a correct system of another shape must be conformant, and its bugs must be caught."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from greenroom.core.errors import GreenroomError
from tests.differences.campaign import Campaign, Tried
from tests.differences.difference import Difference, part_of_day, read_differences
from tests.differences.newer import newer_places
from tests.differences.page import write_page
from tests.planted.bug import BadPatch
from tests.planted.copies import new_work_folder
from tests.support.one_interrupt import interrupt_once

RIGHT, WRONG, FAULT = 0, 1, 3
PARTS = 27
"""Days in a row that get through all differences, a part each day."""


def main(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME...]", help="Which; all if left out.")] = None,
    part: Annotated[bool, typer.Option("--part", help=f"Only the part of {PARTS} that is due today.")] = False,
    bugs: Annotated[bool, typer.Option("--bugs/--no-bugs", help="Try the planted bugs on each, too.")] = True,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="COMMIT", help="Only scenarios that are newer than this commit, and no bugs."),
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="So many at once.")] = 3,
    show: Annotated[bool, typer.Option("--list", help="Only say what differences there are.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Leave the reports of all runs, and say where.")] = False,
    page: Annotated[Path | None, typer.Option("--page", metavar="FILE", help="Bring the page up to date.")] = None,
) -> None:
    """Make legitimate variations of the reference and demand that each is conformant, and that its bugs are caught.

    Exit codes: 0 all is as it should be, 1 something is not, 3 a patch can't be read.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # progress shows in a log as it does on a terminal
    if since and page is not None:
        raise typer.BadParameter("--page takes whole runs, and --since leaves scenarios out")
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 140)
    try:
        known = read_differences()
        chosen = read_differences(names or ())
        if part:
            chosen = part_of_day(chosen, dt.date.today().toordinal(), PARTS)
        if show:
            console.print(_listing(chosen))
            raise typer.Exit
        places = newer_places(since) if since else ()
        if since and not places:
            console.print(f"no scenario is newer than {since}", markup=False)
            raise typer.Exit
        work = new_work_folder("differences-", on_disk=keep)
        tried = _run(Campaign(work, jobs=jobs, bugs=bugs, places=places), chosen, console)
    except (BadPatch, GreenroomError) as error:
        console.print(str(error), markup=False)
        raise typer.Exit(FAULT) from None
    if page is not None:
        write_page(tried, page, known)
    if keep:
        console.print(f"reports: {work / 'reports'}")
    else:
        shutil.rmtree(work, ignore_errors=True)
    right = sum(not one.wrong for one in tried)
    console.print(f"{right} of {len(chosen)} differences are conformant, their bugs caught")
    raise typer.Exit(RIGHT if right == len(chosen) else WRONG)


def _run(campaign: Campaign, chosen: list[Difference], console: Console) -> list[Tried]:
    tried: list[Tried] = []
    with closing(campaign.run(chosen)) as found:
        for one in found:
            tried.append(one)
            words = "[bold red]wrong[/]" if one.wrong else f"[green]conformant[/], {len(one.caught)} bugs caught"
            left = f", {one.not_applicable} not applicable" if one.not_applicable else ""
            count = f"[dim]{len(tried)}/{len(chosen)}[/]"
            console.print(f"{count}  {escape(one.difference.name)}: {words}{left}  [dim]{one.seconds:.0f} s[/]")
            for line in one.wrong:
                console.print(f"  [red]{escape(line)}[/]")
    return tried


def _listing(differences: list[Difference]) -> Table:
    shown = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    shown.add_column("difference", no_wrap=True)
    shown.add_column("what differs", ratio=1)
    for one in differences:
        shown.add_row(escape(one.name), escape(one.differs))
    return shown


if __name__ == "__main__":
    interrupt_once()
    typer.run(main)
