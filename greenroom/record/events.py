"""The events of a run, as frozen values. What is written to `record.jsonl` is exactly these, one a line.

Order in a file: one `Header`, then `ScenarioStarted` and `ScenarioFinished` in the order they happened, then one
`Footer`. A file without its footer is a truncated run. All strings are already redacted; times are ISO 8601 UTC,
durations are seconds. The schema of a line is docs/record.schema.json, which `python -m greenroom.reporting.schemas`
writes. A key that is added later has a default, so that older records are still read.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from greenroom.core.verdict import RunVerdict, Verdict
from greenroom.record.step import Change, Check, Exchange, PageNote, Recorded, Rows, Step, Wrong

__all__ = [  # all that a line is made of, its steps included
    "SCHEMA",
    "Attachment",
    "Change",
    "Check",
    "Event",
    "Exchange",
    "Failure",
    "FailureKind",
    "Footer",
    "Header",
    "PageNote",
    "Rows",
    "ScenarioFinished",
    "ScenarioStarted",
    "Shard",
    "Step",
    "Suite",
    "TargetInfo",
    "Wrong",
]

Schema = Literal["greenroom.record/1"]
SCHEMA: Schema = "greenroom.record/1"

FailureKind = Literal["promise", "invariant", "contradiction", "inconclusive", "error", "leftover", "fixed", "blocked"]


def _require(schema: dict[str, Any]) -> None:
    always = [key for key in ("event", "schema") if key in schema["properties"]]
    schema["required"] = [*always, *schema["required"]]


class _Line(Recorded):
    """A whole line. What says which line it is has a default for programs, and is required in a file."""

    model_config = ConfigDict(json_schema_extra=_require)


class TargetInfo(Recorded):
    """The system that the run is about."""

    name: str
    version: str = ""
    environment: str
    contact: str = ""
    addresses: dict[str, str] = Field({}, description="Service to its address.")
    sources: dict[str, str] = Field(
        {}, description="Relation to who shows it: database, gateway or page; empty for nobody."
    )
    clock: str = Field("", description="How far this machine's clock is from the target's, where it matters.")


class Suite(Recorded):
    """What was to be run: the same for every shard of it."""

    digest: str = Field(description="Of the chosen scenarios, with all that their feature files say.")
    target: str = Field(description="Of the files that describe the target.")
    scenarios: int = Field(description="How many scenarios were chosen, before they were shared out.")


class Shard(Recorded):
    """Which part of a suite was run."""

    number: int = Field(description="From 1.")
    of: int = Field(description="How many shards there are.")
    digest: str = Field("", description="Of who runs what: the same for all shards; empty where it was not known yet.")
    times: str = Field("", description="The run whose times balanced them; empty where they were shared out by number.")


class Header(_Line):
    """The first line: what was run against what, and how to run it again."""

    event: Literal["header"] = "header"
    schema_: Schema = Field(SCHEMA, alias="schema", serialization_alias="schema")
    run: str = Field(description="The run's id; also the name of its folder.")
    started: str
    target: TargetInfo
    seed: int
    command: str = Field(description="The command that repeats the run.")
    selection: str = Field("", description="The tag expression that chose the scenarios.")
    workers: int = 1
    planned: int = Field(0, description="How many scenarios were chosen.")
    suite: Suite | None = Field(None, description="None in older records, and where nothing was collected.")
    shard: Shard | None = Field(None, description="Which part of the suite this run is, where it is one.")
    merged: list[str] = Field([], description="The runs that this one was put together from, in the order of shards.")
    repeat: int = Field(1, description="How many times each scenario was to be run.")
    retries: int = Field(0, description="How many times a scenario that failed was to be tried again.")
    versions: dict[str, str] = Field({}, description="Program to its version.")
    subjects: dict[str, str] = Field(
        {},
        description="Subject letter to heading, in the order in which reports show them. Older records have none.",
    )
    promises: dict[str, str] = Field({}, description="Promise to its sentence. Older records have none.")

    model_config = ConfigDict(populate_by_name=True)


class Attachment(Recorded):
    """A file beside the record."""

    name: str
    media_type: str
    path: str = Field(description="Relative to the run's folder.")


class Failure(Recorded):
    """Why a scenario did not pass, in words that a person can act on."""

    kind: FailureKind
    promise: str = Field("", description="The broken promise, or empty.")
    promise_text: str = ""
    step: str = Field("", description="The Gherkin step it failed in, or empty.")
    line: int = 0
    message: str = Field(description="Several lines: what is wrong, then expected, found, since.")
    cause: str = Field("", description="A short stable word for what was in the way, when inconclusive.")
    hint: str = ""
    again: str = Field("", description="The command that shows it again.")
    traceback: str = ""
    wrong: list[Wrong] = Field([], description="What is wrong, for machines: what failed here.")
    also: list[Wrong] = Field([], description="What else was wrong with the rows at that moment.")
    besides: list[str] = Field([], description="What else went wrong afterwards, for example in the clean-up.")


class Attempt(Recorded):
    """One of several attempts at a scenario."""

    verdict: Verdict
    started: str = ""
    seconds: float = 0.0
    failure: Failure | None = None


class ScenarioStarted(_Line):
    """A scenario begins. One that never finishes was cut short."""

    event: Literal["scenario-started"] = "scenario-started"
    id: str = Field(description="The id that the scenario's own line has.")
    worker: str = ""
    at: str


class ScenarioFinished(_Line):
    """A whole scenario with its evidence."""

    event: Literal["scenario"] = "scenario"
    id: str = Field(description="Stable between runs.")
    feature: str = Field(description="The feature file's path, relative to the project where it is inside.")
    feature_title: str
    feature_description: str = ""
    rule: str = Field("", description="The title of its Rule: E7 End Room works even when the gateway does not.")
    rule_description: str = ""
    name: str
    line: int
    example: dict[str, str] = Field({}, description="The row of Examples that it was made from.")
    named_by: list[str] | None = None  # the columns of the example that its name holds; None in records of before
    tags: list[str] = Field([], description="Its own, and those of its rule and feature.")
    promises: list[str] = Field([], description="The promises that it checks.")
    channels: list[str] = Field([], description="Of browser, http and database, those that it used.")
    verdict: Verdict
    started: str = ""
    seconds: float = 0.0
    setup_seconds: float = 0.0
    teardown_seconds: float = 0.0
    worker: str = ""
    attempts: list[Attempt] = Field(
        [], description="All of them, where it was tried again after it failed. Steps and failure are the first one's."
    )
    repetition: int = Field(0, description="Which time it was, from 1, in a run that repeats; else 0.")
    steps: list[Step] = Field([], description="Those of the Background included.")
    invariants: list[Check] = Field([], description="Invariants of its rooms, looked at after the last step.")
    people: dict[str, str] = Field({}, description="Name to account and room: Ada to account 7c1e…, room 9f02….")
    failure: Failure | None = None
    note: str = Field("", description="Why it is not applicable, or which listed failure it is; or empty.")
    ticket: str = Field("", description="Where the listed failure that it is, or was, is dealt with.")
    ticket_url: str = Field("", description="The address of that ticket, where the target says how it is made.")
    attachments: list[Attachment] = Field([], description="Screenshots, and traces of the browser.")


class Footer(_Line):
    """The last line: the run came to its end, and this is its verdict."""

    event: Literal["footer"] = "footer"
    finished: str
    seconds: float
    verdict: RunVerdict
    exit: int
    counts: dict[str, int] = Field(description="Verdict to number of scenarios; every verdict is present, also at 0.")
    complete: bool = Field(True, description="Whether every scenario that was planned was run.")
    reason: str = Field("", description="Why it could not tell, or was cut short: one line.")
    census: dict[str, int] = Field({}, description="Relation to rows of this run that are still there after clean-up.")


Event = Annotated[Header | ScenarioStarted | ScenarioFinished | Footer, Field(discriminator="event")]
