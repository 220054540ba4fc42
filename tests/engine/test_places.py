"""FILE:LINE names the scenario that stands there: from its tags to its last row, a case by its example row, and all
scenarios of a Feature, a Rule or a Background by its lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.gherkin.index import FeatureIndex, read_feature
from greenroom.gherkin.selection import Place, Selection, candidates, stands_at

FEATURE = """\
@E
Feature: Places

  @E1
  Scenario: first
    Given Ada has a room
    Then it is at rest
      | row |

  # a comment
  Rule: r
    Words.

    Background:
      Given Grace has a room

    @E2
    @E3
    Scenario Outline: second

      Then <who> is at rest

      @E4
      Examples:
        | who |
        | a   |
        | b   |

"""


@pytest.fixture
def feature(tmp_path: Path) -> FeatureIndex:
    path = tmp_path / "places.feature"
    path.write_text(FEATURE, encoding="utf-8")
    return read_feature(path)


def standing_at(feature: FeatureIndex, place: Place) -> list[str]:
    """The example values, or the names, of the cases that stand there."""
    found = [one.case for one in candidates(feature) if stands_at(one, place)]
    return [" ".join(case.values.values()) or case.name for case in found]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([9, 10, 16, 28, 9999], []),
        ([1, 2, 3], ["first", "a", "b"]),
        ([11, 12, 13, 14, 15], ["a", "b"]),
        ([4, 5, 6, 7, 8], ["first"]),
        ([17, 18, 19, 20, 21, 23, 24, 25], ["a", "b"]),
        ([26], ["a"]),
        ([27], ["b"]),
    ],
)
def test_a_line_names_what_stands_there(feature: FeatureIndex, lines: list[int], expected: list[str]) -> None:
    for line in lines:
        assert standing_at(feature, Place(feature.path, line)) == expected, line


def test_a_file_or_a_folder_is_all_of_its_cases(feature: FeatureIndex) -> None:
    for whole in (feature.path, feature.path.parent):
        assert standing_at(feature, Place(whole, None)) == ["first", "a", "b"]
    assert standing_at(feature, Place(feature.path.with_name("other"), None)) == []


TABLES = """Feature: f
  Scenario Outline: o
    Then <who> is at rest

    @quick
    Examples: some
      | who |
      | a   |

    Examples: others
      | who |
      | b   |
      | c   |
"""


@pytest.mark.parametrize(
    ("line", "expected"),
    [(3, "abc"), (5, "a"), (6, "a"), (7, "a"), (8, "a"), (10, "bc"), (11, "bc"), (12, "b"), (13, "c")],
)
def test_a_line_of_a_table_of_examples_is_its_cases(tmp_path: Path, line: int, expected: str) -> None:
    path = tmp_path / "tables.feature"
    path.write_text(TABLES, encoding="utf-8")
    assert standing_at(read_feature(path), Place(path, line)) == list(expected)


def test_another_file_is_another_place(feature: FeatureIndex) -> None:
    assert standing_at(feature, Place(feature.path.with_name("other.feature"), 5)) == []


def test_what_is_named_first_comes_first(feature: FeatureIndex) -> None:
    def ordered(*lines: int) -> list[str]:
        selection = Selection("", "", [f"{feature.path}:{line}" for line in lines])
        cases = [one.case for one in selection.chosen(candidates(feature), lambda one: one)]
        return [" ".join(case.values.values()) or case.name for case in cases]

    assert ordered(27, 6, 26) == ["b", "first", "a"]
    assert ordered(26, 27) == ordered(13) == ordered(26, 12) == ["a", "b"]
