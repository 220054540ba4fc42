"""A feature file as an index: scenarios, lines, rules, effective tags, examples; and what is no feature at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.core.errors import BadFeature
from greenroom.gherkin.index import FeatureIndex, promises_of, read_feature

FEATURE = """\
@E
Feature: Ending
  What it is about,
  in two lines.

  Background:
    Given Ada has a room

  @E1
  Scenario: one
    When Ada ends
    Then it is over

  Rule: E2 Rules have text
    Why the rule is there.

    Background:
      And Grace is a member

    @E2 @browser
    Scenario Outline: ends while <trouble>
      When the gateway <trouble>
      But it is late
      Then it is over
        | a | b |
        | 1 | 2 |

      @E10
      Examples: soft
        | trouble |
        | is slow |

      @E7
      Examples: hard
        | trouble |
        | is down |
"""


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "some.feature"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def index(folder: Path, text: str = FEATURE) -> FeatureIndex:
    return read_feature(written(folder, text))


def test_the_feature_itself(tmp_path: Path) -> None:
    feature = index(tmp_path)
    assert (feature.title, feature.description) == ("Ending", "What it is about,\nin two lines.")
    assert feature.tags == {"E"}
    assert [(scenario.name, scenario.line) for scenario in feature.scenarios] == [
        ("one", 10),
        ("ends while <trouble>", 21),
    ]
    assert feature.find("one") is feature.scenarios[0]
    assert feature.find("none") is None


def test_backgrounds_of_feature_and_rule_come_before_the_steps(tmp_path: Path) -> None:
    one, outline = index(tmp_path).scenarios
    assert [step.text for step in one.steps] == ["Ada has a room", "Ada ends", "it is over"]
    assert [step.text for step in outline.steps][:2] == ["Ada has a room", "Grace is a member"]
    assert (outline.rule, outline.rule_description) == ("E2 Rules have text", "Why the rule is there.")


def test_a_step_takes_the_type_of_the_one_before(tmp_path: Path) -> None:
    steps = index(tmp_path).scenarios[1].steps
    assert [step.type for step in steps] == ["given", "given", "when", "when", "then"]
    assert [step.has_table for step in steps] == [False, False, False, False, True]


def test_each_example_row_is_a_case_with_its_own_tags(tmp_path: Path) -> None:
    feature = index(tmp_path)
    outline = feature.scenarios[1]
    assert [(case.name, case.line) for case in outline.cases] == [
        ("ends while is slow", 31),
        ("ends while is down", 36),
    ]
    assert outline.cases[0].tags == {"E", "E2", "browser", "E10"}
    assert outline.cases[1].tags == {"E", "E2", "browser", "E7"}
    assert feature.case(outline.name, 1) is outline.cases[1]
    assert feature.case(outline.name, len(outline.cases)) is None


def test_a_scenario_spans_from_its_tags_to_its_last_row(tmp_path: Path) -> None:
    one, outline = index(tmp_path).scenarios
    assert (one.span, outline.span) == (range(9, 13), range(20, 37))
    text = FEATURE.replace(
        "    Then it is over\n\n", '    Then it is over\n      """\n      a\n      b\n      """\n\n', 1
    )
    assert index(tmp_path, text).scenarios[0].span == range(9, 17)


def test_promises_are_numbers_with_a_letter_and_no_tests_of_the_plan() -> None:
    assert promises_of({"E10", "E2", "C1", "T1", "E", "browser", "needs-lobby", "smoke"}) == ["C1", "E2", "E10"]


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("Feature: f\n  Scenario: s\n    Given x\n    Whan Ada ends\n", 4, "did you mean 'When'?"),
        ("Feature: f\n  Scenario: s\n    Given x\n  Scenario t\n", 4, "'Scenario' is followed by a colon"),
        ("Feature: f\n  Scenario: s\n    Given x\n    Adn y\n", 4, "did you mean 'And'?"),
        ("Feature: f\n  Scenario: s\n    Given x\n    then y\n", 4, "did you mean 'Then'?"),
        ("Feature f\n", 1, "'Feature' is followed by a colon"),
        (
            "Feature: f\n  Scenario: s\n    Given x\n    Ada ends\n",
            4,
            "a step begins with Given, When, Then, And or But",
        ),
        ("Feature: f\n  Scenario: s\n    Given x\n      | a | b |\n      | 1 |\n", 5, "as many cells as its header"),
        ("nothing of the kind\n", 1, ""),
        ("", 1, 'it begins with "Feature: ..."'),
        ("# only a comment\n", 1, 'it begins with "Feature: ..."'),
        ("Feature: f\n", 1, "it would pass without running"),
        ("\n\n@tag\nFeature: f\n  Some words.\n", 4, "it would pass without running"),
    ],
)
def test_what_is_no_feature_is_refused_with_its_line(tmp_path: Path, text: str, line: int, hint: str) -> None:
    with pytest.raises(BadFeature) as refused:
        index(tmp_path, text)
    assert f"some.feature:{line}: " in refused.value.message
    assert hint in refused.value.hint and refused.value.hint


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFeature, match=r"some.feature:1:10: not UTF-8 text: byte 0xFF"):
        read_feature(written(tmp_path, b"Feature: \xff\xfe"))
    with pytest.raises(BadFeature, match="can't be read"):
        read_feature(tmp_path / "none.feature")


def test_descriptions_are_known_by_their_lines(tmp_path: Path) -> None:
    text = "Feature: f\n\n  # no\n  One.\n\n  Two.\n  Rule: r\n    One.\n    Scenario: s\n      Three.\n      Given x\n"
    said = index(tmp_path, text).prose
    assert [(line.line, line.text) for line in said] == [(4, "One."), (6, "Two."), (8, "One."), (10, "Three.")]


def test_a_language_other_than_english_is_understood(tmp_path: Path) -> None:
    feature = index(tmp_path, "# language: de\nFunktionalität: Ende\n  Szenario: s\n    Angenommen x\n    Dann y\n")
    assert [step.type for step in feature.scenarios[0].steps] == ["given", "then"]


def test_a_file_that_was_changed_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "f.feature"
    for name in ("one", "two"):
        path.write_text(f"Feature: f\n  Scenario: {name}\n    Given x\n", encoding="utf-8")
        assert [scenario.name for scenario in read_feature(path).scenarios] == [name]
