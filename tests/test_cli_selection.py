"""What is selected: a tag or a line that selects nothing is refused, and a place means the scenario that stands there."""

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


@pytest.mark.parametrize(
    ("tags", "scenarios"), [("E", 3), ("@lonely", 1), ("E and not lonely", 2), ("E1 or E2", 3), ("lonely,E2", 3)]
)
def test_tags_select(feature: Path, tags: str, scenarios: int) -> None:
    ran = planned(str(feature), "-t", tags)
    assert ran.code == 0 and ran.out.startswith(f"{scenarios} scenario")


@pytest.mark.parametrize(("line", "scenarios"), [(4, 1), (5, 1), (7, 1), (12, 2), (13, 2), (14, 2), (19, 1), (20, 1)])
def test_a_line_selects_the_scenario_that_stands_there(feature: Path, line: int, scenarios: int) -> None:
    ran = planned(f"{feature}:{line}")
    assert ran.code == 0 and ran.out.startswith(f"{scenarios} scenario")


@pytest.mark.parametrize("line", [1, 9, 10, 21, 9999])
def test_a_line_where_no_scenario_stands_is_refused(feature: Path, line: int) -> None:
    ran = planned(f"{feature}:{line}")
    assert ran.code == 3
    assert ran.complaint[0] == f"no scenario at {feature}:{line}" and "example row" in ran.complaint[1]


@pytest.mark.parametrize(
    ("arguments", "complaint", "hint"),
    [
        (["-t", "lonley"], "no scenario has the tag 'lonley'", "did you mean lonely?"),
        (["-t", "E and"], "bad tag expression 'E and'", 'for example "T1"'),
        (["-t", "lonely and E2"], "no scenario is selected by 'lonely and E2'", "each tag exists"),
        (["-k", "nothing of the kind"], "no scenario was run", "that exists"),
    ],
)
def test_a_selection_of_nothing_is_refused(feature: Path, arguments: list[str], complaint: str, hint: str) -> None:
    ran = planned(str(feature), *arguments)
    assert ran.code == 3
    assert ran.complaint[0].startswith(complaint) and hint in ran.complaint[1]


def test_a_folder_without_features_is_refused(tmp_path: Path) -> None:
    ran = greenroom("run", str(tmp_path))
    assert ran.code == 3 and ran.complaint[0] == "no scenario was run"


def test_names_select_and_paths_may_be_given_twice(feature: Path) -> None:
    assert planned(str(feature), str(feature), "-k", "first").out.startswith("1 scenario")
    assert planned(f"{feature}:5", f"{feature}:19").out.startswith("2 scenario")
