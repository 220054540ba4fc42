"""Who is told what a watch sees: the terminal, an alert command, a dead man's switch, Prometheus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.markup import escape
from rich.status import Status

from greenroom.claims.watching.changes import AlarmChange
from greenroom.cli.monitor_text import print_look
from greenroom.core.console import Console
from greenroom.core.errors import GreenroomError
from greenroom.drivers.heartbeat import beat
from greenroom.record.series import Look
from greenroom.reporting.watching.alert_json import alert
from greenroom.reporting.watching.history import Totals
from greenroom.reporting.watching.metrics import WatchMetrics
from greenroom.scenario.watching.alerts import AlertCommand

Complain = Callable[[str], object]
"""Tells a person, on standard error, what of the telling did not work; the watch goes on."""


@dataclass
class Listeners:
    """All of them. None is asked for anything, and none can stop the watch."""

    target: str
    series: Path
    totals: Totals
    complain: Complain
    console: Console | None = None
    """Where looks are told; None with --nagios."""
    skipped: int = 0
    """Looks that are in the series and not in the totals."""
    status: Status | None = None
    alerts: AlertCommand | None = None
    heartbeat: str = ""
    metrics: WatchMetrics | None = None
    textfile: Path | None = None
    _complaints: dict[str, str] = field(default_factory=dict)

    def doing(self, what: str) -> None:
        """What is being looked at, or waited for."""
        if self.status is not None:
            self.status.update(escape(f"watching {self.target}: {what} …"))

    def looked(self, look: Look, changed: Sequence[AlarmChange]) -> None:
        """A look is over."""
        self.totals.add(look)
        if self.console is not None:
            print_look(self.console, look, self.skipped + self.totals.all, changed)
        if self.metrics is not None:
            self.metrics.looked(look)
        if self.textfile is not None and self.metrics is not None:
            self._failed("textfile", self._written(self.metrics, self.textfile))
        if self.alerts is not None:
            self._alert(look, changed, self.alerts)
        if self.heartbeat and look.could_tell:
            self._failed("heartbeat", beat(self.heartbeat))

    def _alert(self, look: Look, changed: Sequence[AlarmChange], alerts: AlertCommand) -> None:
        for change in changed:
            if change.kind != "out of bounds":
                told = alert(
                    change.kind, change.figure, target=self.target, at=look.at, series=str(self.series.resolve())
                )
                alerts.tell(told.model_dump_json(by_alias=True, indent=2))

    @staticmethod
    def _written(metrics: WatchMetrics, path: Path) -> str:
        try:
            metrics.write(path)
        except GreenroomError as error:
            return error.message
        return ""

    def _failed(self, what: str, why: str) -> None:
        """Complain, once as long as it stays so: the same again and again would hide what matters."""
        if why and self._complaints.get(what) != why:
            self.complain(why)
        self._complaints[what] = why
