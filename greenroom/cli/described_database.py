"""The database of a target file, for commands that need nothing else of it."""

from __future__ import annotations

from greenroom.core.errors import GreenroomError
from greenroom.targetfile.load import TargetFile
from greenroom.targetfile.model import DatabaseAccess
from greenroom.targetfile.part import TargetPart


def described_database(described: TargetFile, part: TargetPart, to_do: str) -> DatabaseAccess:
    """The database that a target file describes; `to_do` is what is wanted of it: "audit".

    Raises GreenroomError where there is none, or where it is there only for as long as a run.
    """
    if part.launched:
        raise GreenroomError(
            f"{part.called} is launched for each run: there is nothing to {to_do}",
            hint="name a target that is up, with --target",
        )
    if part.database is None:
        variables = described.variables_of("database", "dsn")
        hint = (
            f"set {' and '.join(variables)}" if variables else '[database] dsn = "${DATABASE_URL}" in its target.toml'
        )
        raise GreenroomError(f"{part.called} gives no database to {to_do}", hint=hint)
    return part.database
