"""The doctor's table: one line a check as soon as it is known, and under a line that is not well how to mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from greenroom.doctor.finding import Finding, State

_SUBJECT, _CHECK, _STATE = 14, 24, 13
_STYLES = {
    State.OK: "green",
    State.WRONG: "bold red",
    State.CANT_TELL: "bold yellow",
    State.NOT_DECLARED: "dim",
    State.NOT_REACHED: "yellow",
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
        if finding.state is not State.NOT_REACHED:
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
        self._line(subject, Finding(first.check, first.state, first.detail + more))

    def _line(self, subject: str, finding: Finding) -> None:
        shown = subject if subject != self._subject else ""
        if shown and self._subject:
            self._console.print()
        self._subject = subject
        line = Text().append(f"{shown:<{_SUBJECT}}", style="bold").append(f"{finding.check:<{_CHECK}} ")
        line.append(f"{finding.state:<{_STATE}}", style=_STYLES[finding.state])
        before = _SUBJECT + _CHECK + 1 + _STATE
        self._say(line, finding.detail, before)
        if finding.hint and finding.state in (State.WRONG, State.CANT_TELL, State.NOT_DECLARED):
            self._say(Text(" " * before), f"hint: {finding.hint}", before, style="cyan")

    def close(self) -> None:
        """The last line: what all of it comes to."""
        self._flush()
        counts = Counter(finding.state for finding in self._findings)
        parts = [f"{counts[state]} {state}" for state in State if counts[state]]
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
    states = {finding.state for finding in findings}
    if State.WRONG in states:
        return Text("something is wrong", style="bold red")
    if State.CANT_TELL in states:
        return Text("could not tell", style="bold yellow")
    return Text("all is well", style="bold green")
