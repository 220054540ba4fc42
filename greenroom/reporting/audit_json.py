"""What `greenroom audit --json` prints.

Its schema is docs/audit.schema.json, which `python -m greenroom.reporting.schemas` makes of the models below.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from greenroom.core.verdict import Exit, RunVerdict

Schema = Literal["greenroom.audit/1"]
SCHEMA: Schema = "greenroom.audit/1"

_Count = Annotated[int, Field(ge=0)]
_SINCE = "Since when, as far as the rows tell, ISO 8601 UTC; null where they do not."


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DocumentedStuck(_Part):
    """The stuck rooms that the session fix's own query counts. `nothing-stuck` is stricter: it knows as well rooms that
    are over themselves, and those whose session is not there."""

    count: _Count
    since: str | None = Field(description=_SINCE)


class InvariantFound(_Part):
    """One invariant, and what offends it."""

    name: str = Field(min_length=1)
    promise: str = Field(min_length=1, description="The promise that it serves, as in docs/promises.md.")
    sentence: str = Field(min_length=1, description="What must hold.")
    holds: bool
    count: _Count = Field(description="How many rows offend it.")
    since: str | None = Field(description=f"{_SINCE} Of the row that has been so for the longest.")
    rows: list[dict[str, Any]] = Field(
        description="Those rows, the oldest first, each with `since`; ids in full. As many as `--rows` says."
    )


class AuditFile(_Part):
    """All that an audit saw, in one transaction."""

    schema_: Schema = Field(SCHEMA, alias="schema")
    target: str = Field(min_length=1)
    at: str = Field(min_length=1, description="When, by the database's clock, ISO 8601 UTC.")
    server: str = Field(description="The database server's version.")
    standby: bool = Field(description="Whether it is a hot standby.")
    verdict: Literal[RunVerdict.CONFORMANT, RunVerdict.NOT_CONFORMANT]
    exit: Literal[Exit.CONFORMANT, Exit.NOT_CONFORMANT] = Field(description="The exit code.")
    documented_stuck: DocumentedStuck
    invariants: list[InvariantFound]
