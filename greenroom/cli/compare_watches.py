"""`greenroom compare` of two watches."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.text import Text

from greenroom.cli.columns import print_columns
from greenroom.core.console import Console
from greenroom.core.verdict import Exit
from greenroom.core.wording import plural
from greenroom.record.series_file import last_watch
from greenroom.reporting.watching.compared import WatchesCompared, compared
from greenroom.reporting.watching.words import called, value


def compare_watches(before: Path, after: Path, *, as_json: bool, all_of_them: bool) -> Exit:
    """Print what became of the figures of the last watch of one series in that of another; the exit code.

    Raises GreenroomError when one can't be read, or has no look.
    """
    it = compared(last_watch(before), last_watch(after))
    if as_json:
        typer.echo(it.model_dump_json(by_alias=True, indent=2))
    else:
        _render(Console(soft_wrap=True), it, all_of_them=all_of_them)
    return it.exit


def _render(console: Console, it: WatchesCompared, *, all_of_them: bool) -> None:
    shown = [one for one in it.figures if all_of_them or one.became != "same"]
    if shown:
        print_columns(
            console,
            ("", ">before", ">worst", ">alarms", ">after", ">worst", ">alarms", "figure"),
            [
                (
                    one.became,
                    value(one.name, one.before_median),
                    value(one.name, one.before_worst),
                    f"{one.before_alarms:,}",
                    value(one.name, one.after_median),
                    value(one.name, one.after_worst),
                    f"{one.after_alarms:,}",
                    called(one.name, one.of),
                )
                for one in shown
            ],
        )
        console.print()
    for word, target, at, looks in (
        ("before", it.before, it.before_at, it.before_looks),
        ("after ", it.after, it.after_at, it.after_looks),
    ):
        console.print(f"{word}  {target}, from {at}, {plural(looks, 'look')}", soft_wrap=True)
    same = sum(one.became == "same" for one in it.figures)
    newly = sum(one.became == "newly an alarm" for one in it.figures)
    head = f"{plural(newly, 'figure')} newly an alarm" if newly else "nothing newly an alarm"
    style = "bold red" if newly else "bold yellow" if it.exit else "bold green"
    console.print(Text.assemble((head, style), f"  {len(it.figures)} figures, {same} as before"), soft_wrap=True)
