"""The doctor's table: one line a check as soon as it is known, and under a line that is not well how to mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from greenroom.doctor.finding import Condition, Finding

_SUBJECT, _CHECK, _CONDITION = 14, 24, 13
_STYLES = {
    Condition.OK: "green",
    Condition.WRONG: "bold red",
    Condition.CANT_TELL: "bold yellow",
    Condition.NOT_DECLARED: "dim",
    Condition.NOT_REACHED: "yellow",
}


class Table:
    """Prints findings in columns. On a terminal long lines are folded within theirs; piped, each stays one line."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._subject = ""
        self._findings: list[Finding] = []
        self._waiting: list[tuple[str, Finding]] = []

    def add(self, subject: str, finding: Finding) -> None:
        """One more line. Neighbours that were not reached for the same reason share one."""
        self._findings.append(finding)
        if finding.condition is not Condition.NOT_REACHED:
            self._flush()
            self._line(subject, finding)
            return
        if self._waiting:
            before, first = self._waiting[0]
            if (subject, finding.detail) != (before, first.detail):
                self._flush()
        self._waiting.append((subject, finding))

    def _flush(self) -> None:
        if not self._waiting:
            return
        (subject, first), *others = self._waiting
        self._waiting = []
        more = f"; nor {', '.join(other.check for _, other in others)}" if others else ""
        self._line(subject, Finding(first.check, first.condition, first.detail + more))

    def _line(self, subject: str, finding: Finding) -> None:
        shown = subject if subject != self._subject else ""
        if shown and self._subject:
            self._console.print()
        self._subject = subject
        line = Text().append(f"{shown:<{_SUBJECT}}", style="bold").append(f"{finding.check:<{_CHECK}} ")
        line.append(f"{finding.condition:<{_CONDITION}}", style=_STYLES[finding.condition])
        before = _SUBJECT + _CHECK + 1 + _CONDITION
        self._say(line, finding.detail, before)
        if finding.hint and finding.condition in (Condition.WRONG, Condition.CANT_TELL, Condition.NOT_DECLARED):
            self._say(Text(" " * before), f"hint: {finding.hint}", before, style="cyan")

    def close(self) -> None:
        """The last line: what all of it comes to."""
        self._flush()
        counts = Counter(finding.condition for finding in self._findings)
        parts = [f"{counts[condition]} {condition}" for condition in Condition if counts[condition]]
        self._console.print()
        self._console.print(_verdict(self._findings) + Text(f"  ({', '.join(parts)})", style="dim"), soft_wrap=True)

    def _say(self, line: Text, words: str, before: int, *, style: str = "") -> None:
        room = self._console.width - before
        if not self._console.is_terminal or room < 30:
            line.append(words, style=style)
            line.rstrip()
            self._console.print(line, soft_wrap=True)
            return
        for number, part in enumerate(Text(words, style=style).wrap(self._console, room) or [Text()]):
            self._console.print(line + part if number == 0 else Text(" " * before) + part, soft_wrap=True)


def _verdict(findings: Iterable[Finding]) -> Text:
    conditions = {finding.condition for finding in findings}
    if Condition.WRONG in conditions:
        return Text("something is wrong", style="bold red")
    if Condition.CANT_TELL in conditions:
        return Text("could not tell", style="bold yellow")
    return Text("all is well", style="bold green")
