"""What is selected: by tag, by name, by line; and a selection of nothing is refused, also when only the cost is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_cli_command import Ran, greenroom

FEATURE = """\
@E
Feature: Places

  @E1 @lonely
  Scenario: first
    Given Ada has a room
    Then Ada's room is at rest

  Rule: E2 in a rule
    Words about it.

    @E2
    Scenario Outline: <who> rests
      Given <who> has a room
      Then <who>'s room is at rest

      Examples:
        | who   |
        | Grace |
        | Joan  |
"""


@pytest.fixture
def feature(tmp_path: Path) -> Path:
    path = tmp_path / "places.feature"
    path.write_text(FEATURE, encoding="utf-8")
    return path


def planned(*arguments: str) -> Ran:
    """What would be run; nothing is."""
    return greenroom("run", *arguments, "--plan")


def test_tags_select_with_and_without_their_sign(feature: Path) -> None:
    assert planned(str(feature), "-t", "@lonely").out.startswith("1 scenario")
    assert planned(str(feature), "-t", "E and not @lonely").out.startswith("2 scenario")


def test_lines_and_names_select(feature: Path) -> None:
    assert planned(f"{feature}:5", f"{feature}:19").out.startswith("2 scenario")
    assert planned(str(feature), str(feature), "-k", "first").out.startswith("1 scenario")


@pytest.mark.parametrize(
    ("arguments", "complaint", "hint"),
    [
        (["-t", "lonley"], "no scenario has the tag 'lonley'", "did you mean lonely?"),
        (["-t", "E and"], "bad tag expression 'E and'", 'for example "T1"'),
        (["-t", "lonely and E2"], "no scenario is selected by 'lonely and E2'", "each tag exists"),
    ],
)
def test_a_selection_of_nothing_is_refused(feature: Path, arguments: list[str], complaint: str, hint: str) -> None:
    ran = planned(str(feature), *arguments)
    assert ran.code == 3
    assert ran.complaint[0].startswith(complaint) and hint in ran.complaint[1]


def test_a_line_and_a_name_where_no_scenario_is_are_refused(feature: Path) -> None:
    ran = planned(f"{feature}:9999")
    assert ran.code == 3
    assert ran.complaint[0] == f"no scenario at {feature}:9999" and "example row" in ran.complaint[1]
    ran = planned(str(feature), "-k", "nothing of the kind")
    assert ran.code == 3 and ran.complaint[0].startswith("no scenario ")


def test_a_folder_without_features_is_refused(tmp_path: Path) -> None:
    ran = greenroom("run", str(tmp_path))
    assert ran.code == 3 and ran.complaint[0].startswith("no scenario ")
