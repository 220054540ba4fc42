"""`verdict.json`: what a gate, a dashboard or a comparison reads. Its schema is docs/verdict.schema.json."""

from __future__ import annotations

import json
from pathlib import Path

from greenroom.record.events import Json, ScenarioFinished
from greenroom.record.reader import Record
from greenroom.reporting.failure_text import again
from greenroom.reporting.judgement import judge, promise_verdicts

SCHEMA = "greenroom.verdict/1"


def verdict_of(record: Record) -> Json:
    """The conclusion of `record` as plain JSON values, as docs/verdict.schema.json describes it; times in seconds."""
    header, judgement = record.header, judge(record)
    return {
        "schema": SCHEMA,
        "run": header.run,
        "target": header.target.name,
        "verdict": str(judgement.verdict),
        "exit": judgement.exit,
        "reason": judgement.reason,
        "started": header.started,
        "seconds": round(judgement.seconds, 3),
        "seed": header.seed,
        "command": header.command,
        "counts": {str(verdict): count for verdict, count in judgement.counts.items()},
        "promises": {promise: str(verdict) for promise, verdict in promise_verdicts(record.scenarios).items()},
        "scenarios": [_scenario(scenario) for scenario in record.scenarios],
    }


def write_verdict(record: Record, out: Path) -> None:
    """Write `verdict.json` of `record` to the file `out`, UTF-8. Raises OSError when it can't be written."""
    out.write_text(json.dumps(verdict_of(record), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _scenario(scenario: ScenarioFinished) -> Json:
    return {
        "id": scenario.id,
        "feature": scenario.feature,
        "name": scenario.name,
        "tags": list(scenario.tags),
        "promises": list(scenario.promises),
        "verdict": str(scenario.verdict),
        "seconds": round(scenario.seconds, 3),
        "note": scenario.note,
        "failure": _failure(scenario),
    }


def _failure(scenario: ScenarioFinished) -> Json | None:
    failure = scenario.failure
    if failure is None:
        return None
    return {
        "step": failure.step,
        "message": failure.message,
        "kind": failure.kind,
        "promise": failure.promise,
        "cause": failure.cause,
        "again": again(failure),
    }
