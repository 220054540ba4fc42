"""`greenroom report`: every report of a run again, from its record."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import typer

from greenroom.cli.histories import check_history, conclude_with_history
from greenroom.core.console import Console
from greenroom.core.errors import GreenroomError
from greenroom.outcome.listing_known import check_known_file, write_known
from greenroom.record.reader import RECORD, read_record, record_file
from greenroom.reporting.conclusion import Conclusion
from greenroom.reporting.reports import write_reports
from greenroom.reporting.terminal_style import Verbosity
from greenroom.reporting.terminal_summary import render_summary

_ATTACHMENTS = "attachments"


def report(
    record: str = typer.Argument(..., metavar="RECORD", help="A record.jsonl, or the folder of a run."),
    reports: str = typer.Option(
        "", "--reports", metavar="DIR", help="Write to a folder of the run's name in DIR. Default: beside the record."
    ),
    history: str = typer.Option("", "--history", metavar="DIR", help="Where former runs are. Default: beside the run."),
    known: str = typer.Option(
        "", "--write-known", metavar="FILE", help="Add what failed to a target file's known failures, for 30 days."
    ),
    quiet: bool = typer.Option(False, "-q", "--quiet", help="Only failures and the verdict."),
    verbose: bool = typer.Option(False, "-v", "--verbose", help="The slowest scenarios as well."),
) -> None:
    """Make every report of a run again, from its record alone: the target is not asked.

    A record that was cut short is read as far as it goes, and every report says that it was cut short.

    The exit code is that of the run. 3 as well: the record was cut short, or can't be read.
    """
    if quiet and verbose:
        raise GreenroomError("-q and -v contradict each other", hint="leave one of them out", code="usage")
    check_history(history)
    if known:
        check_known_file(Path(known))
    file = record_file(Path(record))
    run = conclude_with_history(read_record(file), Path(history) if history else file.absolute().parent.parent)
    folder = _folder(file, reports, run)
    verbosity = Verbosity.QUIET if quiet else Verbosity.VERBOSE if verbose else Verbosity.NORMAL
    write_reports(run, folder)
    render_summary(Console(soft_wrap=True), run, folder, verbosity)
    if known:
        written = write_known(Path(known), run.record.scenarios, run.record.header.run, dt.date.today())
        for line in written.lines():
            typer.echo(line, err=True)
    raise typer.Exit(run.exit)


def _folder(file: Path, reports: str, run: Conclusion) -> Path:
    """Where the reports go. In another folder than the record's, they get a copy of it and of its attachments."""
    if not reports:
        return file.parent
    name = run.record.header.run
    if name in ("", ".", "..") or Path(name).name != name:
        raise GreenroomError(
            f"{file}:1: the run is called {name!r}, which is no name for a folder",
            hint="the file was edited; leave --reports out to write beside it",
            code="bad-record",
        )
    folder = Path(reports) / name
    if folder.resolve() == file.parent.resolve():
        return folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, folder / RECORD)
        if (file.parent / _ATTACHMENTS).is_dir():
            shutil.copytree(file.parent / _ATTACHMENTS, folder / _ATTACHMENTS, dirs_exist_ok=True)
    except (OSError, shutil.Error) as trouble:
        why = trouble.strerror or str(trouble)
        raise GreenroomError(
            f"reports can't be written to {folder} ({why})", hint="name a writable folder", code="cannot-write"
        ) from None
    return folder
