"""A comparison on the terminal: what is newly broken by cause, then all other transitions, then the verdict."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from greenroom.core.verdict import Exit, RunVerdict
from greenroom.core.wording import plural
from greenroom.reporting.comparison.comparison import Comparison
from greenroom.reporting.comparison.times import RULE
from greenroom.reporting.comparison.transition import Compared, Transition
from greenroom.reporting.conclusion import Conclusion
from greenroom.reporting.failure_text import headline
from greenroom.reporting.naming import full_name
from greenroom.reporting.terminal_causes import render_causes, render_failure
from greenroom.reporting.terminal_style import RUN_STYLE, Verbosity, print_line, safe
from greenroom.reporting.words import seconds_text

_SHOWN = 12

_SECTIONS = (
    (Transition.NO_LONGER_JUDGED, "yellow"),
    (Transition.STILL_BROKEN, "red"),
    (Transition.MENDED, "green"),
    (Transition.NEWLY_JUDGED, "cyan"),
    (Transition.NEW, ""),
    (Transition.GONE, ""),
)
_VERDICT = {
    Exit.CONFORMANT: RUN_STYLE[RunVerdict.CONFORMANT],
    Exit.NOT_CONFORMANT: RUN_STYLE[RunVerdict.NOT_CONFORMANT],
    Exit.COULD_NOT_TELL: RUN_STYLE[RunVerdict.COULD_NOT_TELL],
}


def render_comparison(console: Console, it: Comparison, verbosity: Verbosity = Verbosity.NORMAL) -> None:
    """Print `it`; of long lists the first few, unless everything is asked for."""
    limit = len(it.scenarios) if verbosity is Verbosity.VERBOSE else _SHOWN
    render_causes(console, [new.cause for new in it.causes], verbosity)
    for one in it.besides[:limit]:
        if one.after is not None:
            render_failure(console, one.after)
    if verbosity is not Verbosity.QUIET:
        for transition, style in _SECTIONS:
            _section(console, it, transition, style, limit)
        _slower(console, it, limit)
    _runs(console, it)
    console.print(Text.assemble(Text(it.verdict, style=_VERDICT[it.exit]), safe(f"  {it.summary}")))


def _section(console: Console, it: Comparison, transition: Transition, style: str, limit: int) -> None:
    found = it.of(transition)
    if not found:
        return
    console.print()
    console.print(Text(f"{plural(len(found), 'scenario')} {transition}", style=style or "bold"))
    for one in found[:limit]:
        label = " ".join(one.scenario.promises)
        parts: list[Text | str] = ["  ", Text(f"{label:<4}", style="bold"), "  ", safe(full_name(one.scenario))]
        print_line(console, *parts, safe(f"  {_why(it, one)}", "bright_black"))
    _rest(console, found, limit)


def _why(it: Comparison, one: Compared) -> str:
    """What the name does not say: the verdicts, where the heading leaves them open, and the reason."""
    was = f"was {one.before.verdict}" if one.before is not None else ""
    if one.after is None:
        return f"{was}, and was not reached" if one.transition is Transition.NO_LONGER_JUDGED else was
    if other := it.of_another_cause(one):
        return f"now of another cause: {other}"
    if one.transition is Transition.STILL_BROKEN:
        return "" if was == f"was {one.after.verdict}" else one.words
    if one.transition is Transition.MENDED:
        return was
    return "; ".join(filter(None, (was, headline(one.after) or str(one.after.verdict))))


def _slower(console: Console, it: Comparison, limit: int) -> None:
    times = it.times
    if not (times.slower or times.all_in_all):
        if times.why_not:
            console.print()
            print_line(console, safe(times.why_not, "bright_black"))
        return
    console.print()
    head = [f"{plural(len(times.slower), 'scenario')} slower"] if times.slower else []
    console.print(Text("; ".join([*head, *filter(None, [times.all_in_all])]), style="bold"))
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
    table.add_column(no_wrap=True, justify="right")
    table.add_column(no_wrap=True, justify="right")
    table.add_column(no_wrap=True)
    for slow in times.slower[:limit]:
        took = Text(f"{seconds_text(slow.before)} to {seconds_text(slow.after)}", style="bright_black")
        name = Text.assemble(Text(" ".join(slow.compared.scenario.promises), style="bold"), "  ")
        table.add_row(f"  +{seconds_text(slow.longer)}", took, name + safe(full_name(slow.compared.scenario)))
    if times.slower:
        console.print(table)
    _rest(console, times.slower, limit)
    print_line(console, safe(f"  {RULE}", "bright_black"))


def _rest(console: Console, found: Sequence[object], limit: int) -> None:
    if len(found) > limit:
        console.print(f"  … and {len(found) - limit} more, with -v")


def _runs(console: Console, it: Comparison) -> None:
    console.print()
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
    table.add_column(style="bright_black", no_wrap=True)
    for _ in range(4):
        table.add_column(overflow="fold")
    for label, run in (("before", it.before), ("after", it.after)):
        table.add_row(label, *_about(run))
    console.print(table)
    for note in it.notes:
        print_line(console, safe(note, "yellow"))


def _about(run: Conclusion) -> list[Text | str]:
    header = run.record.header
    target = safe(f"{header.target.name} {header.target.version}".strip())
    return [
        safe(header.run),
        target,
        Text(str(run.verdict), style=RUN_STYLE[run.verdict]),
        plural(run.finished, "scenario"),
    ]
