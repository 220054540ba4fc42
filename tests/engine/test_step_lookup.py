"""Which definition a step gets, with the lookup of ours in pytest-bdd: the same as with pytest-bdd's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.step_text import StepText
from tests.support.command_line import Ran, new_process

ABOVE = r"""
from pytest_bdd import given, parsers, step, then

from fixtures.plugin.bdd_internals import look_up_steps_by_name

LOOK_UP


@given("the sky", target_fixture="sky")
def _():
    return "far"


@given(parsers.re(r"a (?P<colour>\w+) sky|no sky"), target_fixture="sky")
def _(colour):
    return colour


@step(parsers.parse("it is {colour}"))
def _(sky, colour):
    assert sky == colour


@then("night falls")
def _():
    raise AssertionError("a Then is no When")
"""
BELOW = """
from pytest_bdd import given, when


@given("the sky", target_fixture="sky")
def _():
    return "near"


@when("night falls")
def _():
    pass
"""
FEATURE = """
Feature: f
  Scenario: plain
    Given the sky
    Then it is HERE
  Scenario: by a regular expression
    Given a blue sky
    When it is blue
    Then it is blue
"""
OF_ITS_OWN = """
  Scenario: of the type that is asked for
    Given the sky
    When night falls
"""
SEEN_FROM_BELOW_ONLY = """
  Scenario: a definition of the folder below
    When night falls
"""


@pytest.mark.parametrize("lookup", ["look_up_steps_by_name()", ""], ids=["ours", "pytest-bdd's"])
def test_the_nearest_definition_that_a_scenario_sees(tmp_path: Path, lookup: str) -> None:
    write(tmp_path, ABOVE.replace("LOOK_UP", lookup), FEATURE.replace("HERE", "far"))
    write(tmp_path / "below", BELOW, FEATURE.replace("HERE", "near") + OF_ITS_OWN)
    ran = run(tmp_path)
    assert ran.code == 0 and "5 passed" in ran.out, ran


@pytest.mark.parametrize("lookup", ["look_up_steps_by_name()", ""], ids=["ours", "pytest-bdd's"])
def test_a_definition_elsewhere_is_not_seen(tmp_path: Path, lookup: str) -> None:
    write(tmp_path, ABOVE.replace("LOOK_UP", lookup), FEATURE.replace("HERE", "far") + SEEN_FROM_BELOW_ONLY)
    write(tmp_path / "below", BELOW, FEATURE.replace("HERE", "near"))
    ran = run(tmp_path)
    assert "1 failed, 4 passed" in ran.out and "StepDefinitionNotFoundError" in ran.out, ran


@pytest.mark.parametrize(
    ("pattern", "step"),
    [
        ("{host:Name} is live", "Ada is live"),
        ("{host:Name} is live", "Ada Is Live"),  # `parse` overlooks case
        ("{n:.2f} of {m:Count}", "0.25 of 3"),
        ("the set {{}}", "the set {}"),
        ("{host:Name}{n:Count}", "Ada3"),
    ],
)
def test_a_text_that_fits_is_found_whatever_is_in_its_pattern(pattern: str, step: str) -> None:
    assert StepText(pattern, {}).is_matching(step)


@pytest.mark.parametrize("step", ["Ada is alive", "ada goes live", "Ada", ""])
def test_a_text_that_does_not_fit(step: str) -> None:
    assert not StepText("{host:Name} is live", {}).is_matching(step)


def write(folder: Path, definitions: str, feature: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "conftest.py").write_text(definitions, encoding="utf-8")
    (folder / "f.feature").write_text(feature, encoding="utf-8")
    test = f"from pytest_bdd import scenarios\n\nscenarios({str(folder / 'f.feature')!r})\n"
    (folder / "test_f.py").write_text(test, encoding="utf-8")


def run(folder: Path) -> Ran:
    """Pytest with pytest-bdd and nothing of ours but the lookup: no target is opened."""
    alone = (
        "--disable-plugin-autoload",
        "-p",
        "pytest_bdd.plugin",
        "-p",
        "no:cacheprovider",
        "--import-mode=importlib",
    )
    return new_process("pytest", str(folder), "-q", "--rootdir", str(folder), "-c", "/dev/null", *alone)
