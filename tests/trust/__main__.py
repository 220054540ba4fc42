"""`python -m tests.trust`: tries every trouble, and demands the verdict that is due: never red for it, never green."""

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

from tests.planted.copies import new_work_folder
from tests.support.one_interrupt import interrupt_once
from tests.trust.campaign import Calm, Campaign, Tried
from tests.trust.fifths import fifth_of
from tests.trust.page import write_page
from tests.trust.report import listing, problems, progress
from tests.trust.trouble import BadTrouble, chosen, read_troubles

AS_DUE, NOT_AS_DUE, FAULT = 0, 1, 3


def main(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME...]", help="Troubles, or tables of them; all if left out.")
    ] = None,
    fifth: Annotated[bool, typer.Option("--fifth", help="Only a fifth, chosen by the date (UTC).")] = False,
    times: Annotated[int, typer.Option("--times", min=1, metavar="N", help="Try each so many times.")] = 1,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="So many pairs of references at once.")] = 2,
    show: Annotated[bool, typer.Option("--list", help="Only say what troubles there are.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Leave the reports of all runs, and say where.")] = False,
    page: Annotated[Path | None, typer.Option("--page", metavar="FILE", help="Bring the page up to date.")] = None,
) -> None:
    """Try troubles that are nobody's broken promise, and demand the verdict that is due.

    Each is tried twice: on the correct reference, where no scenario may be red for it, nor green where it could not be
    judged; and on one with a planted bug for each scenario, where none may be green. A trouble that was never met was
    not tried, which is wrong as well.

    Exit codes: 0 every verdict was the one due, 1 one was not, 3 the runs without trouble are wrong already, or misuse.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # progress shows in a log as it does on a terminal
    console = Console(highlight=False, soft_wrap=True)
    try:
        every = read_troubles()
        troubles = chosen(every, names or ())
    except BadTrouble as error:
        console.print(str(error), markup=False)
        raise typer.Exit(FAULT) from None
    if fifth:
        troubles = fifth_of(troubles, dt.datetime.now(dt.UTC).date())
    if show:
        Console(highlight=False, width=None if sys.stdout.isatty() else 200).print(listing(troubles))
        raise typer.Exit
    work = new_work_folder("trust-", on_disk=keep)
    calm: Calm | None = None
    tried: list[Tried] = []
    ordered = [trouble for _ in range(times) for trouble in troubles]
    try:
        with closing(Campaign(work, min(jobs, len(ordered) or 1)).run(ordered)) as found:
            for done in found:
                if isinstance(done, Calm):
                    calm = done
                else:
                    tried.append(done)
                console.print(progress(done, len(tried), len(ordered)))
    except KeyboardInterrupt:
        console.print("interrupted")
        raise typer.Exit(FAULT) from None
    finally:
        if keep:
            console.print(f"reports: {work / 'reports'}")
            shutil.rmtree(work / "lanes", ignore_errors=True)
        else:
            shutil.rmtree(work, ignore_errors=True)
    console.print()
    problems(console, calm, tried)
    if page is not None:
        write_page(page, tried, every)
    right = sum(not one.faults for one in tried)
    console.print(f"{right} of {len(ordered)} times the verdict was the one due")
    raise typer.Exit(exit_code(calm, tried, len(ordered)))


def exit_code(calm: Calm | None, tried: list[Tried], number: int) -> int:
    """What the command ends with."""
    if calm is None or calm.faults or len(tried) < number or not number:
        return FAULT
    return NOT_AS_DUE if any(one.faults for one in tried) else AS_DUE


if __name__ == "__main__":
    interrupt_once()
    typer.run(main)
