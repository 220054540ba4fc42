"""From the error that ended a scenario to what is wrong, and to a scenario that was blocked rather than failed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from fixtures.plugin.running_scenario import RunningScenario
from greenroom.core.errors import BrokenPromise, Inconclusive, NotApplicable, OffendedInvariant, OperationFailed
from greenroom.core.redact import Redactor
from greenroom.core.verdict import Verdict
from greenroom.gherkin.index import read_feature
from greenroom.outcome.known_failures import weigh
from greenroom.outcome.what_is_wrong import what_is_said
from greenroom.record.evidence import Evidence, OpenStep
from greenroom.targetfile.known_failure import KnownFailure

FEATURE = "Feature: f\n  @E1\n  Scenario: s\n    Given a\n    When b\n    Then c\n"
TEXTS = {"E1": "The room is at rest.", "O5": "Operations answer."}
POINTER = ("rooms.session_id", "not cleared")
INSIDE = ("attendance.left_at", "not set")


def running(tmp_path: Path, reached: int) -> RunningScenario:
    """A scenario in its `reached`th step, of a Given, a When and a Then."""
    path = tmp_path / "f.feature"
    path.write_text(FEATURE, encoding="utf-8")
    feature = read_feature(path)
    found = RunningScenario(feature, feature.scenarios[0], feature.scenarios[0].cases[0], "f::s", "f.feature")
    found.evidence = Evidence(Redactor(["hush-hush"]))
    for number, kind in enumerate(("given", "when", "then")[:reached], 1):
        found.evidence.begin(OpenStep(kind.title(), "abc"[number - 1], number, type=kind))
        if number < reached:
            found.evidence.current.close(Verdict.PASSED)
    return found


def test_what_fails_in_a_given_blocks_the_scenario(tmp_path: Path) -> None:
    scenario = running(tmp_path, 1)
    scenario.take(OperationFailed("the gateway should end", wrong=[("operation:end", "broke")]), "", TEXTS)
    assert scenario.verdict is Verdict.BLOCKED and scenario.failure
    assert (scenario.failure.kind, scenario.failure.promise) == ("blocked", "O5")
    assert scenario.failure.promise_text == "Operations answer."
    assert [(one.subject, one.how, one.since) for one in scenario.failure.wrong] == [("operation:end", "broke", 1)]


def test_rows_that_a_given_did_not_arrange_block_the_scenario(tmp_path: Path) -> None:
    scenario = running(tmp_path, 1)
    error = BrokenPromise("expected that Ada is present, found: no", wrong=[("rooms.host_present", "not set")])
    scenario.take(error, "", TEXTS)
    assert scenario.verdict is Verdict.BLOCKED


def test_what_a_page_shows_in_a_given_is_the_scenarios_own(tmp_path: Path) -> None:
    scenario = running(tmp_path, 1)
    scenario.take(BrokenPromise("expected that Grace sees Ada's session in the listing, found: no entry"), "", TEXTS)
    assert scenario.verdict is Verdict.FAILED and scenario.failure and scenario.failure.promise == "E1"


@pytest.mark.parametrize("reached", [2, 3])
def test_what_fails_later_is_the_scenarios_own(tmp_path: Path, reached: int) -> None:
    scenario = running(tmp_path, reached)
    scenario.take(OperationFailed("the gateway should end", wrong=[("operation:end", "broke")]), "", TEXTS)
    assert scenario.verdict is Verdict.FAILED and scenario.failure
    assert (scenario.failure.promise, scenario.failure.wrong[0].since) == ("E1", 2)


@pytest.mark.parametrize(
    ("error", "verdict"),
    [(Inconclusive("timeout", "no"), Verdict.INCONCLUSIVE), (NotApplicable("lobby"), Verdict.NOT_APPLICABLE)],
)
def test_a_given_is_blocked_by_nothing_but_a_broken_promise(tmp_path: Path, error: Exception, verdict: Verdict) -> None:
    scenario = running(tmp_path, 1)
    scenario.take(error, "", TEXTS)
    assert scenario.verdict is verdict


def test_an_invariant_after_the_last_step_blocks_nothing(tmp_path: Path) -> None:
    scenario = running(tmp_path, 3)
    assert scenario.evidence
    scenario.evidence.current.close(Verdict.PASSED)
    scenario.take(OffendedInvariant("no", "E3", wrong=[INSIDE]), "", TEXTS)
    assert scenario.verdict is Verdict.FAILED and scenario.failure and scenario.failure.promise == "E3"


def test_rows_keep_the_step_since_which_they_are_wrong(tmp_path: Path) -> None:
    scenario = running(tmp_path, 1)
    evidence = scenario.evidence
    assert evidence
    evidence.rows_are_wrong([POINTER])
    evidence.current.close(Verdict.PASSED)
    evidence.begin(OpenStep("When", "b", 2, type="when"))
    evidence.rows_are_wrong([POINTER, INSIDE])
    evidence.current.close(Verdict.PASSED)
    evidence.begin(OpenStep("Then", "c", 3, type="then"))
    scenario.take(BrokenPromise("no", wrong=[INSIDE]), "", TEXTS)
    assert scenario.failure
    assert [(one.subject, one.since, one.invariant) for one in scenario.failure.wrong] == [(INSIDE[0], 2, True)]
    assert [(one.subject, one.since) for one in scenario.failure.also] == [(POINTER[0], 1)]


def test_rows_that_are_right_again_were_wrong_in_passing(tmp_path: Path) -> None:
    evidence = running(tmp_path, 1).evidence
    assert evidence
    evidence.rows_are_wrong([POINTER])
    evidence.rows_are_wrong([])
    evidence.begin(OpenStep("When", "b", 2, type="when"))
    evidence.rows_are_wrong([POINTER])
    assert evidence.wrong_since == {POINTER: 2}


def test_a_message_alone_is_told_without_what_differs_from_scenario_to_scenario(tmp_path: Path) -> None:
    one = what_is_said("Ada should see room 7c1e4 as 'Talk'\n  found  x", ["Ada"])
    assert one == what_is_said("Mary should see room 9f02 as 'Else'", ["Mary"]) != what_is_said("Ada sees nothing")
    assert what_is_said("expected that Grace sees End Room, found: no", ["Grace"]) == ("page:End Room", "not offered")
    join = "role=button[name='Join']"
    assert what_is_said(f"the page has no usable control {join!r}\n  found  x") == (f"page:{join}", "can't be used")
    unusable = "the page has no usable control '#room-7c1e4 >> text=Go'"
    assert what_is_said(unusable) == ("page:#… >> text=Go", "can't be used")
    assert what_is_said("the host should see End Room") == ("page:End Room", "not offered")
    there = "expected that Grace does not see End Room, found: it is there"
    assert what_is_said(there, ["Grace"]) == ("page:End Room", "offered")


def test_no_secret_becomes_what_is_wrong(tmp_path: Path) -> None:
    scenario = running(tmp_path, 2)
    scenario.take(BrokenPromise("the answer was hush-hush"), "", TEXTS)
    assert scenario.failure and "hush-hush" not in scenario.failure.model_dump_json()


def test_a_blocked_scenario_is_excused_by_the_broken_operation_only() -> None:
    def known(promise: str, scenario: str = "*") -> Verdict:
        entry = KnownFailure(promise=promise, scenario=scenario, reason="r", ticket="T-1", expires=dt.date(2030, 1, 1))
        return weigh(
            Verdict.BLOCKED, [entry], ["E1"], "s", today=dt.date(2026, 1, 1), where=str, blocked_by="host_present"
        ).verdict

    assert known("O5") is Verdict.KNOWN_FAILURE
    assert known("E1") is Verdict.BLOCKED
    assert known("O5", "host_present") is Verdict.KNOWN_FAILURE
    assert known("O5", "go_live") is Verdict.BLOCKED
