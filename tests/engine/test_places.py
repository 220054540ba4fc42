"""FILE:LINE names the scenario that stands there: from its tags to its last row, and a case by its example row."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.gherkin.index import FeatureIndex, read_feature
from greenroom.gherkin.selection import Place, candidates, stands_at

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
        ([1, 2, 3, 9, 10, 11, 12, 14, 15, 28, 9999], []),
        ([4, 5, 6, 7, 8], ["first"]),
        ([17, 18, 19, 20, 21, 23, 24, 25], ["a", "b"]),
        ([26], ["a"]),
        ([27], ["b"]),
    ],
)
def test_a_line_names_what_stands_there(feature: FeatureIndex, lines: list[int], expected: list[str]) -> None:
    for line in lines:
        assert standing_at(feature, Place(feature.path, line)) == expected, line


def test_another_file_is_another_place(feature: FeatureIndex) -> None:
    assert standing_at(feature, Place(feature.path.with_name("other.feature"), 5)) == []
