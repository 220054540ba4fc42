"""What is counted, how sure it is, and what the page says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutants.judged import Judgement, Word, read_judgements
from tests.mutants.mutant import Change, Kind, Mutant
from tests.mutants.report_page import page_of
from tests.mutants.results import (
    RESULTS,
    Outcome,
    Result,
    append,
    at_first,
    kills_by,
    outcome_of,
    read_outcomes,
    seen_since,
)
from tests.mutants.tally import tally, wilson
from tests.planted.copies import ROOT


def mutant(key: str, where: str = "end_room") -> Mutant:
    change = Change(0, 1, "", "a statement is dropped", where)
    return Mutant(key, Kind.SQL, Path("f.sql"), 3, change, "perform x(a);", "null;")


def outcome(key: str, result: Result, **more: str) -> Outcome:
    return outcome_of(mutant(key), result, **more)


ALL = [
    outcome("a", Result.KILLED, by="f::s", promise="E3"),
    outcome("b", Result.KILLED, by="f::s", promise="E1"),
    outcome("c", Result.SURVIVED),
    outcome("d", Result.SURVIVED),
    outcome("e", Result.SURVIVED),
    outcome("f", Result.FLAKY),
    outcome("g", Result.STILLBORN),
    outcome("h", Result.TIMEOUT),
]
JUDGED = {"c": Judgement(Word.EQUIVALENT, "the same"), "d": Judgement(Word.OUTSIDE, "nobody | asks")}


def test_only_what_can_be_seen_is_counted() -> None:
    told = tally(ALL, JUDGED)
    assert (told.tried, told.killed, told.survived) == (8, 2, 1)
    assert (told.equivalent, told.outside, told.apart, told.counted) == (1, 1, 3, 3)
    assert told.rate == pytest.approx(2 / 3)


def test_how_sure_a_share_is() -> None:
    low, high = wilson(90, 100)
    assert (round(low, 3), round(high, 3)) == (0.826, 0.945)
    assert wilson(0, 0) == (0.0, 1.0)


def test_the_page_names_survivors_with_their_reasons() -> None:
    page = page_of(ALL, JUDGED)
    assert "| **all** | 8 | 2 | 1 | 67% | 21% to 94% | 1 | 1 | 3 |" in page
    assert "| `e` | end_room, a statement is dropped: `perform x(a);` becomes `null;` | not looked at yet |" in page
    assert "nobody \\| asks" in page and "| E1 | 1 |" in page and "| `h` |" in page


def test_the_last_line_of_a_mutant_holds(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "results.jsonl"
    for one in (outcome("a", Result.SURVIVED), outcome("b", Result.KILLED), outcome("a", Result.KILLED, by="f::s")):
        append(file, one)
    assert {key: one.result for key, one in read_outcomes(file).items()} == {"a": Result.KILLED, "b": Result.KILLED}
    assert read_outcomes(tmp_path / "none") == {}


def test_what_an_earlier_suite_did_not_see_is_told(tmp_path: Path) -> None:
    file = tmp_path / "results.jsonl"
    append(file, outcome("a", Result.SURVIVED, suite="one"))
    append(file, outcome("b", Result.KILLED, suite="one", by="f::s", promise="E1"))
    append(file, outcome("a", Result.KILLED, suite="two", by="f::new", promise="E3"))
    assert [one.by for one in seen_since(file)] == ["f::new"]
    assert "| E3 new |" in page_of(list(read_outcomes(file).values()), {}, seen_since(file))


def test_what_killed_a_neighbour_is_tried_first() -> None:
    far = outcome_of(mutant("x", "elsewhere"), Result.KILLED, by="f::far")
    near = outcome("y", Result.KILLED, by="f::near")
    assert kills_by([far, far, near], mutant("z")).most_common() == [("f::near", 10), ("f::far", 6)]


def test_the_page_is_that_of_the_results_that_are_kept() -> None:
    kept = list(read_outcomes(RESULTS).values())
    page = page_of(kept, read_judgements(), seen_since(RESULTS), at_first(RESULTS))
    mend = "python -m tests.mutants --sample 0 --page docs/mutants.md"
    assert (ROOT / "docs" / "mutants.md").read_text(encoding="utf-8") == page, mend
