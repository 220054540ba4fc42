"""What a record comes to: never greener than its scenarios, and truncated is never conformant."""

from __future__ import annotations

import pytest

from greenroom.core.verdict import RunVerdict, Verdict
from greenroom.record.reader import record_of
from greenroom.reporting.judgement import broken_promises, judge, one_line, promise_verdicts
from tests.support.samples import big, build


def test_the_footer_stands() -> None:
    scenarios = big.all_sixty()
    judgement = judge(build.record(*scenarios))
    assert (judgement.verdict, judgement.exit, judgement.scenarios) == (RunVerdict.ERROR, 3, 60)
    assert judgement.counts[Verdict.PASSED] == 50
    assert set(judgement.counts) == set(Verdict)


def test_a_footer_may_be_worse_than_its_scenarios() -> None:
    one = build.scenario()
    worse = build.footer([one], verdict=RunVerdict.COULD_NOT_TELL, exit=2, reason="the census found rows of ours")
    judgement = judge(build.record(one, foot=worse))
    assert (judgement.verdict, judgement.exit) == (RunVerdict.COULD_NOT_TELL, 2)
    assert judgement.reason == "the census found rows of ours"


@pytest.mark.parametrize("verdict", [Verdict.FAILED, Verdict.FLAKY, Verdict.INCONCLUSIVE, Verdict.ERROR])
def test_a_footer_is_never_greener_than_its_scenarios(verdict: Verdict) -> None:
    one = build.scenario(verdict=verdict, failure=build.failure())
    green = build.footer([one], verdict=RunVerdict.CONFORMANT, exit=0)
    judgement = judge(build.record(one, foot=green))
    assert judgement.verdict != RunVerdict.CONFORMANT
    assert judgement.exit != 0
    assert "its scenarios say" in judgement.reason


def test_exit_0_never_goes_with_another_verdict() -> None:
    one = build.scenario(verdict=Verdict.FAILED, failure=build.failure())
    assert judge(build.record(one, foot=build.footer([one], exit=0))).exit == 1


def test_a_scenario_that_never_finished_spoils_a_green_run() -> None:
    told = build.events([build.scenario()])
    judgement = judge(record_of([*told[:-1], told[1], told[-1]]))
    assert judgement.exit == 3
    assert "never finished" in judgement.reason


def test_a_truncated_run_is_an_error_and_says_how_far_it_came() -> None:
    one = build.scenario(started=build.at(4), seconds=2.5)
    judgement = judge(build.cut_short(one, lost=["a", "b"]))
    assert (judgement.verdict, judgement.exit) == (RunVerdict.ERROR, 3)
    assert judgement.reason == "the run was cut short after 1 scenario of 60; 2 scenarios began and never finished"
    assert judgement.seconds == 6.5


def test_a_run_without_scenarios_is_an_error() -> None:
    judgement = judge(build.record())
    assert judgement.exit == 3
    assert one_line(judgement) == "No scenario finished."


def test_a_promise_has_the_worst_verdict_of_its_scenarios() -> None:
    found = promise_verdicts(
        [
            build.scenario(promises=["E10", "E9"]),
            build.scenario(promises=["E9"], verdict=Verdict.FLAKY),
            build.scenario(promises=["E9", "R1"], verdict=Verdict.FAILED),
            build.scenario(promises=["E9"]),
        ]
    )
    assert found == {"R1": Verdict.FAILED, "E9": Verdict.FAILED, "E10": Verdict.PASSED}
    assert list(found) == ["R1", "E9", "E10"]


@pytest.mark.parametrize("other", [Verdict.PASSED, Verdict.KNOWN_FAILURE, Verdict.FAILED])
def test_what_is_not_applicable_hides_nothing(other: Verdict) -> None:
    pair = [build.scenario(verdict=Verdict.NOT_APPLICABLE), build.scenario(verdict=other)]
    assert promise_verdicts(pair) == promise_verdicts(pair[::-1]) == {"E1": other}
    assert promise_verdicts(pair[:1]) == {"E1": Verdict.NOT_APPLICABLE}


def test_the_run_in_one_sentence() -> None:
    scenarios = big.all_sixty()
    assert one_line(judge(build.record(*scenarios)), broken_promises(scenarios)) == (
        "50 of 60 scenarios passed; 1 failed, 1 contradiction, 1 flaky, 1 error, 2 inconclusive, 1 unexpectedly fixed, "
        "1 known failure and 2 not applicable. Broken: E1 and L2."
    )
    assert one_line(judge(build.record(*big.good()))) == "All 50 scenarios passed."


def test_a_torn_line_behind_the_footer_is_a_truncated_run_too() -> None:
    judgement = judge(record_of(build.events([build.scenario()]), torn=True))
    assert (judgement.verdict, judgement.exit) == (RunVerdict.ERROR, 3)
