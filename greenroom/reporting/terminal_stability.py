"""How often the scenarios of a run that repeats passed, on the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from greenroom.core.wording import plural
from greenroom.record.reader import Record
from greenroom.reporting.stability import stability_of
from greenroom.reporting.terminal_style import Verbosity, print_line, safe

_SHOWN = 12


def render_stability(console: Console, record: Record, verbosity: Verbosity) -> None:
    """Print each scenario that did not pass every time, and of the others how sure that is; nothing for a run that does
    not repeat."""
    found = stability_of(record)
    if not found:
        return
    console.print()
    console.print(Text(f"{plural(len(found), 'scenario')}, each {record.header.repeat} times", style="bold"))
    verbose = verbosity is Verbosity.VERBOSE
    told = [one for one in found if verbose or not one.always]
    shown = told if verbose else told[:_SHOWN]
    for one in shown:
        label = Text(f"  {' '.join(one.scenario.promises):<4}", style="bold")
        print_line(console, label, "  ", safe(one.name), "  ", safe(one.words, "" if one.always else "yellow"))
    if len(told) > len(shown):
        console.print(f"  … and {len(told) - len(shown)} more, with -v")
    if always := [one for one in found if one.always]:
        least = min(one.percent for one in always)
        whom = "all" if len(always) == len(found) else str(len(always))
        sure = f"with 95 % confidence each passes in at least {least} % of runs"
        print_line(console, safe(f"  {whom} passed every time: {sure}", "green"))
