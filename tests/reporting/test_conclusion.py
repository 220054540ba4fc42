"""What a record comes to: never greener than its scenarios, and truncated is never conformant."""

from __future__ import annotations

import re

import pytest

from greenroom.core.project import PROMISES
from greenroom.core.verdict import RunVerdict, Verdict
from greenroom.gherkin.promises import read_subjects
from greenroom.record.reader import record_of
from greenroom.reporting.conclusion import conclude
from tests.support.samples import big, build

SEVERAL = [
    build.scenario(promises=["E10", "E9"]),
    build.scenario(promises=["E9"], verdict=Verdict.FLAKY),
    build.scenario(promises=["E9", "R1"], verdict=Verdict.FAILED),
    build.scenario(promises=["E9"]),
]


def test_the_footer_stands() -> None:
    scenarios = big.all_sixty()
    run = conclude(build.record(*scenarios))
    assert (run.verdict, run.exit, run.finished) == (RunVerdict.NOT_CONFORMANT, 1, 60)
    assert run.counts[Verdict.PASSED] == 50
    assert set(run.counts) == set(Verdict)


def test_a_footer_may_be_worse_than_its_scenarios() -> None:
    one = build.scenario()
    worse = build.footer([one], verdict=RunVerdict.COULD_NOT_TELL, exit=2, reason="the census found rows of ours")
    run = conclude(build.record(one, foot=worse))
    assert (run.verdict, run.exit) == (RunVerdict.COULD_NOT_TELL, 2)
    assert run.reason == "the census found rows of ours"


@pytest.mark.parametrize("verdict", [Verdict.FAILED, Verdict.FLAKY, Verdict.INCONCLUSIVE, Verdict.ERROR])
def test_a_footer_is_never_greener_than_its_scenarios(verdict: Verdict) -> None:
    one = build.scenario(verdict=verdict, failure=build.failure())
    green = build.footer([one], verdict=RunVerdict.CONFORMANT, exit=0)
    run = conclude(build.record(one, foot=green))
    assert run.verdict != RunVerdict.CONFORMANT
    assert run.exit != 0
    assert "its scenarios say" in run.reason


def test_exit_0_never_goes_with_another_verdict() -> None:
    one = build.scenario(verdict=Verdict.FAILED, failure=build.failure())
    assert conclude(build.record(one, foot=build.footer([one], exit=0))).exit == 1


def test_a_scenario_that_never_finished_spoils_a_green_run() -> None:
    told = build.events([build.scenario()])
    run = conclude(record_of([*told[:-1], told[1], told[-1]]))
    assert run.exit == 3
    assert "never finished" in run.reason


def test_a_truncated_run_is_an_error_and_says_how_far_it_came() -> None:
    one = build.scenario(started=build.at(4), seconds=2.5)
    run = conclude(build.cut_short(one, lost=["a", "b"]))
    assert (run.verdict, run.exit) == (RunVerdict.ERROR, 3)
    assert run.reason == "the run was cut short after 1 scenario of 60; 2 scenarios began and never finished"
    assert run.seconds == 6.5


def test_a_run_without_scenarios_is_an_error() -> None:
    run = conclude(build.record())
    assert run.exit == 3
    assert run.summary == "No scenario finished."


def test_a_promise_has_the_worst_verdict_of_its_scenarios() -> None:
    found = conclude(build.record(*SEVERAL)).promises
    assert found == {"R1": Verdict.FAILED, "E9": Verdict.FAILED, "E10": Verdict.PASSED}
    assert list(found) == ["R1", "E9", "E10"]


def test_subjects_come_in_the_order_of_the_header_and_new_letters_last() -> None:
    other = build.scenario(promises=["X2"])
    header = build.header(subjects={"E": "Ending is complete (problem 3)", "R": "Recovery [needs it]"})
    run = conclude(build.record(*SEVERAL, other, head=header))
    assert run.subjects == {"E": "Ending is complete", "R": "Recovery"}
    assert list(run.promises) == ["E9", "E10", "R1", "X2"]
    assert run.broken == ("E9", "R1")


def test_titles_are_the_headings_of_the_promises_page_without_their_brackets() -> None:
    headings = read_subjects(PROMISES)
    titles = conclude(build.record(head=build.header(subjects=headings))).subjects
    assert list(titles) == list(headings)
    for letter, title in titles.items():
        assert headings[letter].startswith(title) and not re.search(r"[\[\]()]|\s$", title), title


def test_an_older_record_has_its_promises_in_alphabetical_order() -> None:
    run = conclude(build.record(*SEVERAL, head=build.header(subjects={}, promises={})))
    assert run.subjects == {}
    assert list(run.promises) == ["E9", "E10", "R1"]


@pytest.mark.parametrize("other", [Verdict.PASSED, Verdict.KNOWN_FAILURE, Verdict.FAILED])
def test_what_is_not_applicable_hides_nothing(other: Verdict) -> None:
    pair = [build.scenario(verdict=Verdict.NOT_APPLICABLE), build.scenario(verdict=other)]
    for scenarios, verdict in ((pair, other), (pair[::-1], other), (pair[:1], Verdict.NOT_APPLICABLE)):
        assert conclude(build.record(*scenarios)).promises == {"E1": verdict}


def test_the_run_in_one_sentence() -> None:
    assert conclude(build.record(*big.all_sixty())).summary == (
        "50 of 60 scenarios passed; 1 failed, 1 contradiction, 1 flaky, 1 error, 2 inconclusive, 1 unexpectedly fixed, "
        "1 known failure and 2 not applicable. 2 causes. Broken: E1 and L2. Touched: E4 and E7."
    )
    assert conclude(build.record(*big.good())).summary == "All 50 scenarios passed."


def test_a_half_written_line_behind_the_footer_is_a_truncated_run_too() -> None:
    run = conclude(record_of(build.events([build.scenario()]), half_written=True))
    assert (run.verdict, run.exit) == (RunVerdict.ERROR, 3)
