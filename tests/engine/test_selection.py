"""Which scenarios are meant: tag expressions, and FILE:LINE."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.core.errors import GreenroomError
from greenroom.gherkin.selection import TagExpression, all_of, split_place


@pytest.mark.parametrize(
    ("expression", "tags", "selected"),
    [
        ("T1", {"T1", "R1"}, True),
        ("@T1", {"T1"}, True),
        ("T1", {"T10"}, False),
        ("E and not browser", {"E", "E1"}, True),
        ("E and not browser", {"E", "browser"}, False),
        ("not browser", {"E"}, True),
        ("T1 or T2", {"T2"}, True),
        ("T1,T2", {"T2"}, True),
        ("@T1, @T2", {"T1"}, True),
        ("(T1 or T2) and smoke", {"T1"}, False),
        ("(@T1 or @T2) and @smoke", {"T1", "smoke"}, True),
        ("not needs-restart", {"needs-restart"}, False),
    ],
)
def test_expressions(expression: str, tags: set[str], selected: bool) -> None:
    assert TagExpression(expression).selects(tags) is selected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("E and", "and: Too few operands"),
        ("and", "Expected operand after BEGIN"),
        ("(E", "Unclosed '(': Too many open-parens in: (E"),
        ("E)", "Missing '(': Too few open-parens in: E)"),
        ("E not", "Expected operator after E"),
        ("E browser", "Expected operator after E"),
        ("or E", "Expected operand after BEGIN"),
    ],
)
def test_an_expression_that_cannot_be_read_is_refused(text: str, reason: str) -> None:
    with pytest.raises(GreenroomError) as refused:
        TagExpression(text)
    assert refused.value.message.startswith(f"bad tag expression {text!r}: {reason}".rstrip())
    assert refused.value.code == "bad-tags" and refused.value.hint


@pytest.mark.parametrize("text", ["", " ", ","])
def test_an_empty_expression_is_refused(text: str) -> None:
    with pytest.raises(GreenroomError, match="empty tag expression"):
        TagExpression(text)


@pytest.mark.parametrize(
    ("text", "known", "hint"),
    [
        ("smoek", {"smoke", "T1"}, "did you mean smoke?"),
        ("T1 and browsr", {"browser", "T1"}, "did you mean browser?"),
        ("zzz", {"T1", "E", "needs-lobby"}, "tags here: E, T1"),
        ("zzz", set(), "tags here: none"),
    ],
)
def test_a_tag_that_no_scenario_has_is_refused(text: str, known: set[str], hint: str) -> None:
    with pytest.raises(GreenroomError, match="no scenario has the tag") as refused:
        TagExpression(text).check_known(known)
    assert refused.value.code == "unknown-tag" and refused.value.hint == hint


def test_known_tags_are_let_through() -> None:
    TagExpression("not (T1 or @E)").check_known({"T1", "E"})


@pytest.mark.parametrize(
    ("argument", "path", "lines"),
    [
        ("features/end.feature:12", "features/end.feature", [12]),
        ("features/end.feature:12:27", "features/end.feature", [12, 27]),
        ("features/end.feature", "features/end.feature", []),
        ("a:b.feature", "a:b.feature", []),
        ("a:b.feature:3", "a:b.feature", [3]),
        ("end.feature:", "end.feature:", []),
        ("features", "features", []),
    ],
)
def test_a_place_is_a_path_and_lines(argument: str, path: str, lines: list[int]) -> None:
    assert split_place(argument) == (path, lines)


def test_a_file_may_be_called_like_a_place(tmp_path: Path) -> None:
    file = tmp_path / "a.feature:3"
    file.touch()
    assert split_place(str(file)) == (str(file), [])


@pytest.mark.parametrize(
    ("given", "tags", "selected"),
    [
        ([], {"E"}, True),
        (["E"], {"E"}, True),
        (["E", "browser"], {"E"}, False),
        (["E", "browser"], {"E", "browser"}, True),
        (["E,R", "not browser"], {"R"}, True),
        (["E,R", "not browser"], {"R", "browser"}, False),
        (["E or R", "smoke"], {"E"}, False),
    ],
)
def test_expressions_given_again_must_all_fit(given: list[str], tags: set[str], selected: bool) -> None:
    joined = all_of(given)
    assert (not joined or TagExpression(joined).selects(tags)) is selected
