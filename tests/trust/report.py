"""What the campaign prints: a line for each trouble as it is tried, and what was wrong, at the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tests.trust.campaign import Calm, Tried
from tests.trust.judge import was_met
from tests.trust.seen import Ran
from tests.trust.trouble import WHOM, Trouble


def listing(troubles: Iterable[Trouble]) -> Table:
    """Every trouble: its name, what is done, to whom, when, and the verdict due."""
    table = Table(box=None, pad_edge=False)
    for title in ("trouble", "what is done", "to whom", "when", "due"):
        table.add_column(title, overflow="fold")
    for one in troubles:
        table.add_row(*map(escape, (one.name, one.does, WHOM[one.whom][0], one.when.words, one.due.words)))
    return table


def progress(done: Calm | Tried, number: int, of: int) -> str:
    """One line."""
    if isinstance(done, Calm):
        return f"no trouble  {'as it must be' if not done.faults else 'not as it must be'}  {done.seconds:.1f} s"
    mark = "[red]not as due[/]" if done.faults else "as due"
    shown = f"no bug: {seen_words(done.trouble, done.correct)} · bugs: {seen_words(done.trouble, done.planted)}"
    return f"{number:>3}/{of}  {mark}  [bold]{escape(done.trouble.name)}[/]  {escape(shown)}  {done.seconds:.1f} s"


def seen_words(trouble: Trouble, ran: Ran) -> str:
    """The verdicts that were seen, with the scenarios that had them; those that did not meet the trouble apart."""
    groups: dict[str, list[str]] = {}
    for key, seen in ran.scenarios.items():
        if was_met(trouble, ran, key):
            groups.setdefault(seen.words, []).append(key)
        elif seen.verdict == "passed" or seen.finished:
            groups.setdefault(f"{seen.words} (does not meet it)", []).append(key)
        else:
            groups.setdefault("not reached", []).append(key)
    shown = "; ".join(f"{', '.join(keys)} {words}" for words, keys in groups.items())
    return f"{shown}; exit {'none' if ran.exit is None else ran.exit}"


def problems(console: Console, calm: Calm | None, tried: Sequence[Tried]) -> None:
    """What was not as it must be, a line each."""
    for fault in calm.faults if calm else ():
        console.print(f"no trouble: {fault}", markup=False)
    for one in tried:
        if one.faults:
            console.print(f"{one.trouble.name}: {one.trouble.does}, {one.trouble.when.words}", markup=False)
            console.print(f"    due   {one.trouble.due.words}", markup=False)
            for fault in one.faults:
                console.print(f"    seen  {fault}", markup=False)
