"""`greenroom capture ROOM`: a room that is in trouble becomes a feature file."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import typer

from greenroom.cli.described_database import described_database
from greenroom.core.console import Console
from greenroom.core.errors import GreenroomError
from greenroom.core.project import ROOT, target_name
from greenroom.drivers.read_only import ReadOnlyDatabase
from greenroom.scenario.captured.feature_text import feature_text
from greenroom.scenario.captured.look import Captured
from greenroom.scenario.captured.look import capture as capture_room
from greenroom.targetfile.load import read_target
from greenroom.targetfile.secrets import redacted_errors


def capture(
    room: str = typer.Argument(metavar="ROOM", help="The room's id, as greenroom audit shows it."),
    target: str = typer.Option("", "--target", metavar="NAME", help="Where it is. Default: GREENROOM_TARGET."),
    out: Path = typer.Option(
        None,
        "--out",
        metavar="FILE",
        show_default=False,
        help="Where to. Default: features/bugs/captured-DAY-TIME.feature; - prints it.",
    ),
) -> None:
    """Write a feature file in which a room is as it is now: its sessions, who is inside, its entry, and its host.

    Reads only, in one read-only transaction; fit for production. Of the target
    file only \\[database] is needed. Names, titles, addresses and ids are left
    out, times are told as how long ago. Run it on a target on which states may
    be arranged: the first scenario shows the same trouble there.

    Exit 0: written. 2: nobody answered. 3: there is no such room, or misuse.
    """
    described = read_target(target_name(target), ROOT)
    part = described.part("database")
    access = described_database(described, part, "capture")
    with redacted_errors(part.secrets):
        database = ReadOnlyDatabase(access.dsn, part.folder, writable=False, elsewhere=part.shown_over_http)
        with closing(database), database.one_look():
            database.check_relations()
            found = capture_room(database, room)
    text = feature_text(found, part.called)
    if str(out) == "-":
        typer.echo(text, nl=False)
        return
    path = out or _usual_place(found)
    _write(path, text)
    offended = ", ".join(f"{one.invariant.promise} {one.invariant.name}" for one in found.offended) or "nothing"
    console = Console(soft_wrap=True)
    console.print(f"{path}: it offends {offended}", soft_wrap=True)
    console.print(f"  greenroom run {path} --target NAME   shows it again where states may be arranged", soft_wrap=True)


def _usual_place(found: Captured) -> Path:
    folder = Path("features/bugs") if Path("features").is_dir() else Path()
    return folder / f"captured-{re.sub('[^0-9T]', '', found.at.strftime('%Y%m%dT%H%M%S'))}.feature"


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise GreenroomError(f"{path} is there already", hint="--out FILE, or take it away") from None
    except OSError as error:
        raise GreenroomError(
            f"{path} can't be written: {error.strerror}", hint="--out FILE, or - to print it"
        ) from None
