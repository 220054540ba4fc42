"""`greenroom logs`: what a gateway's or a page's log says of the hours after a deployment."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path

import typer
from rich.markup import escape
from rich.status import Status

from greenroom.claims.logs.lines import LineReader
from greenroom.claims.logs.since import since_when
from greenroom.claims.logs.summary import summary
from greenroom.claims.logs.tally import tally
from greenroom.cli.logs_text import render
from greenroom.core.console import Console
from greenroom.core.errors import GreenroomError
from greenroom.core.project import ROOT, target_name
from greenroom.core.redact import Redactor
from greenroom.drivers.log_stream import Piece, pieces_of_command, pieces_of_file
from greenroom.record.series_file import is_series, last_watch
from greenroom.targetfile.load import read_target
from greenroom.targetfile.part import TargetPart
from greenroom.targetfile.secrets import redacted_errors

_SHOWN = 10


def logs(
    files: list[str] = typer.Argument(
        None, metavar="FILE", help="Logs, in the order of their lines; .gz as well; - is standard input."
    ),
    target: str = typer.Option(
        "", "--target", metavar="NAME", help="Whose \\[logs] and \\[watch] count. Default: GREENROOM_TARGET."
    ),
    since: str = typer.Option(
        "", "--since", metavar="WHEN", help='Only lines since then: "24h", "2026-02-15", or a watch.'
    ),
    json: bool = typer.Option(False, "--json", help="Print JSON, as docs/logs.schema.json says."),
    rows: int = typer.Option(
        None, "--rows", min=0, metavar="N", help=f"Show at most N lines of each kind. Default: {_SHOWN}, of JSON 1000."
    ),
) -> None:
    """Read a gateway's or a page's log: conflicts by the hour, and lines that have to follow others.

    Without FILE the log is read that the target's \\[logs] names: gateway_file,
    or what gateway_command prints. Lines may be plain or JSON.

    --since may name a watch, as greenroom monitor wrote it: its series, or the
    folder with it. Only lines since its beginning count then.

    Of the target file only \\[logs] and \\[watch] are needed; where they say
    nothing, the lines and the targets of the session fix count. Lines that
    nothing followed in time are shown with their file and line.

    Exit 0: every figure is within \\[watch]. 1: one is not. 2: the log can't be
    read, or has none of the lines. 3: misuse.
    """
    part = read_target(target_name(target), ROOT).part("logs", "watch")
    begin = _begin(since) if since else None
    clean = part.secrets.taught_to(Redactor()).text
    with redacted_errors(part.secrets), Console(stderr=True).status("reading …") as status:
        pieces = _told(_pieces(files or [], part), status)
        found = tally(pieces, LineReader(part.logs), part.watch, since=begin)
    limit = rows if rows is not None else None if json else _SHOWN
    told = summary(found, part.watch, target=part.called, since=begin, rows=limit, clean=clean)
    if json:
        typer.echo(told.model_dump_json(by_alias=True, indent=2))
    else:
        render(Console(soft_wrap=True), told)
    raise typer.Exit(told.exit)


def _begin(since: str) -> float:
    """Seconds since 1970 of that moment, or of that watch's beginning."""
    if is_series(Path(since)):
        return dt.datetime.fromisoformat(last_watch(Path(since)).began.at).timestamp()
    return since_when(since, dt.datetime.now(dt.UTC))


def _pieces(files: list[str], part: TargetPart) -> Iterable[Piece]:
    if files:
        return itertools.chain.from_iterable(map(pieces_of_file, files))
    if part.logs.gateway_file:
        if "${launch." in part.logs.gateway_file:
            raise GreenroomError(
                f"{part.called} is launched for each run, and its log is gone with it",
                hint="name a log: greenroom logs FILE",
            )
        return pieces_of_file(str(part.folder / part.logs.gateway_file))
    if part.logs.gateway_command:
        return pieces_of_command(part.logs.gateway_command)
    raise GreenroomError(
        f"{part.called} says neither a log file nor a command that prints it",
        hint="greenroom logs FILE, or - for standard input; or [logs] gateway_file or gateway_command",
    )


def _told(pieces: Iterable[Piece], status: Status) -> Iterator[Piece]:
    """The same pieces; what is read is said."""
    for piece in pieces:
        status.update(f"reading {escape(piece.source)}, {piece.bytes_read / 1e6:,.0f} MB …")
        yield piece
