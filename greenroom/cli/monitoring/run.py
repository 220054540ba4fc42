"""How a watch runs and ends, from its options to its exit code."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import typer

from greenroom import __version__
from greenroom.cli.monitor_text import print_beginning, print_end
from greenroom.cli.monitoring.listeners import Listeners
from greenroom.cli.monitoring.options import Options
from greenroom.cli.monitoring.report import write_beside
from greenroom.core.console import Console
from greenroom.core.errors import GreenroomError, Inconclusive
from greenroom.core.project import PRIVATE, REPORTS
from greenroom.core.verdict import Exit
from greenroom.record.series import Look
from greenroom.record.series_file import SERIES, SeriesWriter, Watched, read_series, writing
from greenroom.reporting.watching.history import totals_of, verdict_of
from greenroom.reporting.watching.metrics import WatchMetrics
from greenroom.reporting.watching.nagios import line_of, line_of_error, state_of
from greenroom.scenario.watching.alerts import AlertCommand
from greenroom.scenario.watching.canary import CLEAN_UP, PEOPLE
from greenroom.scenario.watching.look import Looker, written
from greenroom.scenario.watching.subject import Subject, open_subject
from greenroom.scenario.watching.watch import Clock, WatchPlan, begun, goes_on_with, look_once, watch
from greenroom.targetfile.load import TargetFile
from greenroom.targetfile.maintenance import read_maintenance
from greenroom.targetfile.secrets import redacted_errors
from greenroom.targetfile.watch import WATCHED

_NO_NAME = re.compile(r"[^\w.-]")
"""What the name of a folder has no place for."""
_OPERATIONS = (PEOPLE, "go_live", "join", "end", CLEAN_UP)


def monitored(file: TargetFile, options: Options) -> int:
    """Watch as the options say; the exit code."""
    errors = Console(stderr=True, soft_wrap=True)
    with errors.status("opening the target …"):
        subject = open_subject(file, canary=options.canary, home=PRIVATE)
    path = options.series or REPORTS / ("watch-" + _NO_NAME.sub("-", subject.name)) / SERIES
    try:
        with redacted_errors(subject.secrets), writing(path, subject.name, _since(subject, options)) as writer:
            if writer.series.cut:
                errors.print(f"the last line of {path} was not finished, and was taken out: the watch was killed")
            return _with_series(subject, options, path, writer, errors)
    finally:
        subject.close()


def _since(subject: Subject, options: Options) -> str:
    """What a single look has to know of the series: a call from cron does not read those of months."""
    if not options.once or options.textfile is not None:
        return ""
    return written(Clock().now() - dt.timedelta(minutes=subject.watch.window))


def nagios_line_of(error: GreenroomError | Inconclusive) -> str:
    """What --nagios prints when there was no look."""
    return line_of_error(error.message)


def _with_series(subject: Subject, options: Options, path: Path, writer: SeriesWriter, errors: Console) -> int:
    clock, plan = Clock(), WatchPlan(0.0 if options.once else options.every, options.lasts)
    former = goes_on_with(writer.series, plan)
    windows = [*map(read_maintenance, subject.watch.maintenance), *options.maintenance]
    looker = Looker(subject, windows)
    with _listeners(subject, options, path, former, errors) as listeners:
        watched = former if options.once else None
        watched = watched or begun(writer, plan, subject.name, subject.no_canary, clock)
        if options.once:
            return _told_once(look_once(looker, writer, watched, listeners, clock), options)
        if listeners.console is not None:
            print_beginning(listeners.console, watched, path, options.every_text, options.lasts_text)
        watch(looker, writer, watched, plan, listeners, clock)
    with errors.status("writing the report …"):
        watched = read_series(path).watches[-1]
        report = write_beside(path, watched) if watched.looks else None
    print_end(Console(soft_wrap=True), watched, report)
    return verdict_of(watched).exit


def _told_once(look: Look, options: Options) -> int:
    if options.nagios:
        typer.echo(line_of(look))
        return state_of(look)
    if look.alarms:
        return Exit.NOT_CONFORMANT
    return Exit.CONFORMANT if look.could_tell else Exit.COULD_NOT_TELL


@contextlib.contextmanager
def _listeners(
    subject: Subject, options: Options, path: Path, former: Watched | None, errors: Console
) -> Iterator[Listeners]:
    """Whoever is to be told; `former` is the watch that is gone on with. What is wrong with them is said before a watch
    begins."""

    def complain(why: str) -> None:
        errors.print(subject.redactor.text(why), soft_wrap=True)

    totals = totals_of(former.looks if former is not None else ())
    alerts = AlertCommand(options.on_alert, complain) if options.on_alert else None
    metrics = None
    if options.listen or options.textfile:
        metrics = WatchMetrics(subject.name, __version__, totals, () if subject.no_canary else _OPERATIONS, WATCHED)
    if metrics is not None and options.listen:
        metrics.listen(*options.listen)
    if metrics is not None and options.textfile:
        metrics.write(options.textfile)
    with errors.status("beginning …") as status:
        try:
            yield Listeners(
                target=subject.name,
                series=path,
                totals=totals,
                complain=complain,
                console=None if options.nagios else Console(soft_wrap=True),
                skipped=former.skipped if former is not None else 0,
                status=status,
                alerts=alerts,
                heartbeat=options.heartbeat,
                metrics=metrics,
                textfile=options.textfile,
            )
        finally:
            if alerts is not None:
                alerts.close()
