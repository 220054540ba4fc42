"""One Gherkin step as it went, with its evidence: what was sent, checked and changed, and what the pages said.

All strings are already redacted; durations are seconds.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from greenroom.core.verdict import Verdict


class Recorded(BaseModel):
    """A part of the record: a frozen value that knows all of its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Exchange(Recorded):
    """One HTTP request and what came back."""

    channel: str = Field(description="The service that was asked: gateway, data_api, auth or web.")
    origin: Literal["http", "page"] = Field("http", description="Who sent it: the harness, or the page.")
    who: str = Field("", description="The person on whose behalf, for example Ada.")
    method: str
    url: str
    request_headers: dict[str, str] = {}
    request_body: str = ""
    status: int | None = Field(None, description="None when nobody answered; then `error` says why.")
    response_headers: dict[str, str] = {}
    response_body: str = ""
    seconds: float = 0.0
    error: str = ""
    fault: str = Field("", description="The injected fault that answered instead of the target, if any.")


class Rows(Recorded):
    """Rows of one relation as an assertion saw them."""

    relation: str
    columns: list[str]
    rows: list[list[str]]


class Check(Recorded):
    """One assertion over the database, the page or an answer: what was expected, and what was seen."""

    promise: str = ""
    claim: str = Field(description="What is claimed, for example: Ada's room is at rest.")
    held: bool | None = Field(description="Whether it held; None when nobody shows what the claim is about.")
    expected: str = ""
    found: str = ""
    waited: float = Field(0.0, description="How long it was waited for, in seconds.")
    deadline: str = Field("", description="Name and value of the deadline, for example: settle 2 s.")
    seen: list[Rows] = Field([], description="The rows it looked at.")
    unseen: list[str] = Field([], description="The parts of the claim that nobody shows.")


class Change(Recorded):
    """One difference in the scenario's own rows, found after a step. Together they are the state timeline."""

    relation: str = Field(description="rooms, sessions, attendance, listing or accounts.")
    key: str = Field(description="The row, as a person would name it: Ada's room, session 7c1e….")
    field: str = Field(description="The column; empty for a row that appeared or went.")
    before: str | None = None
    after: str | None = None


class Wrong(Recorded):
    """One thing that is wrong, for machines. Failures that share subject and how have the same cause."""

    subject: str = Field(description="rooms.session_id, operation:end, page:End Room; else a sentence without names.")
    how: str = Field(description="In which way: not cleared, refused as not_idle, broke, not offered.")
    invariant: bool = Field(False, description="Whether the rows offend an invariant, whatever is expected of them.")
    since: int = Field(0, description="Number of the step since which it is so; 0 when that is not known.")
    operations: list[str] = Field([], description="The operations that were sent in that step, by their names.")


class PageNote(Recorded):
    """What a page said by itself: a console line, an uncaught error, a failed request; or what it showed when a step
    had failed."""

    who: str = Field(description="The person whose page it is.")
    kind: Literal["console", "error", "request-failed", "navigation", "shown"]
    level: str = ""
    text: str
    expected: bool = Field(False, description="Whether the scenario caused it on purpose.")


class Step(Recorded):
    """One Gherkin step as it went."""

    keyword: str = Field(description="Given, When, Then, And or But.")
    text: str
    line: int
    verdict: Verdict | None = Field(None, description="None: the step was not reached.")
    seconds: float = 0.0
    table: list[list[str]] = []
    docstring: str = ""
    exchanges: list[Exchange] = []
    checks: list[Check] = []
    changes: list[Change] = []
    page: list[PageNote] = Field([], description="What the pages said during the step.")
