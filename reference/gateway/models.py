"""The bodies that the gateway takes. What does not fit is refused, saying what and where; unknown keys are ignored."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator


def _no_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("must not contain a NUL character")
    return text


def _within_reach(moment: datetime) -> datetime:
    if not 2000 <= moment.year <= 2200:
        raise ValueError("must be between the years 2000 and 2200")
    return moment.astimezone(UTC)


Text = Annotated[str, AfterValidator(_no_nul)]
Title = Annotated[Text, Field(min_length=1, max_length=200)]
Topics = Annotated[list[Annotated[Text, Field(min_length=1, max_length=100)]], Field(max_length=50)]
Moment = Annotated[AwareDatetime, AfterValidator(_within_reach)]
AccessLevel = Literal["public", "group"]


class Body(BaseModel):
    """Strict: a number is no text, and a text is no number."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


class NewRoom(Body):
    """POST /rooms."""

    title: Title
    topic_keys: Topics = []
    starts_at: Moment | None = None
    access_level: AccessLevel = "public"
    metadata: dict[str, Any] = {}


class NewSession(Body):
    """POST /rooms/:id/sessions. Without an access level of its own a session has the room's."""

    session_title: Title | None = None
    topic_keys: Topics = []
    starts_at: Moment
    ends_at: Moment | None = None
    access_level: AccessLevel | None = None
    auto_admit: bool = True
    lobby_buffer_minutes: int = Field(default=15, ge=0, le=60)
    max_participants: int = Field(default=100, ge=1, le=10_000)
    metadata: dict[str, Any] = {}
    idempotency_key: Annotated[Text, Field(min_length=1, max_length=200)] | None = None

    @model_validator(mode="after")
    def _ends_after_start(self) -> NewSession:
        if self.ends_at is not None and self.ends_at <= max(self.starts_at, datetime.now(UTC)):
            raise ValueError("ends_at must be after starts_at and in the future")
        return self


class Caller(Body):
    """Bodies that name the caller, who may be left out."""

    user_id: UUID | None = None


class Guest(Body):
    """Bodies that name the guest whom the host means."""

    user_id: UUID
