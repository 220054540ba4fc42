"""The runner's own judgement: what counts as caught, what is run, and how the command ends."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.planted.__main__ import CAUGHT, FAULT, MISSED, exit_code
from tests.planted.bug import Bug, read_bugs
from tests.planted.campaign import Correct, Tried
from tests.planted.coverage import Coverage, read_coverage
from tests.planted.finding import Finding, Result, finding_of, reds
from tests.planted.harness import Order
from tests.planted.matrix import PAGE, Row, known_catches, matrix_of, write_matrix
from tests.planted.report import progress

BUG = Bug("forgets", Path("forgets.patch"), ("E3", "E7"), "", "a story | of old", "so it was")
GOOD = Correct((), 3, 1.0)


def scenario(name: str, verdict: str, *promises: str) -> dict[str, Any]:
    return {"name": name, "verdict": verdict, "promises": list(promises), "seconds": 1.0}


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


def test_quickest_red_scenario_comes_first() -> None:
    slow, quick = scenario("slow", "failed", "E3"), scenario("quick", "failed", "E3") | {"seconds": 0.5}
    assert finding_of("E3", verdict(slow, quick)).caught_by == ("quick", "slow")


def test_only_promises_with_scenarios_are_selected() -> None:
    one, two = Path("one.feature"), Path("two.feature")
    coverage = Coverage({"E3": {one: frozenset("a")}, "E7": {two: frozenset("b"), one: frozenset("a")}})
    assert coverage.tags(["E3", "E7", "X1"]) == "E3 or E7"
    assert coverage.files(["E3", "X1"]) == (one,) and coverage.files(["E3", "E7"]) == (one, two)
    assert coverage.files_of("E7", "b") == (two,) and coverage.files_of("E3", "b") == ()
    assert coverage.tags(["X1"]) == "" and coverage.files(["X1"]) == ()


def test_scenarios_of_each_promise_are_found_in_feature_files(tmp_path: Path) -> None:
    text = "@E\nFeature: f\n  @E1 @T2\n  Scenario: s\n    Given x\n  @E2\n  Scenario Outline: <o>\n    Given <o>\n"
    file = tmp_path / "f.feature"
    file.write_text(f"{text}    @R3\n    Examples:\n      | o |\n      | 1 |\n", encoding="utf-8")
    found = {promise: names[file] for promise, names in read_coverage(tmp_path).scenarios.items()}
    assert found == {"E1": {"s"}, "E2": {"1"}, "R3": {"1"}}


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


def test_two_parts_of_the_correct_reference_are_judged_as_one() -> None:
    first, second = Correct((), 3, 5.0, "1/2"), Correct(("b: failed",), 4, 2.0, "2/2")
    assert first.along_with(None) == first
    assert second.along_with(first) == Correct(("b: failed",), 7, 5.0)
    assert progress(first, 0, 9).startswith("the correct reference, part 1/2: ")


def test_a_part_is_ordered_as_a_shard(tmp_path: Path) -> None:
    assert "--shard" not in Order(tmp_path, tmp_path, "E3").arguments
    words = Order(tmp_path, tmp_path, "E3", part="2/2").arguments
    assert words[words.index("--shard") + 1] == "2/2"


def test_matrix_names_what_caught_what() -> None:
    caught = Tried(BUG, Finding(Result.CAUGHT, ("a", "b", "c", "c", "d")), 1.0)
    page = matrix_of([Row.of(caught), Row.of(tried(Result.MISSED))])
    assert "## E. Ending is complete and lasts (problem 3)" in page
    assert "a story \\| of old" in page and "Breaks E7 too." in page
    assert "a; b; and 2 more" in page and "**nothing**" in page


def test_page_tells_which_scenario_caught_a_bug(tmp_path: Path) -> None:
    caught = Tried(BUG, Finding(Result.CAUGHT, ("the host | of <old> ends", "b")), 1.0)
    page = tmp_path / "planted.md"
    write_matrix([caught], page, [BUG])
    assert known_catches(page) == {"forgets": "the host | of <old> ends"}
    assert known_catches(tmp_path / "none.md") == {}


def test_only_what_was_tried_is_written_anew(tmp_path: Path) -> None:
    """One bug costs one run, and not the whole campaign; a bug that is gone goes from the page."""
    page, first = tmp_path / "planted.md", Finding(Result.CAUGHT, ("first | of <all>",))
    bugs = [replace(BUG, name=name) for name in ("a_new", "b_kept", "c_gone", "d_tried")]
    write_matrix([Tried(bug, first, 1.0) for bug in bugs[1:]], page, bugs[1:])
    write_matrix(
        [Tried(bugs[0], first, 1.0), Tried(bugs[3], Finding(Result.CAUGHT, ("second",)), 1.0)],
        page,
        [bug for bug in bugs if bug.name != "c_gone"],
    )
    assert known_catches(page) == {"a_new": "first | of <all>", "b_kept": "first | of <all>", "d_tried": "second"}


def test_stories_and_promises_on_the_page_are_those_of_today(tmp_path: Path) -> None:
    page = tmp_path / "planted.md"
    page.write_bytes(PAGE.read_bytes())
    write_matrix([], page, read_bugs())
    hint = "out of date: python -m tests.planted NAME --matrix docs/planted.md, with any NAME"
    assert page.read_text(encoding="utf-8") == PAGE.read_text(encoding="utf-8"), hint


def test_scenarios_on_the_page_exist() -> None:
    """Else nothing is wrong, and the campaign takes longer than it has to."""
    coverage, known = read_coverage(), known_catches(PAGE)
    stale = [bug.name for bug in read_bugs() if not coverage.files_of(bug.promise, known.get(bug.name, ""))]
    assert stale == [], "docs/planted.md is out of date: python -m tests.planted --matrix docs/planted.md"
