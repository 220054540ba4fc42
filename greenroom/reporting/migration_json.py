"""What `greenroom migration` prints with --json: the plan, and what became of it.

Their schemas are docs/migration-plan.schema.json and docs/migration-verified.schema.json, which
`python -m greenroom.reporting.schemas` makes of the models below.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from greenroom.core.verdict import Exit, RunVerdict

PlanSchema = Literal["greenroom.migration-plan/1"]
PLAN_SCHEMA: PlanSchema = "greenroom.migration-plan/1"
VerifiedSchema = Literal["greenroom.migration-verified/1"]
VERIFIED_SCHEMA: VerifiedSchema = "greenroom.migration-verified/1"

By = Literal["clone", "transaction", "query"]
Notice = Literal["ended_sessions", "reset_rooms", "synced_listing"]
Rows = list[dict[str, Any]]
_Count = Annotated[int, Field(ge=0)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RowsOfRelations(_Part):
    """Rows of the relations that the migration repairs, the oldest first, ids in full."""

    sessions: Rows = []
    rooms: Rows = []
    attendance: Rows = []
    listing: Rows = []

    def of(self, relation: str) -> Rows:
        """Those of one relation."""
        return list(getattr(self, relation))


class ChangedRow(_Part):
    """A row that the migration changes, though nothing asks for it."""

    relation: str
    before: dict[str, Any] | None = Field(description="null: the row is made.")
    after: dict[str, Any] | None = Field(description="null: the row is deleted.")


class NoticeFound(_Part):
    """One of the migration's notices: the number it says, and what the rows say."""

    notice: Notice = Field(description="The key of [migration] that has its pattern.")
    said: int | None = Field(description="The number in it; null where there is no such line.")
    least: _Count = Field(description="So many rows at least, as far as the rows tell.")
    most: _Count = Field(description="So many at most. More than `least` where a cleanup has a choice.")


class PlanFile(_Part):
    """What the migration would do, and what it would leave undone."""

    schema_: PlanSchema = Field(PLAN_SCHEMA, alias="schema")
    target: str = Field(min_length=1)
    at: str = Field(min_length=1, description="When, by the database's clock, ISO 8601 UTC.")
    server: str = Field(description="The database server's version.")
    file: str = Field(description='The migration\'s file, "" where it was not run.')
    by: By = Field(description="How: run on a clone, run in a transaction that is undone, or asked for by query only.")
    because: list[str] = Field(description="Why not in a way that tells more.")
    verdict: RunVerdict
    exit: Exit = Field(description="The exit code.")
    repairs: RowsOfRelations = Field(
        description="What it would end, reset and take off the listing: rows as they are now. By query: what it has to."
    )
    choice: RowsOfRelations = Field(description="Odd rows that no promise names: a cleanup may repair them, or not.")
    error: str = Field(description='What the migration failed with, "" for nothing.')
    notices: list[NoticeFound] = Field(description="Empty where it was not run.")
    left: RowsOfRelations = Field(description="What it would have to repair, and leaves.")
    harmed: list[ChangedRow] = Field(description="Rows of healthy rooms that it would change.")


class VerifiedFile(_Part):
    """What the notices of the real run say, against the plan before it and the database after it."""

    schema_: VerifiedSchema = Field(VERIFIED_SCHEMA, alias="schema")
    target: str = Field(min_length=1)
    at: str = Field(min_length=1, description="When the database was looked at, by its clock, ISO 8601 UTC.")
    planned_at: str = Field(min_length=1)
    verdict: RunVerdict
    exit: Exit = Field(description="The exit code.")
    notices: list[NoticeFound]
    left: RowsOfRelations = Field(description="Rows of the plan that are as they were.")
    since: RowsOfRelations = Field(description="Rows that have to be repaired now, and were not in the plan.")
    others: _Count = Field(description="Sessions that began or ended since the plan, and were not in it.")
    reasons: list[str] = Field(description="Why the verdict is what it is, a sentence each.")
