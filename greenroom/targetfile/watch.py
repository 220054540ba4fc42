"""What is watched after a deployment, and what is out of bounds: the table `[watch]`, documented in docs/targets.md."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from greenroom.targetfile.maintenance import read_maintenance

WATCHED = (
    "stuck_rooms",
    "orphaned_sessions",
    "falsely_listed",
    "unlisted_sessions",
    "broken_invariants",
    "listing_delay_p50",
    "listing_delay_p95",
    "conflict_rate",
    "operation_errors",
    "operation_seconds",
)
"""The figures that `greenroom monitor` watches, each a key of the table, in the order in which they are told."""


class AlarmRule(BaseModel):
    """When a figure that is out of bounds becomes an alarm, and when it is over: after as many good looks."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    looks: int = Field(2, ge=1, description="so many looks have to be out of bounds")
    of: int = Field(3, ge=1, description="of so many that could tell, the last ones")
    minutes: float = Field(1.0, ge=0, description="and for so many minutes at least")

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.looks > self.of:
            raise ValueError(f"{self.looks} of {self.of} looks can't be: `looks` is larger than `of`")
        return self


class Watch(BaseModel):
    """Bounds of figures, and named deadlines in seconds. A bound of `inf` lets a figure be told and not judged.

    The defaults are the targets of the session fix: conflicts near zero, no stuck room, a listing that is accurate.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    conflict_rate: float = Field(0.01, ge=0, description="the part of an hour's Go Lives that may be answered 409")
    conflicts_an_hour: float = Field(1.0, ge=0, description="so many 409s in an hour are let pass, whatever their part")
    stuck_rooms: float = Field(0.0, ge=0, description="rooms that stay stuck: conflicts that no forced reset followed")
    unlisted_sessions: float = Field(
        0.0, ge=0, description="sessions that were created and never synced to the listing"
    )
    fallback_ends: float = Field(float("inf"), ge=0, description="rooms that the page ended without the gateway")
    rooms_provisioned: float = Field(float("inf"), ge=0, description="permanent rooms that the page provisioned")
    reset_within: float = Field(30.0, gt=0, description="a conflict is followed by a forced reset")
    sync_within: float = Field(10.0, gt=0, description="a session that was created is synced to the listing")
    orphaned_sessions: float = Field(0.0, ge=0, description="open sessions that no room points to")
    falsely_listed: float = Field(0.0, ge=0, description="rooms that are listed as live and are not")
    broken_invariants: float = Field(float("inf"), ge=0, description="rows that offend any other invariant")
    listing_delay_p50: float = Field(2.0, ge=0, description="seconds in which half of the changes are in the listing")
    listing_delay_p95: float = Field(5.0, ge=0, description="seconds in which 95 % of them are")
    operation_errors: float = Field(0.01, ge=0, description="the part of an operation's calls that may go wrong")
    operation_seconds: float = Field(5.0, ge=0, description="how long an operation may take")
    window: float = Field(60.0, gt=0, description="minutes over which delays, conflicts and errors are counted")
    looks: int = Field(2, ge=1, description="so many looks out of bounds are an alarm, so many good ones its end")
    of: int = Field(3, ge=1, description="of so many that could tell, the last ones")
    minutes: float = Field(1.0, ge=0, description="and for so many minutes at least")
    alarms: dict[str, AlarmRule] = Field({}, description="the same for one figure: [watch.alarms.stuck_rooms]")
    maintenance: list[str] = Field([], description="when nothing is judged")

    @field_validator("maintenance")
    @classmethod
    def _readable(cls, windows: list[str]) -> list[str]:
        for text in windows:
            read_maintenance(text)
        return windows

    @model_validator(mode="after")
    def _known(self) -> Self:
        AlarmRule(looks=self.looks, of=self.of, minutes=self.minutes)
        if unknown := [name for name in self.alarms if name not in WATCHED]:
            raise ValueError(f"[watch.alarms.{unknown[0]}] names no figure: {', '.join(WATCHED)}")
        return self

    def rule(self, figure: str) -> AlarmRule:
        """When that figure becomes an alarm."""
        return self.alarms.get(figure) or AlarmRule(looks=self.looks, of=self.of, minutes=self.minutes)
