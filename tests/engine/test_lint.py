"""The lint refuses, with line and hint, every case in which pytest-bdd would go green without a word."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from fixtures.plugin.bdd_internals import vocabulary as real_vocabulary
from greenroom.core.errors import BadFeature
from greenroom.core.project import ROOT
from greenroom.gherkin.index import read_feature
from greenroom.gherkin.lint import LintFinding, lint, refuse
from greenroom.gherkin.vocabulary import StepMatch, Vocabulary

STEPS: dict[str, dict[str, list[StepMatch]]] = {
    "given": {
        "Ada has a room": [StepMatch("{host} has a room", False, False)],
        "these rooms:": [StepMatch("these rooms:", True, False)],
        "this text:": [StepMatch("this text:", False, True)],
        "two fit": [StepMatch("two {what}", False, False), StepMatch("{number} fit", False, False)],
        "it waits": [StepMatch("it waits", False, False, is_async=True)],
    },
    "when": {"Ada ends the room": [StepMatch("{host} ends the room", False, False)]},
    "then": {"Ada's room is at rest": [StepMatch("{host}'s room is at rest", False, False)]},
}
GOOD = "    Given Ada has a room\n    When Ada ends the room\n    Then Ada's room is at rest\n"


def matches(kind: str, text: str) -> Sequence[StepMatch]:
    return STEPS[kind].get(text, [])


def patterns(kind: str) -> Sequence[str]:
    return [match.pattern for found in STEPS[kind].values() for match in found]


def findings(folder: Path, text: str) -> list[LintFinding]:
    path = folder / "some.feature"
    path.write_text("Feature: f\n" + text, encoding="utf-8")
    return lint(read_feature(path), Vocabulary(matches, patterns))


def only(folder: Path, text: str) -> LintFinding:
    (found,) = findings(folder, text)
    assert found.hint
    return found


def test_a_sound_feature_has_no_findings(tmp_path: Path) -> None:
    outline = "  Scenario Outline: o\n    Given <who> has a room\n    Then Ada's room is at rest\n"
    examples = "    Examples:\n      | who |\n      | Ada |\n"
    assert findings(tmp_path, "  Scenario: s\n" + GOOD + outline + examples) == []


def test_a_second_scenario_of_the_same_name(tmp_path: Path) -> None:
    found = only(tmp_path, "  Scenario: s\n" + GOOD + "  Rule: r\n  Scenario: s\n" + GOOD)
    assert found.line == 7 and "a second scenario is called 's'" in found.message
    assert "in line 2" in found.hint


def test_an_outline_without_examples(tmp_path: Path) -> None:
    found = findings(tmp_path, "  Scenario Outline: o\n" + GOOD)
    assert [(one.line, one.message) for one in found] == [(2, "the outline 'o' has no Examples")]


def test_examples_with_a_header_and_no_rows(tmp_path: Path) -> None:
    found = only(tmp_path, "  Scenario Outline: o\n" + GOOD + "    Examples:\n      | who |\n")
    assert (found.line, found.message) == (6, "the Examples of 'o' have no rows")


@pytest.mark.parametrize(("name", "hint"), [("hoo", "did you mean <who>?"), ("zzz", "no Examples table")])
def test_a_parameter_that_no_table_gives(tmp_path: Path, name: str, hint: str) -> None:
    steps = GOOD.replace("When Ada", f"When <{name}>")
    found = findings(tmp_path, f"  Scenario Outline: o\n{steps}    Examples:\n      | who |\n      | Ada |\n")
    assert found[0].line == 4 and found[0].message == f"unknown parameter <{name}>"
    assert hint in found[0].hint


def test_a_scenario_without_steps(tmp_path: Path) -> None:
    assert only(tmp_path, "  Scenario: s\n").message == "the scenario 's' has no steps"


def test_a_scenario_that_checks_nothing(tmp_path: Path) -> None:
    found = only(tmp_path, "  Scenario: s\n    Given Ada has a room\n    When Ada ends the room\n")
    assert (found.line, found.message) == (2, "the scenario 's' has no Then")


def test_an_async_step(tmp_path: Path) -> None:
    found = only(tmp_path, "  Scenario: s\n    Given it waits\n    Then Ada's room is at rest\n")
    assert found.line == 3 and "is async and would never run" in found.message


def test_a_table_or_docstring_that_would_be_ignored(tmp_path: Path) -> None:
    table = "  Scenario: s\n    Given Ada has a room\n      | a |\n    Then Ada's room is at rest\n"
    assert "this step takes no table" in only(tmp_path, table).message
    text = table.replace("      | a |\n", '      """\n      a\n      """\n')
    assert "this step takes no docstring" in only(tmp_path, text).message


def test_a_table_and_a_docstring_where_they_belong(tmp_path: Path) -> None:
    steps = '    Given these rooms:\n      | a |\n    And this text:\n      """\n      a\n      """\n'
    assert findings(tmp_path, "  Scenario: s\n" + steps + "    Then Ada's room is at rest\n") == []


def test_a_step_that_two_definitions_match(tmp_path: Path) -> None:
    found = only(tmp_path, "  Scenario: s\n    Given two fit\n    Then Ada's room is at rest\n")
    assert "two step definitions match" in found.message
    assert "'two {what}' and '{number} fit'" in found.hint


@pytest.mark.parametrize(
    ("step", "hint"),
    [
        ("When Ada end the room", "did you mean: When {host} ends the room"),
        ("When Ada's room is at rest", "this is a Then step, here it stands as a When"),
        ("When zzz", "`greenroom steps` lists the vocabulary"),
    ],
)
def test_an_unknown_step(tmp_path: Path, step: str, hint: str) -> None:
    found = only(tmp_path, "  Scenario: s\n" + GOOD.replace("When Ada ends the room", step))
    assert (found.line, found.message) == (4, f"unknown step: {step}")
    assert hint in found.hint


@pytest.mark.parametrize(
    "line", ["Givn Ada has a room", "Ada has a room", "given Ada has a room", "Then: Ada has a room"]
)
def test_a_first_step_with_a_typo_is_no_description(tmp_path: Path, line: str) -> None:
    found = only(tmp_path, "  Scenario: s\n" + GOOD.replace("Given Ada has a room", line))
    assert (found.line, found.message) == (3, f"this is read as a description: {line}")
    assert found.hint == "a step begins with Given, When, Then, And or But"


@pytest.mark.parametrize(
    ("blank", "called"), [("\u00a0", "no-break space"), ("\u3000", "ideographic space"), ("\u200b", "zero width space")]
)
def test_a_first_step_behind_a_blank_that_is_none_is_no_description(tmp_path: Path, blank: str, called: str) -> None:
    found = only(tmp_path, "  Scenario: s\n" + GOOD.replace("Given ", f"Given{blank}"))
    assert found.line == 3 and found.message.startswith("this is read as a description: Given")
    assert f"holds a {called}" in found.hint


@pytest.mark.parametrize(
    ("line", "keyword"),
    [
        ("Scenario first", "Scenario"),
        ("scenario: first", "Scenario"),
        ("Scenario : first", "Scenario"),
        ("Scenario outline: first", "Scenario Outline"),
        ("background:", "Background"),
    ],
)
def test_a_scenario_with_a_typo_in_its_keyword_is_no_description(tmp_path: Path, line: str, keyword: str) -> None:
    found = findings(tmp_path, f"  Rule: r\n  {line}\n{GOOD}  Scenario: second\n{GOOD}")
    assert (found[0].line, found[0].message) == (3, f"this is read as a description: {line}")
    assert found[0].hint == f"it is written {keyword!r}, and a colon follows at once"
    assert [one.line for one in found] == [3, 4, 5, 6]


def test_a_description_is_free_text(tmp_path: Path) -> None:
    said = "  When a room is stuck, nobody goes live: see the\n  scenario below. Given time, it heals.\n"
    assert findings(tmp_path, f"{said}  Rule: r\n{said}  Scenario: s\n    The host ends it.\n{GOOD}") == []


def findings_by_names(folder: Path, step: str) -> list[LintFinding]:
    path = folder / "names.feature"
    steps = f"    Given Ada is live with Grace as a guest\n    {step}\n    Then Ada's room is at rest\n"
    path.write_text(f"Feature: f\n  Scenario: s\n{steps}", encoding="utf-8")
    return lint(read_feature(path), real_vocabulary())


@pytest.mark.parametrize("typo", ["Gracee", "Grcae", "Gace"])
def test_a_name_with_a_typo_is_nobody_new(tmp_path: Path, typo: str) -> None:
    (found,) = findings_by_names(tmp_path, f"Then {typo} is not inside Ada's session")
    assert (found.line, found.message) == (4, f"{typo} is named in this step alone, and Grace before it")
    assert found.hint.startswith("did you mean Grace? ") and f"Given {typo} is a member" in found.hint


@pytest.mark.parametrize(
    "step", ["And Gracie is a member\n    When Gracie joins Ada's room", "When Joan joins Ada's room"]
)
def test_somebody_else_may_have_a_name_like_it(tmp_path: Path, step: str) -> None:
    assert findings_by_names(tmp_path, step) == []


def test_every_row_of_an_outline_is_looked_at(tmp_path: Path) -> None:
    outline = "  Scenario Outline: o\n    Given <who> has a room\n    Then Ada's room is at rest\n"
    found = only(tmp_path, outline + "    Examples:\n      | who |\n      | Ada |\n      | Ada and |\n")
    assert (found.line, found.message) == (8, "unknown step: Given Ada and has a room")


def test_a_refusal_names_file_line_and_hint_of_every_finding(tmp_path: Path) -> None:
    path = tmp_path / "some.feature"
    path.write_text("Feature: f\n  Scenario: s\n    When zzz\n", encoding="utf-8")
    feature = read_feature(path)
    with pytest.raises(BadFeature) as refused:
        refuse(feature, lint(feature, Vocabulary(matches, patterns)))
    first, hint, second, _, begin_with = str(refused.value).splitlines()
    assert begin_with == f"  a definition to begin with, for each unknown step:   greenroom lint {path}"
    assert first.endswith("some.feature:2: the scenario 's' has no Then") and hint.startswith("  hint: ")
    assert second.endswith("some.feature:3: unknown step: When zzz")
    refuse(feature, [])


@pytest.mark.parametrize("path", sorted((ROOT / "features").rglob("*.feature")), ids=lambda path: path.stem)
def test_the_projects_own_features_are_sound(path: Path) -> None:
    assert lint(read_feature(path), real_vocabulary()) == []
