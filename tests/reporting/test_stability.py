"""A run that repeats says how often each scenario passed, and how sure that is."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from greenroom.core.verdict import Exit, Verdict
from greenroom.record.events import ScenarioFinished
from greenroom.record.reader import Record
from greenroom.reporting.conclusion import conclude
from greenroom.reporting.html import html_of
from greenroom.reporting.naming import full_name
from greenroom.reporting.stability import least_share, stability_of
from greenroom.reporting.terminal_summary import render_summary
from tests.support.samples import build


def repeated(name: str, *verdicts: Verdict) -> list[ScenarioFinished]:
    return [
        build.scenario(
            name,
            verdict=verdict,
            repetition=number,
            failure=None if verdict is Verdict.PASSED else build.failure("it is wrong"),
        )
        for number, verdict in enumerate(verdicts, 1)
    ]


def run_of(*scenarios: ScenarioFinished, repeat: int = 20) -> Record:
    return build.record(*scenarios, head=build.header(planned=len(scenarios), repeat=repeat))


STEADY = repeated("steady", *[Verdict.PASSED] * 20)
SHAKY = repeated("shaky", *[Verdict.PASSED] * 18, Verdict.FAILED, Verdict.INCONCLUSIVE)


def test_the_least_stable_comes_first_and_what_could_not_be_judged_does_not_count() -> None:
    shaky, steady = stability_of(run_of(*STEADY, *SHAKY))
    assert (shaky.name, shaky.passed, shaky.judged, shaky.ran, shaky.always) == ("shaky", 18, 19, 20, False)
    assert (steady.name, steady.passed, steady.percent, steady.always) == ("steady", 20, 86, True)
    assert shaky.words == "passed 18 of 19 times, 1 more could not be judged: at least 77 % of runs"


def test_what_does_not_apply_is_none_that_could_not_be_judged() -> None:
    elsewhere = repeated("elsewhere", *[Verdict.NOT_APPLICABLE] * 20)
    assert [one.name for one in stability_of(run_of(*STEADY, *elsewhere))] == ["steady"]
    (late,) = stability_of(run_of(*repeated("late", Verdict.PASSED, Verdict.NOT_APPLICABLE), repeat=2))
    assert (late.passed, late.judged, late.ran) == (1, 1, 2)


@pytest.mark.parametrize("times", [1, 5, 20, 100, 500])
def test_the_bound_of_what_always_passed_is_the_twentieth_root(times: int) -> None:
    assert least_share(times, times) == pytest.approx(0.05 ** (1 / times))


def test_the_bound_is_that_of_the_tables() -> None:
    assert least_share(0, 20) == 0
    assert least_share(19, 20) == pytest.approx(0.7839, abs=1e-4)
    assert least_share(5, 10) == pytest.approx(0.2224, abs=1e-4)


def test_any_time_that_it_did_not_pass_makes_the_run_what_a_single_one_would() -> None:
    run = conclude(run_of(*STEADY, *SHAKY))
    assert run.exit == Exit.NOT_CONFORMANT and len(run.causes) == 1
    assert conclude(run_of(*STEADY)).exit == Exit.CONFORMANT


def test_each_time_has_a_name_of_its_own() -> None:
    assert len({full_name(one) for one in STEADY}) == 20 and full_name(STEADY[2]) == "steady [time 3]"


def test_terminal_and_page_say_so_and_only_of_a_run_that_repeats() -> None:
    console = Console(file=io.StringIO(), width=120)
    render_summary(console, conclude(run_of(*STEADY, *SHAKY)), Path("reports"))
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert "2 scenarios, each 20 times" in text and "passed 18 of 19 times" in text
    assert "1 passed every time: with 95 % confidence each passes in at least 86 % of runs" in text
    assert "How often each scenario passed" in html_of(conclude(run_of(*STEADY)), Path("nowhere"))
    assert stability_of(run_of(*STEADY, repeat=1)) == ()
    assert "How often each scenario passed" not in html_of(conclude(build.record(*STEADY)), Path("nowhere"))
