"""The events of a run, as frozen values. What is written to `record.jsonl` is exactly these, one a line.

Order in a file: one `Header`, then `ScenarioStarted` and `ScenarioFinished` in the order they happened, then one
`Footer`. A file without its footer is a truncated run. All strings are already redacted; times are ISO 8601 UTC,
durations are seconds.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from greenroom.core.verdict import RunVerdict, Verdict

SCHEMA = "greenroom.record/1"


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TargetInfo(_Event):
    """Who was judged."""

    name: str
    version: str = ""
    environment: str
    contact: str = ""
    addresses: dict[str, str] = {}
    sources: dict[str, str] = {}  # relation -> who shows it: "database", "gateway", "page", "" for nobody


class Header(_Event):
    """The first line: what was run against what, and how to run it again."""

    event: Literal["header"] = "header"
    schema_: str = Field(SCHEMA, alias="schema", serialization_alias="schema")
    run: str
    started: str
    target: TargetInfo
    seed: int
    command: str
    selection: str = ""
    workers: int = 1
    planned: int = 0
    versions: dict[str, str] = {}

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Exchange(_Event):
    """One HTTP request and what came back. `channel` names the service: gateway, data_api, auth, web.

    `origin` says who sent it: the harness ("http") or the page ("page"). `status` is None when nobody answered,
    and then `error` says why.
    """

    channel: str
    origin: Literal["http", "page"] = "http"
    who: str = ""
    method: str
    url: str
    request_headers: dict[str, str] = {}
    request_body: str = ""
    status: int | None = None
    response_headers: dict[str, str] = {}
    response_body: str = ""
    seconds: float = 0.0
    error: str = ""
    fault: str = ""  # the injected fault that answered instead of the target, if any


class Rows(_Event):
    """Rows of one relation as an assertion saw them."""

    relation: str
    columns: list[str]
    rows: list[list[str]]


class Check(_Event):
    """One assertion over the database, the page or an answer: what was expected, what was seen.

    `held` is None when nobody shows what the claim is about; `unseen` is the part of it that nobody shows.
    """

    promise: str = ""
    claim: str  # "Ada's room is at rest"
    held: bool | None
    expected: str = ""
    found: str = ""
    waited: float = 0.0
    deadline: str = ""  # name and value: "settle 2 s"
    seen: list[Rows] = []
    unseen: list[str] = []


class Change(_Event):
    """One difference in the scenario's own rows, found after a step: the state timeline."""

    relation: str  # rooms, sessions, attendance, listing, accounts
    key: str  # "Ada's room", "session 7c1e…"
    field: str  # a column, or "" for a row that appeared or went
    before: str | None = None
    after: str | None = None


class PageNote(_Event):
    """What a page said by itself: a console line, an uncaught error, a failed request."""

    who: str
    kind: Literal["console", "error", "request-failed", "navigation"]
    level: str = ""
    text: str
    expected: bool = False


class Attachment(_Event):
    """A file beside the record. `path` is relative to the run's folder."""

    name: str
    media_type: str
    path: str


class Step(_Event):
    """One Gherkin step as it went."""

    keyword: str  # Given, When, Then, And, But
    text: str
    line: int
    verdict: Verdict | None = None  # None: not reached
    seconds: float = 0.0
    table: list[list[str]] = []
    docstring: str = ""
    exchanges: list[Exchange] = []
    checks: list[Check] = []
    changes: list[Change] = []
    page: list[PageNote] = []


class Failure(_Event):
    """Why a scenario did not pass, in words a person can act on."""

    kind: Literal["promise", "invariant", "contradiction", "inconclusive", "error", "leftover", "fixed"]
    promise: str = ""
    promise_text: str = ""
    step: str = ""
    line: int = 0
    message: str  # several lines: expected, found, since
    cause: str = ""  # for inconclusive: a short stable word
    hint: str = ""
    again: str = ""  # the command that shows it again
    traceback: str = ""


class ScenarioStarted(_Event):
    event: Literal["scenario-started"] = "scenario-started"
    id: str
    worker: str = ""
    at: str


class ScenarioFinished(_Event):
    """A whole scenario with its evidence."""

    event: Literal["scenario"] = "scenario"
    id: str  # pytest's node id, stable between runs
    feature: str  # the feature file's path, relative to the project where it is inside
    feature_title: str
    feature_description: str = ""
    rule: str = ""  # "E7 End Room works even when the gateway does not"
    rule_description: str = ""
    name: str
    line: int
    example: dict[str, str] = {}
    tags: list[str] = []
    promises: list[str] = []
    channels: list[str] = []  # of browser, http, database
    verdict: Verdict
    started: str = ""
    seconds: float = 0.0
    setup_seconds: float = 0.0
    teardown_seconds: float = 0.0
    worker: str = ""
    steps: list[Step] = []
    invariants: list[Check] = []
    people: dict[str, str] = {}  # "Ada" -> "account 7c1e…, room 9f02…"
    failure: Failure | None = None
    note: str = ""  # why not applicable, or which listed failure
    attachments: list[Attachment] = []


class Footer(_Event):
    """The last line: the run is complete, and this is its verdict."""

    event: Literal["footer"] = "footer"
    finished: str
    seconds: float
    verdict: RunVerdict
    exit: int
    counts: dict[str, int]  # verdict -> scenarios; every verdict present, also at 0
    complete: bool = True
    reason: str = ""  # why it could not tell, or was cut short: one line
    census: dict[str, int] = {}  # relation -> rows of this run still there after teardown


Event = Annotated[Header | ScenarioStarted | ScenarioFinished | Footer, Field(discriminator="event")]
Json = dict[str, Any]
