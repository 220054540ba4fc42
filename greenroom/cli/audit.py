"""`greenroom audit`: every invariant over the whole database, read-only, with the offending rows."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

import typer

from greenroom.claims.audit import Audit
from greenroom.claims.audit import audit as audit_database
from greenroom.cli.audit_text import render
from greenroom.cli.described_database import described_database
from greenroom.core.console import Console
from greenroom.core.project import ROOT, target_name
from greenroom.core.verdict import Exit, RunVerdict
from greenroom.drivers.read_only import ReadOnlyDatabase
from greenroom.reporting.audit_json import AuditFile, DocumentedStuck, InvariantFound
from greenroom.targetfile.load import read_target
from greenroom.targetfile.model import DatabaseAccess
from greenroom.targetfile.part import TargetPart
from greenroom.targetfile.secrets import redacted_errors

_SHOWN = 10


def audit(
    target: str = typer.Option("", "--target", metavar="NAME", help="The target to audit. Default: GREENROOM_TARGET."),
    json: bool = typer.Option(False, "--json", help="Print JSON, as docs/audit.schema.json says, with every row."),
    rows: int = typer.Option(
        None, "--rows", min=0, metavar="N", help=f"Show at most N rows of each invariant. Default: {_SHOWN}."
    ),
) -> None:
    """Check every invariant over a target's whole database. Reads only; fit for production and for a hot standby.

    Of the target file only \\[database] is needed, and relations.sql beside it.
    All is read in one read-only transaction: a relation that writes is refused
    by the database and named. Each broken invariant shows how many rows offend
    it and, as far as rows tell, since when; the oldest first, with whole ids.

    Exit 0: every invariant holds. 1: one is broken. 2: nobody answered, a lock
    was held for 5 s, or a query took 60 s. 3: misuse.
    """
    described = read_target(target_name(target), ROOT)
    part = described.part("database")
    access = described_database(described, part, "audit")
    limit = rows if rows is not None else None if json else _SHOWN
    with redacted_errors(part.secrets), Console(stderr=True).status("auditing …") as status:
        found = _look(part, access, limit, lambda what: status.update(f"auditing, {what} …"))
    if json:
        typer.echo(found.model_dump_json(by_alias=True, indent=2))
    else:
        render(Console(soft_wrap=True), found)
    raise typer.Exit(found.exit)


def _look(part: TargetPart, access: DatabaseAccess, rows: int | None, tell: Callable[[str], object]) -> AuditFile:
    database = ReadOnlyDatabase(access.dsn, part.folder, writable=False, elsewhere=part.shown_over_http)
    with closing(database), database.one_look():
        database.check_relations()
        return _file(part.called, database, audit_database(database, rows=rows, tell=tell))


def _file(target: str, database: ReadOnlyDatabase, seen: Audit) -> AuditFile:
    verdict, code = RunVerdict.CONFORMANT, Exit.CONFORMANT
    if seen.broken:
        verdict, code = RunVerdict.NOT_CONFORMANT, Exit.NOT_CONFORMANT
    return AuditFile(
        target=target,
        at=seen.at,
        server=database.version(),
        standby=database.is_standby(),
        verdict=verdict,
        exit=code,
        documented_stuck=DocumentedStuck(count=seen.documented_stuck, since=seen.documented_since or None),
        invariants=[
            InvariantFound(
                name=one.invariant.name,
                promise=one.invariant.promise,
                sentence=one.invariant.sentence,
                holds=not one.count,
                count=one.count,
                since=one.since or None,
                rows=list(one.rows),
            )
            for one in seen.found
        ],
    )
