"""How the runner shows what it found: a line as each bug is done, and a table at the end."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tests.planted.bug import Bug, promise_order
from tests.planted.campaign import Correct, Tried
from tests.planted.finding import Finding, Result

_COLOURS = {Result.CAUGHT: "green", Result.MISSED: "bold red", Result.UNCLEAR: "yellow", Result.NO_SCENARIO: "yellow"}


def progress(done: Tried | Correct, number: int, total: int) -> str:
    """One line, in rich's markup."""
    if isinstance(done, Correct):
        words = "[bold red]not conformant[/]" if done.bad else f"[green]conformant[/] in {done.ran} scenarios"
        part = f", part {done.part}" if done.part else ""
        return f"the correct reference{part}: {words}  [dim]{done.seconds:.0f} s[/]"
    count = f"[dim]{number:>{len(str(total))}}/{total}[/]"
    return f"{count}  {done.bug.promise:<3} {escape(done.bug.name)}: {_words(done)}  [dim]{done.seconds:.0f} s[/]"


def table(tried: Sequence[Tried]) -> Table:
    """Bug, promise, caught by, seconds; what is wrong comes last, where it is seen."""
    shown = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    shown.add_column("promise")
    shown.add_column("bug", no_wrap=True)
    shown.add_column("caught by", ratio=1)
    shown.add_column("s", justify="right")
    for one in sorted(tried, key=_order):
        shown.add_row(one.bug.promise, escape(one.bug.name), _caught_by(one), f"{one.seconds:.0f}")
    return shown


def listing(bugs: Sequence[Bug]) -> Table:
    """What bugs there are."""
    shown = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    shown.add_column("breaks")
    shown.add_column("bug", no_wrap=True)
    shown.add_column("story", ratio=1)
    for bug in bugs:
        shown.add_row(" ".join(bug.breaks), escape(bug.name), escape(bug.story))
    return shown


def problems(console: Console, correct: Correct | None, tried: Sequence[Tried]) -> None:
    """In full: what keeps the command from exiting 0."""
    for line in correct.bad if correct else ():
        console.print(f"[bold red]the correct reference is not conformant:[/] {escape(line)}")
    for one in tried:
        if one.fault:
            console.print(f"[bold red]{escape(one.bug.name)}:[/] {escape(one.fault)}")
        elif one.finding and one.finding.result is not Result.CAUGHT:
            console.print(f"{escape(one.bug.name)}: {_words(one)}; {escape(one.bug.story)}")
            for line in (*one.finding.unclear, *(f"red, of another promise: {name}" for name in one.finding.others)):
                console.print(f"    {escape(line)}")


def _order(one: Tried) -> tuple[bool, tuple[int, int], str]:
    caught = one.finding is not None and one.finding.result is Result.CAUGHT
    return not caught, promise_order(one.bug.promise), one.bug.name


def _words(one: Tried) -> str:
    if one.finding is None:
        return "[bold red]could not be tried[/]"
    finding, colour = one.finding, _COLOURS[one.finding.result]
    words = f"[{colour}]{finding.result}[/]"
    if len(finding.caught_by) == 1:
        return f"{words}: {escape(finding.caught_by[0])}"
    if finding.result is Result.CAUGHT:
        return f"{words} by {_number(len(finding.caught_by))}"
    if finding.result is Result.NO_SCENARIO:
        return f"{words} of {one.bug.promise}"
    return f"{words} in {_number(finding.ran)}"


def _caught_by(one: Tried) -> str:
    if one.finding is None or not one.finding.caught_by:
        return _words(one)
    return escape(_shortened(one.finding))


def _shortened(finding: Finding) -> str:
    first, *more = finding.caught_by
    return f"{first} … and {len(more)} more" if more else first


def _number(scenarios: int) -> str:
    return f"{scenarios} scenario{'' if scenarios == 1 else 's'}"
