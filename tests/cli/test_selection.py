"""What is selected: by tag, by name, by line; a selection of nothing is refused, also when only its cost is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command_line import Ran, greenroom, new_process

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


def test_a_tag_selects_with_its_sign_too(feature: Path) -> None:
    assert planned(str(feature), "-t", "@lonely").out.startswith("1 scenario")


def test_lines_select_in_a_file_that_is_named_twice(feature: Path) -> None:
    assert planned(f"{feature}:5", f"{feature}:19").out.startswith("2 scenario")


@pytest.mark.parametrize(
    ("tags", "complaint", "hint"),
    [
        ("lonley", "no scenario has the tag 'lonley'", "did you mean lonely?"),
        ("lonely and E2", "no scenario is selected by 'lonely and E2'", "each tag exists"),
    ],
)
def test_a_selection_of_nothing_is_refused(feature: Path, tags: str, complaint: str, hint: str) -> None:
    ran = planned(str(feature), "-t", tags)
    assert ran.code == 3
    assert ran.complaint[0] == complaint and hint in ran.complaint[1]


def test_a_line_where_no_scenario_stands_is_refused(feature: Path) -> None:
    ran = greenroom("run", f"{feature}:9999", "--reports", str(feature.parent))
    assert ran.code == 3
    assert ran.complaint[0] == f"no scenario at {feature}:9999" and "example row" in ran.complaint[1]
    assert not (feature.parent / "latest").exists(), "nothing was run"


def test_a_folder_without_features_is_refused(tmp_path: Path) -> None:
    ran = greenroom("run", str(tmp_path))
    assert ran.code == 3 and ran.complaint[0] == f"no feature file in {tmp_path}"


@pytest.mark.parametrize(
    ("arguments", "complaint", "hint"),
    [
        (("-t", "lonley"), "no scenario has the tag 'lonley'", "did you mean lonely?"),
        (("-k", "third"), "no scenario is called anything with 'third'", "a part of its name will do"),
    ],
)
def test_workers_refuse_a_selection_as_one_process_does(
    feature: Path, arguments: tuple[str, ...], complaint: str, hint: str
) -> None:
    ran = greenroom("run", str(feature), *arguments, "-n", "2", "--reports", str(feature.parent / "out"))
    assert ran.code == 3
    assert ran.complaint[0] == complaint and hint in ran.complaint[1]
    assert not (feature.parent / "out").exists(), "nothing was run"


def test_a_plan_runs_nothing_in_workers_either(feature: Path) -> None:
    ran = greenroom("run", str(feature), "--plan", "-n", "2", "--reports", str(feature.parent / "out"))
    assert (ran.code, ran.err) == (0, "") and ran.out.startswith("3 scenarios, about 3 people and 0 Go Lives")
    assert not (feature.parent / "out").exists(), "nothing was run"


OTHER = FEATURE.replace("@E\n", "@R\n").replace("@E1 @lonely", "@R1 @seldom")


def test_tags_and_names_of_a_file_from_which_nothing_is_selected_are_known(feature: Path) -> None:
    other = feature.with_name("other.feature")
    other.write_text(OTHER, encoding="utf-8")
    both = (str(feature), str(other))
    assert planned(*both, "-t", "seldom or lonely and R").out.startswith("1 scenario")
    assert planned(*both, "-t", "lonely and seldom").complaint[0] == "no scenario is selected by 'lonely and seldom'"
    assert planned(*both, "-t", "lonely", "-k", "rests").complaint[0].startswith("no scenario is called anything with")
    assert planned(f"{feature}:5", str(other), "-t", "seldom").complaint[0] == f"no scenario at {feature}:5"


@pytest.mark.integration
def test_a_file_from_which_nothing_is_selected_is_looked_through_too(feature: Path) -> None:
    other = feature.with_name("other.feature")
    other.write_text(OTHER.replace("Given Ada has a room", "Given Ada has a roum"), encoding="utf-8")
    ran = greenroom("run", str(feature), str(other), "-t", "lonely", "--reports", str(feature.parent / "out"))
    assert ran.code == 3 and ran.err.startswith(f"{other}:6: unknown step: Given Ada has a roum")


def test_plain_pytest_says_how_many_it_left_out(feature: Path) -> None:
    options = ("--collect-only", "-q", "--rootdir", str(feature.parent), "--tags", "lonely")
    ran = new_process("pytest", str(feature), *options)
    assert ran.code == 0 and "1/3 tests collected (2 deselected)" in ran.out, ran
