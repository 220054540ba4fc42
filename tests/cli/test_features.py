"""A feature file with a mistake in it is refused before anything runs, with file, line, and what was probably meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command_line import Ran, greenroom, new_process

GIVEN = "    Given Ada has a room\n"
THEN = "    Then Ada's room is at rest\n"


def lint(folder: Path, text: str, *, plain: bool = False) -> Ran:
    path = folder / "bug.feature"
    path.write_text(text, encoding="utf-8")
    if plain:
        return new_process("pytest", str(path), "--reports", str(folder))
    return greenroom("run", str(path), "--reports", str(folder))


@pytest.mark.parametrize(
    ("text", "line", "complaint", "hint"),
    [
        (
            "Feature: f\n  Scenario: s\n" + GIVEN + "    Whan Ada ends\n",
            4,
            "not Gherkin: 'Whan Ada ends'",
            "did you mean 'When'?",
        ),
        (
            "Feature: f\n  Scenario: s\n    Given Ada has a roum\n" + THEN,
            3,
            "unknown step: Given Ada has a roum",
            "did you mean: Given {host:Name} has a room",
        ),
        (
            "Feature: f\n  Scenario: s\n" + GIVEN + THEN + "  Scenario: s\n" + GIVEN + THEN,
            5,
            "a second scenario is called 's'",
            "would vanish",
        ),
    ],
)
def test_a_mistake_is_refused_with_its_line(tmp_path: Path, text: str, line: int, complaint: str, hint: str) -> None:
    ran = lint(tmp_path, text)
    assert ran.code == 3
    assert ran.complaint[0] == f"{tmp_path}/bug.feature:{line}: {complaint}"
    assert ran.complaint[1].startswith("  hint: ") and hint in ran.complaint[1]
    assert not (tmp_path / "latest").exists(), "nothing was run"


def test_plain_pytest_refuses_it_too(tmp_path: Path) -> None:
    ran = lint(tmp_path, "Feature: f\n  Scenario: s\n    Given Ada has a roum\n" + THEN, plain=True)
    assert ran.code == 3
    assert f"{tmp_path}/bug.feature:3: unknown step: Given Ada has a roum" in ran.said
    assert "did you mean: Given {host:Name} has a room" in ran.said


def test_scenarios_outside_the_project_are_told_apart_and_only_counted(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.feature").write_text("Feature: f\n  Scenario: s\n" + GIVEN + THEN, encoding="utf-8")
    options = ("--collect-only", "-q", "--rootdir", ".", "--reports", str(tmp_path / "out"))
    ran = new_process("pytest", str(tmp_path), *options)
    assert ran.code == 0, ran
    assert ran.out.split()[:2] == [f"{tmp_path}/one.feature::test_s", f"{tmp_path}/two.feature::test_s"]
    assert not (tmp_path / "out").exists(), "nothing was run"
