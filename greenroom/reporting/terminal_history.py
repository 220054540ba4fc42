"""Since when scenarios are red, and which have changed, on the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from greenroom.core.wording import plural
from greenroom.reporting.conclusion import Conclusion
from greenroom.reporting.terminal_style import Verbosity, print_line, safe

_SHOWN = 8


def render_history(console: Console, run: Conclusion, verbosity: Verbosity) -> None:
    """Print a line for each scenario that is red now or was not always the same in the former runs."""
    if not run.pasts or verbosity is Verbosity.QUIET:
        return
    console.print()
    console.print(Text(f"over the last {plural(run.former + 1, 'run')}", style="bold"))
    shown = run.pasts if verbosity is Verbosity.VERBOSE else run.pasts[:_SHOWN]
    for past in shown:
        label = Text(f"  {' '.join(past.scenario.promises):<4}", style="bold")
        print_line(console, label, "  ", safe(past.name), "  ", safe(past.words, "yellow"))
    if len(run.pasts) > len(shown):
        console.print(f"  … and {len(run.pasts) - len(shown)} more in the report")
