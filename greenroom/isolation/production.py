"""Production is refused, whatever the flags."""

from __future__ import annotations

from greenroom.core.errors import GreenroomError
from greenroom.targetfile.model import Target


def refuse_production(target: Target) -> None:
    """Raises GreenroomError for a target that real people use: no flag lets scenarios run there."""
    if target.environment == "production":
        raise GreenroomError(
            f"the target {target.name!r} is marked production: no scenario runs there",
            hint="`greenroom audit` and `greenroom monitor` read it, and write nothing",
            code="production",
        )
