"""What `greenroom explore` says: one line while it is under way, and at the end what was found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from rich.markup import escape

from greenroom.cli.rerun import Rerun
from greenroom.core.console import Console
from greenroom.core.verdict import Exit
from greenroom.core.wording import plural
from greenroom.scenario.explore.act import Act
from greenroom.scenario.explore.explorer import Suspicion, Travelled


@dataclass(frozen=True)
class Uncovered:
    """A finding, its feature file, and how often that failed when it was run."""

    suspicion: Suspicion
    fingerprint: str
    file: Path
    rerun: Rerun


@dataclass
class Explored:
    """What has come of exploring so far. `lost` was seen once, and its file did not fail; `left` is what is still on
    the target, by relation."""

    target: str
    seed: int
    kinds: int = 0
    travelled: Travelled = field(default_factory=Travelled)
    found: list[Uncovered] = field(default_factory=list)
    lost: list[Uncovered] = field(default_factory=list)
    left: dict[str, int] = field(default_factory=dict)

    @property
    def exit(self) -> Exit:
        """0 for nothing found, 1 for something, 2 where it can't be told."""
        if self.found:
            return Exit.NOT_CONFORMANT
        unclear = self.lost or self.travelled.lost or not self.travelled.acts
        return Exit.COULD_NOT_TELL if unclear else Exit.CONFORMANT


def progress(outcome: Explored, what: str) -> str:
    """The line while it is under way."""
    travelled = outcome.travelled
    pace = f"{travelled.acts * 60 / max(travelled.seconds, 1):.0f} a minute"
    reached = f"{len(travelled.kinds)} of {outcome.kinds} kinds, {plural(len(travelled.pairs), 'pair')}"
    told = f"{plural(travelled.acts, 'act')}, {pace}; {reached}; {plural(len(outcome.found), 'finding')}"
    return escape(f"exploring: {told}{f'; {what}' if what else ''} …")


def render(console: Console, outcome: Explored, *, cut_short: bool = False) -> None:
    """What was found and where it is written, what could not be told, and the verdict with what was done."""
    for one in outcome.found:
        due = one.suspicion.offence.due
        console.print(f"[bold red]{due.promise}[/] {escape(due.text)}: not so")
        for act in one.suspicion.acts:
            console.print(f"  {escape(_words(act))}")
        count = plural(len(one.suspicion.acts), "act")
        console.print(f"  {one.file}: {count}, fails {one.rerun.rate} times", markup=False)
    for one in outcome.lost:
        why = one.rerun.said or f"fails {one.rerun.rate} times"
        console.print(f"seen once, and not again: {one.suspicion.offence.due.text} ({why})", markup=False)
        for act in one.suspicion.acts:
            console.print(f"  {_words(act)}", markup=False)
    travelled = outcome.travelled
    for cause, number in Counter(travelled.unclear).most_common(_MOST_CAUSES):
        console.print(f"could not be told in {plural(number, 'sequence')}: {cause}", markup=False)
    if left := ", ".join(f"{number} {relation}" for relation, number in outcome.left.items() if number):
        console.print(f"still on the target: {left}; greenroom sweep removes it", markup=False)
    done = f"{plural(travelled.acts, 'act')} in {plural(travelled.sequences, 'sequence')}"
    again = f", met {plural(travelled.again, 'time')} more" if travelled.again else ""
    where = f"{outcome.target}, {done}, {travelled.seconds / 60:.1f} min, seed {outcome.seed}"
    verdict = _VERDICTS[outcome.exit].format(plural(len(outcome.found), "finding"))
    console.print(f"{'so far ' * cut_short}{verdict}{again}: {escape(where)}")
    console.print(f"reached {_reached(outcome)}")


_MOST_CAUSES = 3
_VERDICTS = {
    Exit.CONFORMANT: "[bold green]nothing found[/]",
    Exit.NOT_CONFORMANT: "[bold red]{}[/]",
    Exit.COULD_NOT_TELL: "[bold yellow]could not tell[/]",
}


def _reached(outcome: Explored) -> str:
    kinds, pairs = len(outcome.travelled.kinds), plural(len(outcome.travelled.pairs), "pair")
    return f"{kinds} of {outcome.kinds} kinds of acts and {pairs} of them"


def _words(act: Act) -> str:
    return f"{act.kind}: {', '.join(act.people)}{f' ({act.word})' if act.word else ''}"
