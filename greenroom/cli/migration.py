"""`greenroom migration`: what the cleanup would do, before it is run, and whether its notices were true, after it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Literal, cast

import typer
from pydantic import ValidationError

from greenroom.cli.described_database import described_database
from greenroom.cli.migration_text import render_plan, render_verified
from greenroom.core.console import Console
from greenroom.core.errors import GreenroomError
from greenroom.core.project import ROOT, target_name
from greenroom.core.text_files import read_text
from greenroom.drivers.log_stream import pieces_of_file
from greenroom.drivers.read_only import ReadOnlyDatabase
from greenroom.migration.plan import Planned, plan, ways_for
from greenroom.migration.verify import notices_in, verify
from greenroom.reporting.migration_json import PlanFile
from greenroom.targetfile.load import read_target
from greenroom.targetfile.model import DatabaseAccess
from greenroom.targetfile.part import TargetPart
from greenroom.targetfile.secrets import redacted_errors

_SHOWN = 10
Way = Literal["auto", "clone", "transaction", "query"]


def migration(
    target: str = typer.Option("", "--target", metavar="NAME", help="The target. Default: GREENROOM_TARGET."),
    plan_it: bool = typer.Option(False, "--plan", help="Say what the migration would do. Nothing of it stays."),
    verify_log: str = typer.Option(
        "", "--verify", metavar="LOG", help="Compare the notices of the real run in LOG (- is standard input) …"
    ),
    planned: str = typer.Option(
        "", "--planned", metavar="PLAN", help="… with the plan from before it, which --plan --json printed."
    ),
    file: str = typer.Option("", "--file", metavar="FILE", help="The migration. Default: \\[migration] file."),
    by: str = typer.Option(
        "auto",
        "--by",
        metavar="WAY",
        show_default=False,
        help="How to plan: clone, transaction, query. Default: the best that is allowed.",
    ),
    json: bool = typer.Option(False, "--json", help="Print JSON, as docs/migration-plan.schema.json says."),
    rows: int = typer.Option(
        None, "--rows", min=0, metavar="N", help=f"Show at most N rows of each relation. Default: {_SHOWN}."
    ),
) -> None:
    """Say what the cleanup migration would do to a target, and whether its notices were true.

    --plan runs the file on a clone of the target's database where one can be
    made, else in a transaction that is rolled back, and shows what it ends,
    resets and takes off the listing, what it leaves, and whether it harms
    healthy rooms. In production nothing is run: queries say what it has to do.
    Of the target file only \\[database], \\[migration] and environment are needed.

    --verify reads the notices of the real run and looks at the database again.

    Exit 0: all that has to be repaired is, nothing else changes, and the
    notices are true. 1: not so. 2: could not tell. 3: misuse.
    """
    if plan_it == bool(verify_log):
        raise GreenroomError("say either --plan or --verify LOG", hint="greenroom migration --help")
    described = read_target(target_name(target), ROOT)
    part = described.part("database", "migration", "environment")
    access = described_database(described, part, "migrate")
    limit = _SHOWN if rows is None else rows
    if plan_it:
        if planned:
            raise GreenroomError("--planned goes with --verify", hint="greenroom migration --plan --json > plan.json")
        _plan(part, access, file, by, json=json, limit=limit)
    if file or by != "auto":
        raise GreenroomError("--file and --by go with --plan")
    _verify(part, access, verify_log, planned, json=json, limit=limit)


def _plan(part: TargetPart, access: DatabaseAccess, file: str, by: str, *, json: bool, limit: int) -> None:
    if by not in ("auto", "clone", "transaction", "query"):
        raise GreenroomError(f"--by {by}: unknown", hint="clone, transaction or query")
    path = _file(part, file)
    ways, because = ways_for(part.environment, cast(Way, by), path)
    what = Planned(part.called, access.dsn, part.folder, part.shown_over_http, path, part.migration, ways, because)
    with redacted_errors(part.secrets), Console(stderr=True).status("planning …") as status:
        found = plan(what, status.update)
    if json:
        typer.echo(found.model_dump_json(by_alias=True, indent=2))
    else:
        render_plan(Console(soft_wrap=True), found, limit)
    raise typer.Exit(found.exit)


def _verify(part: TargetPart, access: DatabaseAccess, log: str, planned: str, *, json: bool, limit: int) -> None:
    if not planned:
        hint = "before the run: greenroom migration --plan --json > plan.json; then --planned plan.json"
        raise GreenroomError("--verify needs the plan from before the run", hint=hint)
    before = _read_plan(Path(planned))
    if before.target != part.called:
        raise GreenroomError(f"{planned} is the plan of {before.target}, not of {part.called}", hint="--target NAME")
    said = notices_in(pieces_of_file(log), part.migration)
    with redacted_errors(part.secrets), Console(stderr=True).status("looking at the database …"):
        database = ReadOnlyDatabase(access.dsn, part.folder, writable=False, elsewhere=part.shown_over_http)
        with closing(database), database.one_look():
            database.check_relations()
            found = verify(part.called, database, before, said, part.migration)
    if json:
        typer.echo(found.model_dump_json(by_alias=True, indent=2))
    else:
        render_verified(Console(soft_wrap=True), found, limit)
    raise typer.Exit(found.exit)


def _file(part: TargetPart, named: str) -> Path | None:
    """The migration, None where nobody names one. Raises GreenroomError when it is not there."""
    path = Path(named) if named else part.folder / part.migration.file if part.migration else None
    if path is not None and not path.is_file():
        hint = "" if named else "[migration] file: relative to the target's folder"
        raise GreenroomError(f"there is no migration at {path}", hint=hint, code="no-migration")
    return path


def _read_plan(path: Path) -> PlanFile:
    text = read_text(path, lambda message, hint: GreenroomError(message, hint=hint, code="bad-plan"), shown=str(path))
    try:
        return PlanFile.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        message = f"{path} is no plan: {where + ': ' if where else ''}{first['msg'].lower()}"
        raise GreenroomError(message, hint="greenroom migration --plan --json > plan.json", code="bad-plan") from None
