"""How an exception in a scenario becomes its verdict: a broken promise, the environment, misuse, or our own fault."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
import requests
from playwright.sync_api import Error as PlaywrightError

from fixtures.plugin.running_scenario import RunningScenario
from greenroom.core.errors import (
    BadTarget,
    BrokenPromise,
    Contradiction,
    Inconclusive,
    NotApplicable,
    OffendedInvariant,
    Throttled,
)
from greenroom.core.redact import HIDDEN, Redactor
from greenroom.core.verdict import Verdict
from greenroom.gherkin.index import read_feature
from greenroom.record.evidence import Evidence, OpenStep

FEATURE = "Feature: f\n  @E10 @E2 @browser\n  Scenario: s\n    Given a\n    Then b\n"
PROMISES = {"E2": "The session is ended."}


@pytest.fixture
def collected(tmp_path: Path) -> RunningScenario:
    path = tmp_path / "f.feature"
    path.write_text(FEATURE, encoding="utf-8")
    feature = read_feature(path)
    found = RunningScenario(feature, feature.scenarios[0], feature.scenarios[0].cases[0], "f::s", "f.feature")
    found.evidence = Evidence(Redactor(["hush-hush"]))
    for number, text in enumerate(("a", "b"), start=4):
        found.evidence.begin(OpenStep("Given" if text == "a" else "Then", text, number))
    found.evidence.steps[0].close(Verdict.PASSED)
    return found


@pytest.mark.parametrize(
    ("error", "verdict", "kind", "cause"),
    [
        (BrokenPromise("no"), Verdict.FAILED, "promise", ""),
        (AssertionError("no"), Verdict.FAILED, "promise", ""),
        (OffendedInvariant("no", "L8"), Verdict.FAILED, "invariant", ""),
        (Contradiction("no"), Verdict.CONTRADICTION, "contradiction", ""),
        (Inconclusive("timeout", "no"), Verdict.INCONCLUSIVE, "inconclusive", "timeout"),
        (Throttled("no"), Verdict.INCONCLUSIVE, "inconclusive", "throttled"),
        (requests.ConnectionError("no"), Verdict.INCONCLUSIVE, "inconclusive", "unreachable"),
        (psycopg.OperationalError("no"), Verdict.INCONCLUSIVE, "inconclusive", "unreachable"),
        (PlaywrightError("Target page has been closed"), Verdict.INCONCLUSIVE, "inconclusive", "browser-crashed"),
        (PlaywrightError("Page crashed"), Verdict.INCONCLUSIVE, "inconclusive", "browser-crashed"),
        (BadTarget("no"), Verdict.ERROR, "error", "bad-target"),
        (PlaywrightError("strict mode violation"), Verdict.ERROR, "error", ""),
        (KeyError("no"), Verdict.ERROR, "error", ""),
        (psycopg.errors.SyntaxError("no"), Verdict.ERROR, "error", ""),
    ],
)
def test_each_exception_has_its_verdict(
    collected: RunningScenario, error: Exception, verdict: Verdict, kind: str, cause: str
) -> None:
    collected.take(error, "greenroom run f.feature:3", PROMISES)
    assert collected.verdict is verdict
    assert collected.failure and (collected.failure.kind, collected.failure.cause) == (kind, cause)
    assert collected.failure.again == "greenroom run f.feature:3"


def test_what_is_not_applicable_is_no_failure(collected: RunningScenario) -> None:
    collected.take(NotApplicable("lobby"), "", PROMISES)
    assert (collected.verdict, collected.failure) == (Verdict.NOT_APPLICABLE, None)
    assert "'lobby'" in collected.note


def test_the_first_promise_and_the_step_are_named(collected: RunningScenario) -> None:
    assert collected.evidence
    collected.evidence.current.close(Verdict.FAILED)
    collected.take(BrokenPromise("no"), "", PROMISES)
    assert collected.failure
    assert (collected.failure.promise, collected.failure.promise_text) == ("E2", "The session is ended.")
    assert (collected.failure.step, collected.failure.line) == ("Then b", 5)


def test_an_invariant_names_its_own_promise(collected: RunningScenario) -> None:
    collected.take(OffendedInvariant("no", "L8"), "", PROMISES)
    assert collected.failure and collected.failure.promise == "L8"


def test_what_comes_later_makes_it_worse_and_never_better(collected: RunningScenario) -> None:
    collected.take(BrokenPromise("first"), "", PROMISES)
    collected.take(BrokenPromise("second"), "", PROMISES)
    assert collected.failure and collected.failure.message == "first"
    collected.take(Contradiction("third"), "", PROMISES)
    assert collected.verdict is Verdict.CONTRADICTION and collected.failure.message == "third"
    assert collected.failure.besides == ["failed: first"]


@pytest.mark.parametrize("later", [RuntimeError("the clean-up broke"), Inconclusive("unreachable", "nobody answered")])
def test_a_broken_promise_stays_broken_when_the_clean_up_breaks(collected: RunningScenario, later: Exception) -> None:
    collected.take(BrokenPromise("first"), "", PROMISES)
    collected.take(later, "", PROMISES)
    assert collected.verdict is Verdict.FAILED and collected.failure and collected.failure.message == "first"
    assert len(collected.failure.besides) == 1 and str(later) in collected.failure.besides[0]


def test_a_broken_promise_is_told_though_the_environment_broke_first(collected: RunningScenario) -> None:
    collected.take(Inconclusive("unreachable", "nobody answered"), "", PROMISES)
    collected.take(BrokenPromise("then this"), "", PROMISES)
    assert collected.verdict is Verdict.FAILED and collected.failure and collected.failure.message == "then this"
    assert collected.failure.besides == ["inconclusive: nobody answered"]


def test_a_clean_up_that_does_not_apply_takes_no_failure_away(collected: RunningScenario) -> None:
    collected.take(BrokenPromise("first"), "", PROMISES)
    collected.take(NotApplicable("operation:end"), "", PROMISES)
    assert collected.verdict is Verdict.FAILED and collected.failure


def test_secrets_do_not_reach_the_failure(collected: RunningScenario) -> None:
    for error in (BrokenPromise("of hush-hush"), KeyError("hush-hush"), BadTarget("hush-hush")):
        verdict, failure = collected.outcome_of(error)
        assert "hush-hush" not in failure.model_dump_json() and HIDDEN in failure.message, verdict


def test_a_fault_of_our_own_keeps_its_trace_and_a_broken_promise_none(collected: RunningScenario) -> None:
    def failure_of(error: Exception, *, debug: bool = False) -> str:
        try:
            raise error
        except Exception as raised:
            return collected.outcome_of(raised, debug=debug)[1].traceback

    assert "Traceback" in failure_of(KeyError("x"))
    assert failure_of(BrokenPromise("x")) == ""
    assert "Traceback" in failure_of(BrokenPromise("x"), debug=True)


def test_the_event_holds_all_of_it(collected: RunningScenario) -> None:
    collected.take(BrokenPromise("no"), "", PROMISES)
    event = collected.event("gw1")
    assert (event.verdict, event.worker, event.promises, event.line) == (Verdict.FAILED, "gw1", ["E2", "E10"], 3)
    assert [step.verdict for step in event.steps] == [Verdict.PASSED, None]


def test_a_scenario_of_which_a_step_did_not_run_has_not_passed(collected: RunningScenario) -> None:
    collected.check_carried_out()
    assert collected.verdict is Verdict.ERROR
    assert collected.failure and collected.failure.message == "the scenario was not carried out: 1 of its 2 steps ran"


def test_a_scenario_whose_steps_all_ran_stays_passed(collected: RunningScenario) -> None:
    assert collected.evidence
    collected.evidence.current.close(Verdict.PASSED)
    collected.check_carried_out()
    assert (collected.verdict, collected.failure) == (Verdict.PASSED, None)
