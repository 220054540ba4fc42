"""What `greenroom explore` says: one line while it is under way, and at the end what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from greenroom.cli.rerun import Rerun
from greenroom.core.wording import plural
from greenroom.scenario.explore.explorer import Suspicion, Travelled


@dataclass(frozen=True)
class Uncovered:
    """A finding, its feature file, and how often that failed when it was run."""

    suspicion: Suspicion
    fingerprint: str
    file: Path
    rerun: Rerun


def progress(travelled: Travelled, kinds: int, found: int, what: str) -> str:
    """The line while it is under way."""
    reached = f"{len(travelled.kinds)} of {kinds} kinds, {plural(len(travelled.pairs), 'pair')}"
    pace = f"{travelled.acts * 60 / max(travelled.seconds, 1):.0f} a minute"
    told = f"{plural(travelled.acts, 'act')}, {pace}; {reached}; {plural(found, 'finding')}"
    return escape(f"exploring: {told}{f'; {what}' if what else ''} …")


def render(
    console: Console, target: str, seed: int, travelled: Travelled, kinds: int, found: Sequence[Uncovered],
    lost: Sequence[Uncovered],
) -> None:  # fmt: skip
    """What was done, what was found and where it is written, and the verdict."""
    for one in found:
        due = one.suspicion.offence.due
        console.print(f"[bold red]{due.promise}[/] {escape(due.text)}: not so", highlight=False)
        for act in one.suspicion.acts:
            console.print(f"  {escape(_words(act.kind, act.people, act.word))}", highlight=False)
        count = plural(len(one.suspicion.acts), "act")
        console.print(f"  {one.file}: {count}, fails {one.rerun.rate} times", markup=False)
    for one in lost:
        why = one.rerun.said or f"fails {one.rerun.rate} times"
        console.print(f"seen once, and not again: {one.suspicion.offence.due.text} ({why})", markup=False)
    for cause, number in Counter(travelled.unclear).most_common(3):
        console.print(f"ended {plural(number, 'sequence')}: {cause}", markup=False)
    minutes = travelled.seconds / 60
    done = (
        f"{plural(travelled.acts, 'act')} in {plural(travelled.sequences, 'sequence')}, {minutes:.1f} min, seed {seed}"
    )
    reached = f"{len(travelled.kinds)} of {kinds} kinds of acts, {plural(len(travelled.pairs), 'pair')} of them"
    again = f", met {plural(travelled.again, 'time')} more" if travelled.again else ""
    console.print(f"{_verdict(travelled, found, lost)}{again}: {target}, {done}; {reached}")


def _verdict(travelled: Travelled, found: Sequence[Uncovered], lost: Sequence[Uncovered]) -> str:
    if found:
        return f"[bold red]{plural(len(found), 'finding')}[/]"
    if lost or travelled.lost or not travelled.acts:
        return "[bold yellow]could not tell[/]"
    return "[bold green]nothing found[/]"


def _words(kind: str, people: Sequence[str], word: str) -> str:
    return f"{kind}: {', '.join(people)}{f' ({word})' if word else ''}"
