"""What counts as the verdict due, and what does not: never red for a trouble, never green with a bug."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.trust.judge import faults
from tests.trust.seen import Ran, Seen
from tests.trust.trouble import Trouble, read_troubles

PASSED, FAILED, UNTOLD = Seen("passed"), Seen("failed"), Seen("inconclusive", "reset")


def trouble(folder: Path, line: str) -> Trouble:
    file = folder / "troubles.toml"
    file.write_text(f'[gateway]\none = {{ only = ["E4", "S1"], {line} }}\n', encoding="utf-8")
    return read_troubles(file)[0]


def ran(code: int | None, e4: Seen, s1: Seen, **more: Any) -> Ran:
    given: dict[str, Any] = {"met": {"E4": 1}, "said": "", "seconds": 1.0}
    return Ran(code, {"E4": e4, "S1": s1}, **(given | more))


@pytest.fixture
def reset(tmp_path: Path) -> Trouble:
    return trouble(tmp_path, 'does = "resets", when = "every request to end", due = "inconclusive", cause = "reset"')


def test_verdict_due_is_right(reset: Trouble) -> None:
    assert faults(reset, ran(2, UNTOLD, PASSED), planted=False) == []


def test_red_for_a_trouble_is_wrong(reset: Trouble) -> None:
    assert faults(reset, ran(1, FAILED, PASSED), planted=False) == ["exit 1", "E4: failed"]


def test_green_unseen_is_wrong(reset: Trouble) -> None:
    assert faults(reset, ran(0, PASSED, PASSED), planted=False) == ["exit 0", "E4: passed"]


def test_cause_has_to_be_the_one_due(reset: Trouble) -> None:
    seen = Seen("inconclusive", "timeout")
    assert faults(reset, ran(2, seen, PASSED), planted=False) == ["E4: inconclusive (timeout)"]


def test_scenario_that_did_not_meet_it_has_its_usual_verdict(reset: Trouble) -> None:
    assert faults(reset, ran(2, UNTOLD, UNTOLD), planted=False) == [
        "S1, which did not meet it: inconclusive (reset)"
    ]  # fmt: skip
    assert faults(reset, ran(1, UNTOLD, FAILED), planted=True) == []
    assert faults(reset, ran(2, UNTOLD, UNTOLD), planted=True) == ["S1 with its bug: inconclusive (reset)"]


def test_trouble_that_was_never_met_was_not_tried(reset: Trouble) -> None:
    never = ran(0, PASSED, PASSED, met={})
    assert "not tried: the trouble was never met" in faults(reset, never, planted=False)


@pytest.mark.parametrize("seen", [FAILED, Seen("contradiction"), UNTOLD])
def test_bug_may_be_found_in_spite_of_the_trouble_or_not_told(reset: Trouble, seen: Seen) -> None:
    assert faults(reset, ran(1, seen, FAILED), planted=True) == []


@pytest.mark.parametrize("seen", [PASSED, Seen("not applicable"), Seen("error"), Seen("flaky")])
def test_nothing_else_will_do_with_a_bug(reset: Trouble, seen: Seen) -> None:
    assert faults(reset, ran(1, seen, FAILED), planted=True) == [f"E4 with its bug: {seen.verdict}"]


def test_green_with_bugs_is_wrong_by_its_exit_code_as_well(reset: Trouble) -> None:
    assert "exit 0 with the bugs planted" in faults(reset, ran(0, UNTOLD, FAILED), planted=True)


def test_bug_is_found_under_a_trouble_that_does_no_harm(tmp_path: Path) -> None:
    harmless = trouble(tmp_path, 'does = "zips", when = "every request", due = "passed"')
    assert faults(harmless, ran(1, UNTOLD, FAILED), planted=True) == ["E4 with its bug: inconclusive (reset)"]


def test_run_that_does_not_end_or_ends_in_a_traceback_is_wrong(reset: Trouble) -> None:
    hung = ran(None, UNTOLD, PASSED, seconds=90.0)
    assert faults(reset, hung, planted=False) == ["it did not end within 90 s"]
    told = ran(2, UNTOLD, PASSED, said="Traceback (most recent call last):\n")
    assert faults(reset, told, planted=False) == ["it ended in a traceback"]


def test_what_is_left_behind_has_to_be_said(reset: Trouble) -> None:
    silent, honest = ran(2, UNTOLD, PASSED, left=3), ran(2, UNTOLD, PASSED, left=3, said="rows still there: 3")
    assert faults(reset, silent, planted=False) == ["3 accounts were left behind, and nobody was told"]
    assert faults(reset, honest, planted=False) == []


def test_run_that_never_came_to_its_scenarios_is_judged_by_its_own_verdict(reset: Trouble) -> None:
    untold = Seen("inconclusive", finished=False)
    assert faults(reset, ran(2, untold, untold, met={"": 1}), planted=False) == []
    assert faults(reset, ran(2, untold, untold, met={"": 1}), planted=True) == []
