"""`greenroom compare`: two records side by side."""

from __future__ import annotations

from pathlib import Path

import typer

from greenroom.cli.compare_watches import compare_watches
from greenroom.core.console import Console
from greenroom.core.errors import GreenroomError
from greenroom.record.reader import read_record, record_file
from greenroom.record.series_file import is_series
from greenroom.reporting.comparison.comparison import Comparison
from greenroom.reporting.comparison.comparison import compare as compared
from greenroom.reporting.comparison.terminal import render_comparison
from greenroom.reporting.terminal_style import Verbosity


def compare(
    before: str = typer.Argument(..., metavar="BEFORE", help="A record.jsonl, or the folder of a run or of runs."),
    after: str = typer.Argument(..., metavar="AFTER", help="The same of a later run, or of another target."),
    html: str = typer.Option("", "--html", metavar="FILE", help="Write the comparison as a page, too."),
    as_json: bool = typer.Option(False, "--json", help="Print JSON instead (docs/comparison.schema.json)."),
    quiet: bool = typer.Option(False, "-q", "--quiet", help="Only what is newly broken, and the verdict."),
    verbose: bool = typer.Option(False, "-v", "--verbose", help="Every scenario of each list."),
) -> None:
    """Say what became of the scenarios of one run in another: newly broken by cause, mended, still broken, no longer
    judged, newly judged, slower. A scenario that is new or gone is no regression.

    Scenarios are the same by feature file, name and row of examples, also where the file has another name.

    Of two watches (greenroom monitor), named by their series.jsonl or its folder, the figures are compared: newly an
    alarm, no alarm any more, no longer told, slower.

    Exit 0: nothing is newly broken. 1: something is. 2: what was judged before could not be told any more. 3: misuse,
    or two runs that share no scenario.
    """
    if quiet and verbose:
        raise GreenroomError("-q and -v contradict each other", hint="leave one of them out", code="usage")
    given = Path(before), Path(after)
    watches = [is_series(one) for one in given]
    if any(watches):
        if not all(watches) or html:
            what = "--html is for runs" if all(watches) else "one of them is a watch, the other a run"
            raise GreenroomError(what, hint="greenroom monitor --report SERIES makes a page of one watch", code="usage")
        raise typer.Exit(compare_watches(*given, as_json=as_json, all_of_them=verbose))
    files = record_file(Path(before)), record_file(Path(after))
    it = compared(*map(read_record, files))
    if html:
        _write_page(it, Path(html), files)
    if as_json:
        from greenroom.reporting.comparison.json_file import json_of

        typer.echo(json_of(it), nl=False)
    else:
        verbosity = Verbosity.QUIET if quiet else Verbosity.VERBOSE if verbose else Verbosity.NORMAL
        console = Console(soft_wrap=True)
        render_comparison(console, it, verbosity)
        if html:
            console.print(f"page  {html}", markup=False)
    raise typer.Exit(it.exit)


def _write_page(it: Comparison, out: Path, files: tuple[Path, Path]) -> None:
    """Raises GreenroomError (code "cannot-write")."""
    from greenroom.reporting.comparison.html import write_page

    try:
        write_page(it, out, files[1].parent)
    except OSError as trouble:
        raise GreenroomError(
            f"{out}: the page can't be written ({trouble.strerror or trouble})",
            hint="name a file in a folder that is there and writable",
            code="cannot-write",
        ) from None
