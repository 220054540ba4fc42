"""`greenroom merge`: the records of shards as those of one run, with every report."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import typer

from greenroom.cli.histories import check_history, conclude_with_history
from greenroom.core.console import Console
from greenroom.core.errors import GreenroomError
from greenroom.core.project import REPORTS
from greenroom.record.merging import attachment_path, merged
from greenroom.record.reader import RECORD, Record, read_record, record_file
from greenroom.record.run_folder import latest, new_run_id
from greenroom.record.writer import RecordWriter, check_writable
from greenroom.reporting.attachments import file_of
from greenroom.reporting.github.tell import tell_github
from greenroom.reporting.reports import write_reports
from greenroom.reporting.terminal_style import Verbosity
from greenroom.reporting.terminal_summary import render_summary


def merge(
    records: list[str] = typer.Argument(
        ..., metavar="RECORD...", help="Each shard's record.jsonl, or its run's folder."
    ),
    reports: str = typer.Option("", "--reports", metavar="DIR", help="Where the run is written. Default: reports."),
    history: str = typer.Option("", "--history", metavar="DIR", help="Where former runs are. Default: as --reports."),
    quiet: bool = typer.Option(False, "-q", "--quiet", help="Only failures and the verdict."),
    verbose: bool = typer.Option(False, "-v", "--verbose", help="The slowest scenarios as well."),
) -> None:
    """Put the records of all shards of a run together into one run, with every report, in DIR/latest/.

    The verdict, the counts, what was left behind and the exit code are those that one run would have. Shards that are
    missing, there twice, or of another suite, target, seed or number of shards are refused by name.

    The exit code is that of the run. 3 as well: a shard was cut short, or is refused.
    """
    if quiet and verbose:
        raise GreenroomError("-q and -v contradict each other", hint="leave one of them out", code="usage")
    check_history(history)
    files = [record_file(Path(given)) for given in records]
    shards = [read_record(file) for file in files]
    name = new_run_id()
    events = merged(shards, name)
    folder = Path(reports or REPORTS) / name
    check_writable(folder)
    with RecordWriter(folder / RECORD) as writer:
        for event in events:
            writer.write(event)
    _copy_attachments(shards, files, folder)
    latest(folder.parent, name)
    run = conclude_with_history(read_record(folder / RECORD), Path(history) if history else folder.parent)
    verbosity = Verbosity.QUIET if quiet else Verbosity.VERBOSE if verbose else Verbosity.NORMAL
    write_reports(run, folder)
    render_summary(Console(soft_wrap=True), run, folder, verbosity)
    tell_github(run, os.environ, str(folder / "report.html"))
    raise typer.Exit(run.exit)


def _copy_attachments(shards: Sequence[Record], files: Sequence[Path], folder: Path) -> None:
    """Raises GreenroomError (code "cannot-write"). A file that is gone is gone in the merged run as well."""
    for shard, file in zip(shards, files, strict=True):
        for attachment in (one for scenario in shard.scenarios for one in scenario.attachments):
            found = file_of(attachment, file.parent)
            copy = folder / attachment_path(shard.header.run, attachment.path)
            if found is None or not copy.resolve().is_relative_to(folder.resolve()):
                continue
            try:
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(found, copy)
            except OSError as trouble:
                raise GreenroomError(
                    f"{copy}: an attachment can't be written ({trouble.strerror or trouble})",
                    hint="make room, or name another folder with --reports",
                    code="cannot-write",
                ) from None
