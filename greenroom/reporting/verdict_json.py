"""`verdict.json`: what a gate, a dashboard or a comparison reads.

Its schema is docs/verdict.schema.json, which `python -m greenroom.reporting.schemas` makes of the models below.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from greenroom.core.verdict import Exit, RunVerdict, Verdict
from greenroom.record.events import Failure, FailureKind, ScenarioFinished
from greenroom.reporting.causes import FailureCause
from greenroom.reporting.conclusion import Conclusion
from greenroom.reporting.failure_text import again
from greenroom.reporting.history import ScenarioPast
from greenroom.reporting.promises import PromiseVerdict
from greenroom.reporting.stability import stability_of

Schema = Literal["greenroom.verdict/1"]
SCHEMA: Schema = "greenroom.verdict/1"

_Count = Annotated[int, Field(ge=0)]
_EVERY_VERDICT: dict[str, JsonValue] = {"required": [str(verdict) for verdict in Verdict]}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FailureSummary(_Part):
    """Why a scenario did not pass."""

    step: str = Field(description="The Gherkin step it failed in, or empty.")
    message: str = Field(description="Several lines: what is wrong, then expected, found, since.")
    kind: FailureKind
    promise: str = Field(description="The broken promise, or empty.")
    cause: str = Field(description="A short stable word for what was in the way, when inconclusive.")
    again: str = Field(description="The command that shows it again.")


class ScenarioSummary(_Part):
    """One scenario that finished."""

    id: str = Field(min_length=1, description="Stable between runs.")
    feature: str = Field(description="The feature file's path, relative to the project where it is inside.")
    name: str
    tags: list[str]
    promises: list[str] = Field(description="The promises that it checks.")
    verdict: Verdict
    seconds: float = Field(ge=0)
    cause: int = Field(ge=0, description="The number of the cause behind it, from 1 as in `causes`; 0 for none.")
    red_since: str = Field(
        description="When the first of the runs without a break began in which it was red until now; empty where it is "
        "not red, or no former run is known."
    )
    red_runs: int = Field(ge=0, description="How many runs in a row that is, this one included.")
    changes: int = Field(ge=0, description="How often it went from holding to red or back in the runs that are known.")
    attempts: list[Verdict] = Field(description="What came of each attempt, where it was tried again; else empty.")
    note: str = Field(
        description="Why it is not applicable, or what the list of known failures has to do with it; or empty."
    )
    failure: FailureSummary | None


class StabilitySummary(_Part):
    """How often one scenario of a run that repeats passed."""

    id: str = Field(min_length=1, description="The id that the scenario has in `scenarios`.")
    ran: int = Field(ge=1, description="How many times it ran.")
    judged: int = Field(ge=0, description="How many times it could be judged.")
    passed: int = Field(ge=0, description="How many times it passed.")
    at_least: float = Field(ge=0, le=1, description="In what share of runs it passes at least, with 95 % confidence.")


class CauseSummary(_Part):
    """One thing that is wrong, and what it did to the run."""

    number: int = Field(ge=1)
    subject: str = Field(description="rooms.session_id, operation:end, page:End Room; else a sentence without names.")
    how: str = Field(description="In which way: not cleared, refused as not_idle, broke, not offered.")
    title: str = Field(description="Both in one line, for people.")
    since: list[str] = Field(description="The operations, or the steps, since which it is so.")
    broken: list[str] = Field(description="The promises that it breaks.")
    touched: list[str] = Field(description="Other promises whose scenarios it made fail or blocked.")
    failed: list[str] = Field(description="The ids of the scenarios that failed of it, the most telling first.")
    blocked: list[str] = Field(description="The ids of the scenarios that could not be arranged because of it.")


class VerdictFile(_Part):
    """What `verdict.json` of a run holds. Exit codes: 0 conformant, 1 not conformant, 2 could not tell, 3 misuse or
    harness error. A run that was cut short always is an error. Times are ISO 8601 UTC, durations are seconds.
    """

    schema_: Schema = Field(alias="schema")
    run: str = Field(min_length=1, description="The run's id; also the name of its folder.")
    target: str = Field(description="The name of the target that the run is about.")
    verdict: RunVerdict
    exit: Exit = Field(description="The exit code of the run: 0 if and only if the verdict is conformant.")
    reason: str = Field(description="Why it could not tell, or was cut short: one line; often empty.")
    started: str
    seconds: float = Field(ge=0)
    seed: int
    command: str = Field(description="The command that repeats the run.")
    counts: dict[Verdict, _Count] = Field(
        description="Verdict to number of scenarios; every verdict is present.", json_schema_extra=_EVERY_VERDICT
    )
    promises: dict[str, PromiseVerdict] = Field(
        description="Promise to the worst verdict of its scenarios. One that is not applicable counts only where no "
        "scenario of the promise applied. Exactly those of `broken` are failed or contradictions, those of `touched` "
        "are touched."
    )
    broken: list[str] = Field(description="The promises that the causes break.")
    touched: list[str] = Field(description="The other promises whose scenarios failed or were blocked.")
    causes: list[CauseSummary] = Field(description="What is behind the failures, the largest first.")
    stability: list[StabilitySummary] = Field(
        description="Each scenario of a run that repeats, the least stable first; empty for any other run."
    )
    shard: str = Field(description="The part of the suite that was run, such as 2/5; empty where it was no part.")
    former_runs: int = Field(ge=0, description="How many former runs of the target were looked at.")
    scenarios: list[ScenarioSummary] = Field(description="In the order in which they finished.")

    model_config = ConfigDict(title="The verdict of a Greenroom run", populate_by_name=True)


def verdict_of(run: Conclusion) -> VerdictFile:
    """What `verdict.json` says of `run`."""
    header = run.record.header
    pasts = {past.scenario.id: past for past in run.pasts}
    return VerdictFile(
        schema_=SCHEMA,
        run=header.run,
        target=header.target.name,
        verdict=run.verdict,
        exit=run.exit,
        reason=run.reason,
        started=header.started,
        seconds=round(run.seconds, 3),
        seed=header.seed,
        command=header.command,
        counts=run.counts,
        promises=run.promises,
        broken=list(run.broken),
        touched=list(run.touched),
        causes=[_cause(number, cause) for number, cause in enumerate(run.causes, 1)],
        stability=[
            StabilitySummary(
                id=one.scenario.id,
                ran=one.ran,
                judged=one.judged,
                passed=one.passed,
                at_least=round(one.at_least, 4),
            )
            for one in stability_of(run.record)
        ],
        shard=f"{header.shard.number}/{header.shard.of}" if header.shard else "",
        former_runs=run.former,
        scenarios=[
            _scenario(scenario, run.cause_number(scenario), pasts.get(scenario.id)) for scenario in run.record.scenarios
        ],
    )


def write_report(run: Conclusion, out: Path) -> None:
    """Write `run` as JSON to the file `out`, UTF-8. Raises OSError when it can't be written."""
    out.write_text(verdict_of(run).model_dump_json(by_alias=True, indent=2) + "\n", encoding="utf-8")


def _cause(number: int, cause: FailureCause) -> CauseSummary:
    subject, how = cause.what
    return CauseSummary(
        number=number,
        subject=subject,
        how=how,
        title=cause.title,
        since=list(cause.since),
        broken=list(cause.broken),
        touched=list(cause.touched),
        failed=[scenario.id for scenario in cause.failed],
        blocked=[scenario.id for scenario in cause.blocked],
    )


def _scenario(scenario: ScenarioFinished, cause: int, past: ScenarioPast | None) -> ScenarioSummary:
    first = past.red_since if past else None
    return ScenarioSummary(
        id=scenario.id,
        feature=scenario.feature,
        name=scenario.name,
        tags=scenario.tags,
        promises=scenario.promises,
        verdict=scenario.verdict,
        seconds=round(scenario.seconds, 3),
        cause=cause,
        red_since=first.started if first else "",
        red_runs=past.row if past else 0,
        changes=past.changes if past else 0,
        attempts=[one.verdict for one in scenario.attempts],
        note=scenario.note,
        failure=_failure(scenario.failure) if scenario.failure else None,
    )


def _failure(failure: Failure) -> FailureSummary:
    return FailureSummary(
        step=failure.step,
        message=failure.message,
        kind=failure.kind,
        promise=failure.promise,
        cause=failure.cause,
        again=again(failure),
    )
