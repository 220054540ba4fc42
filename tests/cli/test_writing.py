"""What helps to write features: snippets for unknown steps, where steps are, which are unused, editors, shells."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from fixtures.step_text import StepText
from greenroom.cli.catalogue import ask_catalogue
from greenroom.cli.editor import settings_of
from greenroom.core.project import ROOT
from greenroom.gherkin.index import filled, read_feature
from greenroom.gherkin.snippet import snippet_for
from tests.support.command_line import greenroom


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("Ada waves", "{host:Name} waves"),
        ("Ada waves at Grace 3 times", "{host:Name} waves at {guest:Name} {n:Count} times"),
        ('Grace\'s room is called "Tea"', '{host:Name}\'s room is called "{text_said}"'),
        ("Ada, Grace and Joan wave to Mallory and Ada-Lou", None),
        ("the room {is} said to be 'odd' \\ 50 times", None),
        ("import", "import"),
        ("☕ 7 and 8", "☕ {n:Count} and {n2:Count}"),
    ],
)
def test_a_snippet_is_python_that_fits_its_step(text: str, pattern: str | None) -> None:
    source = snippet_for("when", text)
    found: dict[str, Any] = {}
    scope = {
        "when": lambda pattern: lambda step: found.update(pattern=pattern, step=step),
        "text": str,
        "World": object,
    }
    exec(compile(source, "snippet", "exec"), scope)
    assert pattern is None or found["pattern"] == pattern
    assert StepText(found["pattern"], {}).is_matching(text)
    bound = StepText(found["pattern"], {}).parse_arguments(text) or {}
    assert set(bound) == set(found["step"].__annotations__) - {"world", "return"}


def test_who_stands_twice_in_a_step_has_two_placeholders_that_can_be_parsed() -> None:
    source = snippet_for("given", "Ada opens Ada's room")
    [pattern] = re.findall(r'text\("(.*)"\)', source)
    assert StepText(pattern, {}).is_matching("Ada opens Ada's room"), pattern


def test_a_name_in_another_script_has_a_placeholder_as_well() -> None:
    source = snippet_for("given", "Зоя waits in the lobby of Renée")
    assert "{host:Name} waits in the lobby of {guest:Name}" in source


def test_lint_prints_a_snippet_for_each_unknown_step_once_and_run_says_so(tmp_path: Path) -> None:
    file = tmp_path / "new.feature"
    file.write_text(
        "Feature: x\n  Scenario: y\n    Given Ada has a horse\n    When Ada has a horse\n    Then Ada has a horse\n"
        "  Scenario: z\n    Given Ada has a horse\n    Then the session is over\n",
        encoding="utf-8",
    )
    ran = greenroom("lint", str(file))
    assert ran.code == 3 and ran.out.count("def has_a_horse(world: World, host: str) -> None:") == 3
    assert ran.out.count('@given(text("{host:Name} has a horse"))') == 1
    assert "from steps.words import text" in ran.out
    assert greenroom("run", str(file)).err.rstrip().endswith(f"for each unknown step:   greenroom lint {file}")
    assert "to begin with" not in greenroom("lint", "features/end_persistence.feature").out


def test_steps_say_file_and_line_and_json_the_same() -> None:
    line = re.search(r"(steps/ending\.py):(\d+)", greenroom("steps", "ends", "browser").out)
    assert line is not None
    source = (ROOT / line[1]).read_text(encoding="utf-8").splitlines()[int(line[2]) - 1]
    assert source.startswith(("@given", "@when", "@then"))
    listed = json.loads(greenroom("steps", "--json").out)
    assert listed["schema"] == "greenroom.steps/1" and len(listed["steps"]) > 100
    for one in listed["steps"]:
        assert (ROOT / one["file"]).is_file() and one["line"] > 0 and one["types"] and one["meaning"]
        assert "uses" not in one


def test_unused_steps_are_those_of_no_feature(tmp_path: Path) -> None:
    file = tmp_path / "one.feature"
    file.write_text("Feature: x\n  Scenario: y\n    Given Ada has a room\n    Then Ada's room is at rest\n", "utf-8")
    every = json.loads(greenroom("steps", "--json").out)["steps"]
    unused = json.loads(greenroom("steps", "--unused", "--features", str(file), "--json").out)["steps"]
    texts = {one["text"] for one in unused}
    assert len(unused) == len(every) - 2 and {one["uses"] for one in unused} == {0}
    assert "<host> has a room" not in texts and "<host> ends the room in the browser" in texts
    assert greenroom("steps", "--features", str(file)).code == 3
    own = greenroom("steps", "--unused")
    assert own.code == 0 and ("steps is used" in own.out or " steps" in own.out.splitlines()[-1])


def test_vs_code_finds_features_steps_and_every_placeholder(tmp_path: Path) -> None:
    (tmp_path / ".vscode").mkdir()
    file = tmp_path / ".vscode" / "settings.json"
    file.write_text('{"editor.rulers": [120], "cucumber.glue": ["old"]}', encoding="utf-8")
    ran = greenroom("editor", "--in", str(tmp_path))
    assert ran.code == 0 and "code --install-extension cucumberopen.cucumber-official" in ran.out
    settings = json.loads(file.read_text(encoding="utf-8"))
    assert settings["editor.rulers"] == [120] and settings["cucumber.glue"] == ["steps/**/*.py"]
    assert json.loads(greenroom("editor", "--print").out) == {
        key: value for key, value in settings.items() if key.startswith("cucumber.")
    }
    types = {one["name"]: re.compile(one["regexp"]) for one in settings["cucumber.parameterTypes"]}
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "steps").glob("*.py"))
    for name, kind in re.findall(r"\{(\w+):(\w+)\}", source):
        assert {name, f"{name}:{kind}"} <= types.keys()
    assert types["host:Name"].fullmatch("Ada") and not types["host:Name"].fullmatch("ada")
    assert types["host"].fullmatch("<host>"), "the place of a parameter of an outline"
    assert not [one for one in settings["cucumber.parameterTypes"] if "\\ " in one["regexp"]]


def test_steps_of_the_features_fit_what_an_editor_makes_of_their_definitions() -> None:
    """As a cucumber expression does: a placeholder is its type's expression, all else stands for itself."""
    definitions = ask_catalogue()
    types = {one["name"]: one["regexp"] for one in settings_of(definitions)["cucumber.parameterTypes"]}

    def expression(pattern: str) -> re.Pattern[str]:
        parts = re.split(r"(\{[^}]*\})", pattern)
        return re.compile("".join(f"(?:{types[one[1:-1]]})" if one[:1] == "{" else re.escape(one) for one in parts))

    known = [expression(one["pattern"]) for one in definitions]
    steps = {
        filled(step.text, case.values)
        for file in (ROOT / "features").glob("*.feature")
        for scenario in read_feature(file).scenarios
        for case in scenario.cases
        for step in scenario.steps
    }
    assert len(steps) > 200
    assert [text for text in sorted(steps) if not any(one.fullmatch(text) for one in known)] == []


def test_settings_with_comments_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".vscode").mkdir()
    file = tmp_path / ".vscode" / "settings.json"
    file.write_text("{ // mine\n}", encoding="utf-8")
    ran = greenroom("editor", "--in", str(tmp_path))
    assert ran.code == 3 and "more than plain JSON" in ran.complaint[0] and "--print" in ran.complaint[1]
    assert file.read_text(encoding="utf-8") == "{ // mine\n}"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_what_it_needs_to_complete(shell: str) -> None:
    ran = greenroom("completion", shell)
    assert ran.code == 0 and "_GREENROOM_COMPLETE" in ran.out and f"complete_{shell}" in ran.out
    assert greenroom("completion", variables={"SHELL": f"/usr/bin/{shell}"}).out == ran.out


def test_another_shell_is_refused() -> None:
    ran = greenroom("completion", "tcsh")
    assert ran.code == 3 and ran.complaint[1] == "  hint: greenroom completion bash or zsh or fish"


def test_bash_itself_completes_commands_and_options(tmp_path: Path) -> None:
    script = greenroom("completion", "bash").out
    asked = """
COMP_WORDS=(greenroom mer); COMP_CWORD=1; _greenroom_completion greenroom; echo "${COMPREPLY[@]}"
COMP_WORDS=(greenroom run --shar); COMP_CWORD=2; _greenroom_completion greenroom; echo "${COMPREPLY[@]}"
"""
    done = subprocess.run(
        ["bash", "-c", script + asked], cwd=ROOT, env={"PATH": f"{ROOT}/.venv/bin:/usr/bin:/bin"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.split() == ["merge", "--shard"], done
