"""The attempts at a scenario that was tried again, as reports tell them."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.core.verdict import CHARGED, Verdict
from greenroom.record.events import Attempt, ScenarioFinished


def ends_well(scenario: ScenarioFinished) -> bool:
    """Whether it was tried again, and passed at last."""
    return bool(scenario.attempts) and scenario.attempts[-1].verdict is Verdict.PASSED


def as_scenario(scenario: ScenarioFinished, attempt: Attempt) -> ScenarioFinished:
    """One attempt as a scenario of its own, for what is told of scenarios. Only the first one's steps are kept."""
    first = attempt is scenario.attempts[0]
    return scenario.model_copy(
        update={
            "verdict": attempt.verdict,
            "started": attempt.started,
            "seconds": attempt.seconds,
            "failure": attempt.failure,
            "steps": scenario.steps if first else [],
            "note": "",
            "attempts": [],
        }
    )


def failed_attempts(scenario: ScenarioFinished, *, passed: bool) -> Iterator[tuple[str, ScenarioFinished]]:
    """The failed attempts as Maven Surefire names them in JUnit's XML: `flakyFailure` for each where the case passed at
    last and counts so; else `rerunFailure` for those after the first, which is the case's own failure."""
    tag = "flakyFailure" if passed else "rerunFailure"
    for one in scenario.attempts if passed else scenario.attempts[1:]:
        if one.verdict in CHARGED:
            yield tag, as_scenario(scenario, one)
