"""What `--on-alert` gets on its standard input: docs/alert.schema.json."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from greenroom.record.series import WatchedFigure
from greenroom.reporting.watching.words import beside_bound

Schema = Literal["greenroom.alert/1"]
SCHEMA: Schema = "greenroom.alert/1"


class AlertFile(BaseModel):
    """One alarm, or the end of one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_: Schema = Field(SCHEMA, alias="schema")
    kind: Literal["alarm", "recovered"]
    target: str
    at: str = Field(description="When the look was that told it, ISO 8601 UTC.")
    figure: str = Field(description="A key of [watch].")
    of: str = Field(description="The operation that it is about; often empty.")
    found: float | None
    bound: float | None = Field(description="At most so much.")
    since: str | None = Field(description="Since when it is so, as far as the rows tell, ISO 8601 UTC.")
    text: str = Field(description="All of it in a line, for people.")
    rows: list[dict[str, Any]] = Field(description="What is out of bounds, the oldest first; ids in full.")
    series: str = Field(description="The file of the watch.")


def alert(
    kind: Literal["alarm", "recovered"], figure: WatchedFigure, *, target: str, at: str, series: str
) -> AlertFile:
    """The alert of a figure that became an alarm, or is none any more."""
    return AlertFile(
        kind=kind,
        target=target,
        at=at,
        figure=figure.name,
        of=figure.of,
        found=figure.found,
        bound=figure.bound,
        since=figure.since,
        text=f"{target}: {kind}: {beside_bound(figure)}",
        rows=figure.rows,
        series=series,
    )
