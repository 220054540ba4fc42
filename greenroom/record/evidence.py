"""Collects what a scenario's steps did and saw, until the scenario is over and the record takes it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from greenroom.core.errors import What
from greenroom.core.redact import Redactor
from greenroom.core.verdict import Verdict
from greenroom.record.events import Attachment, Change, Check, Exchange, PageNote, Step


@dataclass
class OpenStep:
    """A step that is under way."""

    keyword: str
    text: str
    line: int
    type: str = ""  # given, when, then
    table: list[list[str]] = field(default_factory=list)
    docstring: str = ""
    began: float = field(default_factory=time.monotonic)
    verdict: Verdict | None = None
    seconds: float = 0.0
    exchanges: list[Exchange] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    page: list[PageNote] = field(default_factory=list)

    def close(self, verdict: Verdict) -> None:
        """The step is over."""
        self.verdict, self.seconds = verdict, time.monotonic() - self.began

    def frozen(self) -> Step:
        """The step as the record holds it."""
        return Step(
            keyword=self.keyword,
            text=self.text,
            line=self.line,
            verdict=self.verdict,
            seconds=round(self.seconds, 4),
            table=self.table,
            docstring=self.docstring,
            exchanges=self.exchanges,
            checks=self.checks,
            changes=self.changes,
            page=self.page,
        )


class Evidence:
    """The evidence of one scenario. Drivers write into the step that is under way."""

    def __init__(self, redactor: Redactor) -> None:
        self.redactor = redactor
        self.steps: list[OpenStep] = []
        self.attachments: list[Attachment] = []
        self.invariants: list[Check] = []
        self.wrong_since: dict[What, int] = {}
        self._outside = OpenStep("", "outside of any step", 0)

    @property
    def current(self) -> OpenStep:
        """The step that is under way, or a place for what happens outside of steps."""
        return self.steps[-1] if self.steps else self._outside

    def begin(self, step: OpenStep) -> None:
        """A step begins."""
        self.steps.append(step)

    def exchange(self, exchange: Exchange) -> None:
        """A request was answered, or was not."""
        self.current.exchanges.append(exchange)

    def check(self, check: Check) -> None:
        """An assertion was made."""
        self.current.checks.append(check)

    def note(self, note: PageNote) -> None:
        """A page said something by itself."""
        self.current.page.append(note)

    def changed(self, changes: list[Change]) -> None:
        """The scenario's rows are different from what they were after the step before."""
        self.current.changes.extend(changes)

    def rows_are_wrong(self, found: Iterable[What]) -> None:
        """What is wrong with the rows now that the step is over; what was so before keeps its step."""
        self.wrong_since = {what: self.wrong_since.get(what, len(self.steps)) for what in found}

    def last_change(self, such: Callable[[Change], bool] = lambda change: True) -> tuple[OpenStep, int] | None:
        """The last step after which rows had changed, and `such` a change was among it, with its number from 1."""
        for number in range(len(self.steps), 0, -1):
            if any(map(such, self.steps[number - 1].changes)):
                return self.steps[number - 1], number
        return None
