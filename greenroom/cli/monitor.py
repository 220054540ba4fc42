"""`greenroom monitor`: a target watched for a day, or one look of many from cron."""

from __future__ import annotations

from pathlib import Path

import typer

from greenroom.cli.monitoring.options import Options, told_options
from greenroom.cli.monitoring.report import report_again
from greenroom.cli.monitoring.run import monitored, nagios_line_of
from greenroom.core.errors import GreenroomError, Inconclusive
from greenroom.core.project import ROOT, target_name
from greenroom.reporting.watching.nagios import PluginState
from greenroom.targetfile.load import read_target


def monitor(
    target: str = typer.Option(
        "", "-T", "--target", metavar="NAME", help="The target to watch. Default: GREENROOM_TARGET."
    ),
    every: str = typer.Option("5m", "--every", metavar="TIME", help="How often it looks: 30s, 5m, 1h."),
    lasts: str = typer.Option("", "--for", metavar="TIME", help="For how long: 24h, 7d. Default: until Ctrl-C."),
    once: bool = typer.Option(False, "--once", help="One look, and its alarms; for cron. The series keeps the rest."),
    canary: bool = typer.Option(True, "--canary/--no-canary", help="Send a canary. On production there is none."),
    series: Path = typer.Option(
        None, "--series", metavar="FILE", help="The file of the watch. Default: reports/watch-NAME/series.jsonl."
    ),
    maintenance: list[str] = typer.Option(
        None, "--maintenance", metavar="WHEN", help='Judge nothing then: "02:00-04:00", "Sun 02:00-04:00", UTC.'
    ),
    on_alert: str = typer.Option("", "--on-alert", metavar="COMMAND", help="Gets each alarm as JSON on its input."),
    heartbeat: str = typer.Option("", "--heartbeat", metavar="URL", help="Called after each look that could tell."),
    nagios: bool = typer.Option(False, "--nagios", help="Print one line and exit as monitoring plugins do; one look."),
    listen: str = typer.Option("", "--listen", metavar="HOST:PORT", help="Answer Prometheus: 127.0.0.1:9500."),
    textfile: Path = typer.Option(None, "--textfile", metavar="FILE.prom", help="Write its metrics after each look."),
    report: Path = typer.Option(None, "--report", metavar="SERIES", help="Make report.html of a series again."),
) -> None:
    """Watch a target: audits, a canary, and what the gateway's log tells, beside the bounds of \\[watch].

    Each look reads the whole database as `audit` does. On targets that are not
    production a canary goes live, is listed, is joined, ends, is listed no more
    and is removed. Production is only read, and needs only \\[database].

    A figure becomes an alarm when it is out of bounds in 2 of the last 3 looks
    (\\[watch] says otherwise), and recovers as slowly. The first look out of
    bounds is told at once. A watch that was killed and is started again goes on
    with its series; report.html stands beside it.

    Exit 0: nothing was an alarm. 1: something was; with --once, is. 2: it could
    not tell. 3: misuse. With --nagios: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.
    """
    if report is not None:
        raise typer.Exit(report_again(report))
    try:
        options = told_options(
            every=every, lasts=lasts, once=once or nagios, canary=canary, series=series, maintenance=maintenance or [],
            on_alert=on_alert, heartbeat=heartbeat, nagios=nagios, listen=listen, textfile=textfile,
        )  # fmt: skip
        code = _run(options, target)
    except (GreenroomError, Inconclusive) as error:
        if not nagios:
            raise
        typer.echo(nagios_line_of(error))
        code = PluginState.UNKNOWN
    raise typer.Exit(code)


def _run(options: Options, target: str) -> int:
    return monitored(read_target(target_name(target), ROOT), options)
