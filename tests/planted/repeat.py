"""`python -m tests.planted.repeat`: a scenario that checks a race catches the planted race every single time."""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from greenroom.core.errors import GreenroomError
from tests.planted.__main__ import CAUGHT, FAULT, MISSED
from tests.planted.bug import BadPatch, promises_of, races, read_bugs
from tests.planted.copies import new_work_folder
from tests.planted.harness import HarnessFailed
from tests.planted.race_page import page_of, with_races
from tests.planted.series import Repeater, Series
from tests.support.one_interrupt import interrupt_once


def main(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME...]", help="Which; else all races.")] = None,
    times: Annotated[int, typer.Option("--times", "-n", min=1, help="So often each.")] = 50,
    batch: Annotated[int, typer.Option(min=1, help="So many of them in one start of the reference.")] = 10,
    tags: Annotated[str, typer.Option("--tags", "-t", help="Only scenarios with these tags.")] = "",
    correct: Annotated[bool, typer.Option(help="Run the correct reference as often, which has to pass.")] = True,
    page: Annotated[Path | None, typer.Option("--page", metavar="FILE", help="Bring the page up to date.")] = None,
) -> None:
    """Plant each race and run the scenarios that check it again and again; one of them has to be red every time.

    Exit codes: 0 every race was caught in every run, 1 one was missed, 3 a patch does not apply or the harness failed.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # progress shows in a log as it does on a terminal
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 140)
    work = new_work_folder("races-")
    repeater = Repeater(work, times, batch, tags)
    done: list[Series] = []
    try:
        bugs = races(read_bugs(names or ()))
        if not bugs:
            raise BadPatch("none of these is a race: none of their patches has a line Race")
        for bug in ([None] if correct else []) + bugs:
            promises = list(bug.breaks) if bug else promises_of(bugs)
            console.print(f"[bold]{bug.name if bug else 'the correct reference'}[/]")
            done.append(repeater.series(bug, promises, tell=lambda runs: console.print(f"    {runs} of {times} runs")))
            for line in lines(done[-1]):
                console.print(f"    {line}", markup=False)
    except (BadPatch, HarnessFailed, GreenroomError) as error:
        console.print(str(error), markup=False)
        raise typer.Exit(FAULT) from None
    except KeyboardInterrupt:
        console.print("interrupted")
        raise typer.Exit(FAULT) from None
    finally:
        repeater.stop()
        shutil.rmtree(work, ignore_errors=True)
    if page is not None:
        before = page.read_text(encoding="utf-8") if names and page.is_file() else ""
        text = with_races(before, done, races(read_bugs())) if before else page_of(done)
        page.write_text(text, encoding="utf-8")
    bad = [one.name for one in done if not one.good]
    console.print(f"not every time: {', '.join(bad)}" if bad else f"every race was caught in every one of {times} runs")
    raise typer.Exit(MISSED if bad else CAUGHT)


def lines(series: Series) -> list[str]:
    """What was seen of each scenario: how often it was red, or whatever else it was."""
    found = []
    for name, seen in series.verdicts.items():
        others = ", ".join(f"{verdict} {times}" for verdict, times in sorted(seen.items()))
        found.append(f"{series.reds(name):>4} of {series.times} red  {name}  ({others})")
    return found


if __name__ == "__main__":
    interrupt_once()
    typer.run(main)
