"""The report of a watch: made when it ends, and made again of its series."""

from __future__ import annotations

from pathlib import Path

from greenroom.cli.monitor_text import print_end
from greenroom.core.console import Console
from greenroom.core.errors import GreenroomError
from greenroom.record.series_file import SERIES, Watched, read_series
from greenroom.reporting.watching.history import verdict_of
from greenroom.reporting.watching.html import write_report

REPORT = "report.html"


def report_again(path: Path) -> int:
    """Write the report of a series beside it, and tell the end once more; the exit code of the watch."""
    file = path / SERIES if path.is_dir() else path
    console = Console(soft_wrap=True)
    with Console(stderr=True).status("reading the series …"):
        series = read_series(file)
    if not series.watches or not series.watches[-1].looks:
        raise GreenroomError(f"{file} has no look yet", hint="it is made by greenroom monitor", code="no-series")
    watched = series.watches[-1]
    if series.cut:
        console.print(f"the last line of {file} was not finished, and is left out: the watch was killed")
    with Console(stderr=True).status("writing the report …"):
        report = write_beside(file, watched)
    print_end(console, watched, report)
    return verdict_of(watched).exit


def write_beside(series: Path, watched: Watched) -> Path:
    """Write the report; where it is. A series with a name of its own has a report of that name.

    Raises GreenroomError when it can't be written.
    """
    out = series.with_name(REPORT) if series.name == SERIES else series.with_suffix(".html")
    try:
        write_report(watched, out)
    except OSError as error:
        raise GreenroomError(
            f"{out} can't be written: {error.strerror}", hint="the series is there: greenroom monitor --report"
        ) from None
    return out
