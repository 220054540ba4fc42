"""`greenroom doctor`: is the target what its file says, before a run."""

from __future__ import annotations

from contextlib import closing

import typer

from greenroom.core.console import Console
from greenroom.core.errors import GreenroomError
from greenroom.core.project import PRIVATE, ROOT, target_name
from greenroom.doctor.examine import SUBJECTS, examine
from greenroom.doctor.finding import Finding, exit_code
from greenroom.doctor.table import Table
from greenroom.targetfile.load import read_target

_ONLY = f"Look at this subject, and at what it needs: {', '.join(SUBJECTS)}."


def doctor(
    target: str = typer.Option("", "--target", metavar="NAME", help="A folder below targets/, or the path of one."),
    only: list[str] = typer.Option(None, "--only", metavar="SUBJECT", help=_ONLY),
    patience: float = typer.Option(
        0.0, "--patience", min=0, metavar="SECONDS", help="Wait out a limiter's 429 that long."
    ),
) -> None:
    """Check everything that a run will rely on: file, services, database, people, operations, pages, capabilities.

    What is wrong is said with file, line and hint. People and rooms are made for it, bear a mark, and are removed.
    The target is reference, or what GREENROOM_TARGET names.
    Exit 0: all is well. 2: the target did not answer, or throttled us. 3: something is wrong.
    """
    subjects = only or list(SUBJECTS)
    for subject in subjects:
        if subject not in SUBJECTS:
            hint = f"one of: {', '.join(SUBJECTS)}"
            raise GreenroomError(f"--only {subject!r} is no subject", hint=hint, code="usage")
    file = read_target(target_name(target), ROOT)
    table, findings = Table(Console()), list[Finding]()
    with closing(examine(file, PRIVATE, subjects, patience=patience)) as examination:  # Ctrl-C ends it, too
        for subject, finding in examination:
            table.add(subject, finding)
            findings.append(finding)
    table.close()
    raise typer.Exit(exit_code(findings))
