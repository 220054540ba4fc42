"""The lines of a watch's series, as frozen values: `WatchBegan`, then `Look` after `Look`, last `WatchEnded`.

What is written to `series.jsonl` is exactly these, one a line. A watch without its end is under way, or was killed; who
goes on with it writes `WatchBegan` again, which `continues`. The schema of a line is docs/series.schema.json, which
`python -m greenroom.reporting.schemas` writes. Times are ISO 8601 UTC, durations are seconds; all strings are already
redacted.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from greenroom.record.step import Recorded

Schema = Literal["greenroom.series/1"]
SCHEMA: Schema = "greenroom.series/1"

Judged = Literal["good", "bad", "unknown"]
Done = Literal["done", "conflict", "refused", "broke"]


class OperationSeen(Recorded):
    """One operation that the canary tried."""

    name: str
    seconds: float
    came_of_it: Done = Field(description="A conflict is a Go Live that was answered 409.")
    status: int = Field(description="The HTTP status; 0 where it is no request, or nobody answered.")
    said: str = Field("", description="What went wrong, in a line; empty when it was done.")


class CanarySeen(Recorded):
    """What came of somebody who went live, was listed, was joined, ended, was listed no more, and was removed."""

    operations: list[OperationSeen] = Field([])
    listed_after: float | None = Field(None, description="After Go Live; where `late` has it, it took longer than so.")
    gone_after: float | None = Field(None, description="After the end; where `late` has it, it took longer than so.")
    late: list[Literal["listed", "gone"]] = Field([], description="What did not happen within its deadline.")
    could_not_tell: str = Field("", description="Why it could not be told how it went; empty when it could.")


class LogSeen(Recorded):
    """What the gateway's log had since the look before."""

    go_lives: int = Field(0, description="Those that were answered 409 included.")
    conflicts: int = 0
    lines: list[str] = Field([], description="The last lines of them that are conflicts.")
    position: str = Field("", description="Up to where it is read.")
    could_not_tell: str = ""


class WatchedFigure(Recorded):
    """One figure beside its bound, what the look says of it, and what its alarm has come to."""

    name: str
    of: str = Field("", description="The operation that it is about; empty for the figures that there is one of.")
    found: float | None = Field(None, description="None where the look could not tell.")
    bound: float | None = Field(None, description="At most so much; None: it is told and not judged.")
    judged: Judged = "unknown"
    alarm: bool = Field(False, description="Whether it is an alarm after this look.")
    recent: list[bool] = Field([], description="Of the last looks that could tell: whether it was out of bounds.")
    turning_since: float | None = Field(None, description="Since when looks speak against `alarm`, since 1970.")
    since: str | None = Field(None, description="Since when it is so, as far as the rows tell.")
    rows: list[dict[str, Any]] = Field([], description="What is out of bounds, the oldest first; ids in full.")

    @property
    def called(self) -> str:
        """Its name, and of which operation."""
        return f"{self.name} of {self.of}" if self.of else self.name


class Silence(Recorded):
    """Whether it could not be told for as long as an alarm takes, by the rule of alarms."""

    lasting: bool = False
    recent: list[bool] = Field([])
    turning_since: float | None = None


class WatchBegan(Recorded):
    """A watch begins, or another process goes on with it."""

    event: Literal["began"]
    schema_: Schema = Field(alias="schema")
    target: str
    at: str
    every: float = Field(description="Seconds between two looks; 0: as often as it is called.")
    lasts: float | None = Field(description="Seconds; None: until it is ended.")
    continues: bool = Field(description="Whether it goes on with the watch that the file holds.")
    canary: str = Field(description="Why there is no canary; empty where there is one.")
    version: str = Field(description="Greenroom's.")


class Look(Recorded):
    """What one look saw."""

    event: Literal["look"]
    at: str
    seconds: float = Field(description="How long it took.")
    could_not_tell: list[str] = Field([], description="What could not be told, and why.")
    maintenance: str = Field("", description="The time of maintenance that it lies in: nothing is judged.")
    documented_stuck: int | None = Field(None, description="The stuck rooms by the session fix's own query.")
    canary: CanarySeen | None = None
    log: LogSeen | None = None
    figures: list[WatchedFigure] = Field([])
    silence: Silence = Silence()

    @property
    def could_tell(self) -> bool:
        """Whether all that was to be looked at could be."""
        return not self.could_not_tell

    @property
    def out(self) -> list[WatchedFigure]:
        """What was out of bounds."""
        return [one for one in self.figures if one.judged == "bad"]

    @property
    def alarms(self) -> list[WatchedFigure]:
        """What is an alarm after it."""
        return [one for one in self.figures if one.alarm]


class WatchEnded(Recorded):
    """A watch came to its end: its time was over, or somebody ended it."""

    event: Literal["ended"]
    at: str
    why: Literal["its time was over", "it was ended"]


Line = Annotated[WatchBegan | Look | WatchEnded, Field(discriminator="event")]
