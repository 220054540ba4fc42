"""`python -m tests.planted`: every planted bug must be caught by a scenario of the promise that it breaks."""

from __future__ import annotations

import io
import os
import shutil
import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from greenroom.core.errors import GreenroomError
from tests.planted.bug import BadPatch, read_bugs
from tests.planted.campaign import Campaign, Correct, Tried
from tests.planted.copies import new_work_folder
from tests.planted.coverage import read_coverage
from tests.planted.finding import Result
from tests.planted.matrix import PAGE, known_catches, write_matrix
from tests.planted.report import listing, problems, progress, table
from tests.planted.search import Scope, Search
from tests.support.one_interrupt import interrupt_once

CAUGHT, MISSED, FAULT = 0, 1, 3
JOBS = min(12, 3 * (os.cpu_count() or 1))
"""Runs at once. Each waits for longer than it computes: on two cores, four of them left 40 % of the time unused."""


def main(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME...]", help="Which; all if left out.")] = None,
    every: Annotated[
        bool, typer.Option("--all", help="On each, run all scenarios of its promises to their end.")
    ] = False,
    whole: Annotated[bool, typer.Option("--whole", help="On each, run the whole suite to its end.")] = False,
    without_pages: Annotated[
        bool, typer.Option("--without-pages", help="With --whole, leave out the scenarios in a browser.")
    ] = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="So many at once.")] = JOBS,
    show: Annotated[bool, typer.Option("--list", help="Only say what bugs there are.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Leave the reports of all runs, and say where.")] = False,
    matrix: Annotated[Path | None, typer.Option("--matrix", metavar="FILE", help="Bring the page up to date.")] = None,
) -> None:
    """Plant bugs into copies of the reference and demand that each is caught.

    A bug is caught by a red scenario of the first promise that it breaks; without --all or --whole one such scenario is
    enough, and the one that docs/planted.md names is run first. The correct reference has to pass all scenarios of all
    promises concerned.

    Exit codes: 0 every bug was caught, 1 one was not, 3 a patch does not apply or the harness failed.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # progress shows in a log as it does on a terminal
    scope = Scope.WHOLE if whole else Scope.PROMISES if every else Scope.ENOUGH
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 140)
    try:
        bugs = read_bugs(names or ())
        if not bugs:
            raise BadPatch("there are no planted bugs")
        if show:
            console.print(listing(bugs))
            raise typer.Exit
        search = Search(read_coverage(), scope, known_catches(PAGE), "not browser" if without_pages else "")
    except (BadPatch, GreenroomError) as error:
        console.print(str(error), markup=False)
        raise typer.Exit(FAULT) from None

    work = new_work_folder("planted-", on_disk=keep)
    correct: Correct | None = None
    tried: list[Tried] = []
    try:
        with closing(Campaign(work, search, jobs=jobs).run(bugs)) as found:
            for done in found:
                if isinstance(done, Correct):
                    correct = done.along_with(correct)
                else:
                    tried.append(done)
                console.print(progress(done, len(tried), len(bugs)))
        console.print()
        console.print(table(tried))
        console.print()
        problems(console, correct, tried)
    except KeyboardInterrupt:
        console.print("interrupted; the page has what was tried" if matrix and tried else "interrupted")
        raise typer.Exit(FAULT) from None
    finally:
        if matrix is not None and tried:
            of_worth = [one for one in tried if not without_pages or _is_caught(one)]  # a page may be what shows it
            write_matrix(of_worth, matrix, read_bugs(), whole=whole)
        if keep:
            shutil.rmtree(work / "cache", ignore_errors=True)
            console.print(f"reports: {work / 'reports'}")
        else:
            shutil.rmtree(work, ignore_errors=True)
    code = exit_code(correct, tried)
    caught = sum(map(_is_caught, tried))
    console.print(f"{caught} of {len(bugs)} planted bugs caught")
    raise typer.Exit(code)


def exit_code(correct: Correct | None, tried: list[Tried]) -> int:
    """What the command ends with. A fault outweighs a bug that was not caught."""
    if correct is None or correct.bad or any(one.finding is None for one in tried):
        return FAULT
    return CAUGHT if all(map(_is_caught, tried)) else MISSED


def _is_caught(tried: Tried) -> bool:
    return tried.finding is not None and tried.finding.result is Result.CAUGHT


if __name__ == "__main__":
    interrupt_once()
    typer.run(main)
