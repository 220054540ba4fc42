"""The runner's own judgement: what counts as caught, what is run, and how the command ends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.planted.__main__ import CAUGHT, FAULT, MISSED, exit_code
from tests.planted.bug import Bug
from tests.planted.campaign import Correct, Tried
from tests.planted.coverage import promises_with_scenarios, selection
from tests.planted.finding import Finding, Result, finding_of, reds
from tests.planted.matrix import matrix_of

BUG = Bug("forgets", Path("forgets.patch"), ("E3", "E7"), "", "a story | of old", "so it was")
GOOD = Correct((), 3, 1.0)


def scenario(name: str, verdict: str, *promises: str) -> dict[str, Any]:
    return {"name": name, "verdict": verdict, "promises": list(promises)}


def verdict(*scenarios: dict[str, Any], word: str = "not conformant", reason: str = "") -> dict[str, Any]:
    return {"verdict": word, "reason": reason, "scenarios": list(scenarios)}


@pytest.mark.parametrize("word", ["failed", "contradiction"])
def test_red_scenario_of_its_promise_catches(word: str) -> None:
    found = finding_of("E3", verdict(scenario("a", word, "E3", "E7"), scenario("b", "passed", "E3")))
    assert (found.result, found.caught_by, found.ran) == (Result.CAUGHT, ("a",), 2)


def test_red_scenario_of_another_promise_catches_nothing() -> None:
    found = finding_of("E3", verdict(scenario("a", "failed", "E7"), scenario("b", "passed", "E3")))
    assert (found.result, found.caught_by, found.others) == (Result.MISSED, (), ("a",))


@pytest.mark.parametrize("word", ["inconclusive", "error"])
def test_scenario_that_could_not_tell_catches_nothing(word: str) -> None:
    found = finding_of("E3", verdict(scenario("a", word, "E3")))
    assert (found.result, found.unclear) == (Result.UNCLEAR, (f"a: {word}",))


@pytest.mark.parametrize("word", ["passed", "flaky", "not applicable", "known failure", "unexpectedly fixed"])
def test_other_verdicts_catch_nothing(word: str) -> None:
    assert finding_of("E3", verdict(scenario("a", word, "E3"))).result is Result.MISSED


def test_error_beside_a_red_scenario_does_not_undo_it() -> None:
    found = finding_of("E3", verdict(scenario("a", "error", "E3"), scenario("b", "failed", "E3")))
    assert (found.result, found.unclear) == (Result.CAUGHT, ("a: error",))


def test_no_scenario_of_the_promise() -> None:
    assert finding_of("E3", verdict(scenario("a", "failed", "E7"))).result is Result.NO_SCENARIO


def test_correct_reference_must_be_conformant() -> None:
    assert reds(verdict(scenario("a", "passed", "E3"), word="conformant")) == []
    assert reds(verdict(scenario("a", "passed", "E3"), scenario("b", "flaky", "E3"))) == ["b: flaky"]
    assert reds(verdict(word="error", reason="the run was cut short")) == ["the run was cut short"]


def test_only_promises_with_scenarios_are_selected() -> None:
    assert selection(["E3", "E7", "X1"], frozenset({"E7", "E3", "R1"})) == "E3 or E7"
    assert selection(["X1"], frozenset({"E7"})) == ""


def test_promises_are_found_in_feature_files(tmp_path: Path) -> None:
    text = "@E\nFeature: f\n  @E1 @T2\n  Scenario: s\n    Given x\n  @E2\n  Scenario Outline: <o>\n    Given <o>\n"
    (tmp_path / "f.feature").write_text(f"{text}    @R3\n    Examples:\n      | o |\n      | 1 |\n", encoding="utf-8")
    assert promises_with_scenarios(tmp_path) == {"E1", "E2", "R3"}


def tried(result: Result | None) -> Tried:
    return Tried(BUG, Finding(result) if result else None, 1.0, "" if result else "forgets.patch does not apply")


@pytest.mark.parametrize(
    ("correct", "results", "code"),
    [
        (GOOD, [Result.CAUGHT], CAUGHT),
        (GOOD, [Result.CAUGHT, Result.MISSED], MISSED),
        (GOOD, [Result.UNCLEAR], MISSED),
        (GOOD, [Result.NO_SCENARIO], MISSED),
        (GOOD, [Result.MISSED, None], FAULT),
        (Correct(("b: flaky",), 3, 1.0), [], FAULT),
        (None, [Result.CAUGHT], FAULT),
    ],
)
def test_exit_code(correct: Correct | None, results: list[Result | None], code: int) -> None:
    assert exit_code(correct, [tried(result) for result in results]) == code


def test_matrix_names_what_caught_what() -> None:
    page = matrix_of([Tried(BUG, Finding(Result.CAUGHT, ("a", "b", "c", "c", "d")), 1.0), tried(Result.MISSED)])
    assert "## E. Ending is complete and lasts (problem 3)" in page
    assert "a story \\| of old" in page and "Breaks E7 too." in page
    assert "a; b; and 2 more" in page and "**nothing**" in page
