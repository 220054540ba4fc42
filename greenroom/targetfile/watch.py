"""What is watched after a deployment, and what is out of bounds: the table `[watch]`, documented in docs/targets.md."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


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
