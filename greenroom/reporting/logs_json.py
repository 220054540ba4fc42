"""What `greenroom logs --json` prints.

Its schema is docs/logs.schema.json, which `python -m greenroom.reporting.schemas` makes of the models below.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from greenroom.core.verdict import Exit, RunVerdict

Schema = Literal["greenroom.logs/1"]
SCHEMA: Schema = "greenroom.logs/1"

_Count = Annotated[int, Field(ge=0)]
_Part = Annotated[float, Field(ge=0, le=1)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LinePlace(_Model):
    """Where a line stands, and what it says."""

    file: str = Field(description="As it was named; `(standard input)`, or the command's name in brackets.")
    line: int = Field(ge=1)
    time: str | None = Field(description="When it was written, ISO 8601 UTC; null where nothing says so.")
    text: str = Field(description="The line without secrets, cut after 500 letters; of a JSON line its message.")


class HourSeen(_Model):
    """One hour in which at least one documented line was written."""

    hour: str = Field(description="Its beginning, ISO 8601 UTC.")
    sessions_created: _Count
    conflicts: _Count = Field(description="409s to Go Live.")
    conflict_rate: _Part | None = Field(description="Conflicts of all Go Lives, refused ones included.")
    unreset: _Count = Field(description="Conflicts that no forced reset followed in time.")
    unsynced: _Count = Field(description="Sessions created that were not synced to the listing in time.")
    fallback_ends: _Count
    rooms_provisioned: _Count
    holds: bool = Field(description="Whether its conflicts are within [watch].")


class PairSeen(_Model):
    """A line that has to be followed by another one."""

    within: float = Field(description="The deadline in seconds.")
    begun: _Count = Field(description="Lines that have to be followed.")
    followed: _Count
    alone: _Count = Field(description="Lines that nothing followed in time.")
    undecided: _Count = Field(description="Lines whose deadline had not passed when the log ended.")
    out_of_place: _Count = Field(description="Lines that follow nothing.")
    places: list[LinePlace] = Field(description="Lines that nothing followed; as many as `--rows` says, 1,000 at most.")


class SingleSeen(_Model):
    """Lines that mean something by themselves."""

    count: _Count
    places: list[LinePlace] = Field(description="As many as `--rows` says, 1,000 at most.")


class FigureSeen(_Model):
    """One figure and its bound in [watch]."""

    name: str = Field(min_length=1, description="The key of [watch].")
    found: float | None = Field(description="Null where the log can't tell it.")
    bound: float | None = Field(description="Null: any number is within.")
    holds: bool | None = Field(description="Null where the log can't tell it.")
    note: str


class LogsFile(_Model):
    """What a log says."""

    schema_: Schema = Field(SCHEMA, alias="schema")
    target: str = Field(min_length=1)
    sources: list[str] = Field(description="The files in which lines were read.")
    lines: _Count
    since: str | None = Field(description="Earlier lines do not count, ISO 8601 UTC.")
    first: str | None = Field(description="When the earliest line was written, ISO 8601 UTC.")
    last: str | None
    earlier: _Count = Field(description="Documented lines from before `since`.")
    untimed: _Count = Field(description="Documented lines that do not say when: they are in no hour.")
    verdict: Literal[RunVerdict.CONFORMANT, RunVerdict.NOT_CONFORMANT, RunVerdict.COULD_NOT_TELL]
    exit: Literal[Exit.CONFORMANT, Exit.NOT_CONFORMANT, Exit.COULD_NOT_TELL] = Field(description="The exit code.")
    figures: list[FigureSeen]
    hours: list[HourSeen]
    resets: PairSeen = Field(description="Conflicts, and the forced resets that follow.")
    syncs: PairSeen = Field(description="Sessions created, and the lines that say that they were synced.")
    fallback_ends: SingleSeen
    rooms_provisioned: SingleSeen
