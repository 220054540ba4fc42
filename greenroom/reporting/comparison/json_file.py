"""What `greenroom compare --json` prints, for a gate or a dashboard.

Its schema is docs/comparison.schema.json, which `python -m greenroom.reporting.schemas` makes of the models below.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from greenroom.core.verdict import Exit, RunVerdict, Verdict
from greenroom.reporting.comparison.comparison import Comparison, NewCause
from greenroom.reporting.comparison.times import RULE, Times
from greenroom.reporting.comparison.transition import Compared, Transition
from greenroom.reporting.conclusion import Conclusion
from greenroom.reporting.naming import full_name

Schema = Literal["greenroom.comparison/1"]
SCHEMA: Schema = "greenroom.comparison/1"

_Count = Annotated[int, Field(ge=0)]
_EVERY_TRANSITION: dict[str, JsonValue] = {"required": [str(transition) for transition in Transition]}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RunSummary(_Part):
    """One of the two runs."""

    run: str = Field(description="The run's id.")
    target: str
    version: str
    started: str
    selection: str = Field(description="The tag expression that chose the scenarios; empty for all.")
    verdict: RunVerdict
    exit: Exit
    scenarios: _Count = Field(description="How many finished.")


class ScenarioTransition(_Part):
    """One scenario in both."""

    id: str = Field(description="Its id in the second run; of one that is gone, in the first.")
    moved_from: str = Field(description="Its id in the first run, where that is another one; else empty.")
    name: str
    promises: list[str]
    transition: Transition
    before: Verdict | None = Field(description="None: the first run does not have it.")
    after: Verdict | None = Field(description="None: the second run does not have it.")
    another_cause: str = Field(description="Of one that is still broken: what is wrong now, where that is new.")


class CauseOfNewlyBroken(_Part):
    """One thing that is wrong in the second run, and what it newly broke."""

    title: str = Field(description="What is wrong, in one line.")
    subject: str
    how: str
    since: list[str] = Field(description="The operations, or the steps, since which it is so.")
    broken: list[str] = Field(description="The promises that it breaks.")
    touched: list[str] = Field(description="Other promises whose scenarios it made fail or blocked.")
    scenarios: list[str] = Field(description="The ids of the newly broken scenarios, the most telling first.")
    others: _Count = Field(description="How many more it makes fail that were broken, or not there, before.")


class SlowerScenario(_Part):
    """One that takes longer; seconds."""

    id: str
    before: float
    after: float


class TimesCompared(_Part):
    """How times compare, of the scenarios that passed in both."""

    rule: str = Field(description="What counts as slower.")
    why_not: str = Field(description="Why times were not compared; or empty.")
    scenarios: _Count = Field(description="How many were compared.")
    factor: float = Field(description="By how much the middle scenario takes longer.")
    low: float = Field(description="The factor is at least this, with 99 % confidence.")
    high: float = Field(description="The factor is at most this, with 99 % confidence.")
    slower: list[SlowerScenario]


class ComparisonFile(_Part):
    """Two runs side by side. Exit codes: 0 nothing newly broken, 1 something newly broken, 2 what was judged in the
    first run could not be told any more in the second. Times are ISO 8601 UTC, durations are seconds.
    """

    schema_: Schema = Field(alias="schema")
    verdict: Literal["nothing newly broken", "newly broken", "could not tell"]
    exit: Exit
    before: RunSummary
    after: RunSummary
    notes: list[str] = Field(description="What limits the comparison, a sentence each.")
    counts: dict[Transition, _Count] = Field(
        description="Transition to number of scenarios; every transition is present.",
        json_schema_extra=_EVERY_TRANSITION,
    )
    causes: list[CauseOfNewlyBroken] = Field(description="What is behind the newly broken, the largest first.")
    scenarios: list[ScenarioTransition]
    times: TimesCompared

    model_config = ConfigDict(title="Two Greenroom runs compared", populate_by_name=True)


def comparison_file(it: Comparison) -> ComparisonFile:
    """What the JSON says of `it`."""
    words = {Exit.NOT_CONFORMANT: "newly broken", Exit.COULD_NOT_TELL: "could not tell"}
    return ComparisonFile.model_validate(
        {
            "schema": SCHEMA,
            "verdict": words.get(it.exit, "nothing newly broken"),
            "exit": it.exit,
            "before": _run(it.before),
            "after": _run(it.after),
            "notes": list(it.notes),
            "counts": it.counts,
            "causes": [_cause(new) for new in it.causes],
            "scenarios": [_scenario(one, it) for one in it.scenarios],
            "times": _times(it.times),
        }
    )


def json_of(it: Comparison) -> str:
    """`it` as JSON, with a line break at its end."""
    return comparison_file(it).model_dump_json(by_alias=True, indent=2) + "\n"


def _run(run: Conclusion) -> RunSummary:
    header = run.record.header
    return RunSummary(
        run=header.run,
        target=header.target.name,
        version=header.target.version,
        started=header.started,
        selection=header.selection,
        verdict=run.verdict,
        exit=run.exit,
        scenarios=run.finished,
    )


def _scenario(one: Compared, it: Comparison) -> ScenarioTransition:
    return ScenarioTransition(
        id=one.scenario.id,
        moved_from=one.moved_from,
        name=full_name(one.scenario),
        promises=one.scenario.promises,
        transition=one.transition,
        before=one.before.verdict if one.before else None,
        after=one.after.verdict if one.after else None,
        another_cause=it.of_another_cause(one),
    )


def _cause(new: NewCause) -> CauseOfNewlyBroken:
    subject, how = new.cause.what
    return CauseOfNewlyBroken(
        title=new.cause.title,
        subject=subject,
        how=how,
        since=list(new.cause.since),
        broken=list(new.cause.broken),
        touched=list(new.cause.touched),
        scenarios=[scenario.id for scenario in new.cause.scenarios],
        others=new.others,
    )


def _times(times: Times) -> TimesCompared:
    return TimesCompared(
        rule=RULE,
        why_not=times.why_not,
        scenarios=times.number,
        factor=round(times.factor, 3),
        low=round(times.low, 3),
        high=round(times.high, 3),
        slower=[
            SlowerScenario(id=one.compared.scenario.id, before=round(one.before, 3), after=round(one.after, 3))
            for one in times.slower
        ],
    )
