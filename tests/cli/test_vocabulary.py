"""`greenroom steps` and `greenroom lint`: the vocabulary by subject, and what is wrong with a feature file."""

from __future__ import annotations

import re
from pathlib import Path

from greenroom.cli.steps import entries
from greenroom.core.project import ROOT
from tests.support.command_line import greenroom


def test_all_steps_by_subject_with_what_they_mean() -> None:
    done = greenroom("steps")
    assert done.code == 0, done.err
    subjects = [line for line in done.out.splitlines() if line and not line.startswith(" ")]
    assert {"Ending", "Listing", "Room state", "Trouble"} <= set(subjects)
    assert re.search(r"^  When +<host> ends the room in the browser$", done.out, re.MULTILINE)
    assert "Press End Room; the page says that the room has ended." in done.out
    shown, every = map(int, re.findall(r"(\d+) of (\d+) steps", done.out)[0])
    assert shown == every > 100


def test_words_narrow_the_list() -> None:
    nothing = greenroom("steps", "end", "hippopotamus")
    assert nothing.code == 3
    assert nothing.err.startswith("no step holds 'end hippopotamus'\n  hint: subjects: ")


def test_keywords_with_one_meaning_share_an_entry_and_tables_are_told() -> None:
    common = {"module": "steps.going_live", "doc": "It goes.", "takes_docstring": False, "words": {}, "line": 1}
    definitions = [
        common | {"type": kind, "pattern": "{host:Name} goes live", "takes_table": True} for kind in ("when", "given")
    ]
    (entry,) = entries(definitions)
    assert (entry.subject, entry.types, entry.text) == ("going live", ("given", "when"), "<host> goes live")
    assert entry.takes == "a table"


def test_the_project_s_own_features_are_clean_and_so_are_those_of_its_documentation(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "writing-features.md").read_text(encoding="utf-8")
    for number, example in enumerate(re.findall(r"```gherkin\n(.*?)```", text, re.DOTALL)):
        (tmp_path / f"{number}.feature").write_text(example, encoding="utf-8")
    done = greenroom("lint", "features", str(tmp_path))
    assert done.code == 0, done.out
    assert re.match(r"nothing to find in \d+ files, \d+ scenarios", done.out)


def test_every_finding_is_told_with_its_line(tmp_path: Path) -> None:
    bad, worse = tmp_path / "bad.feature", tmp_path / "worse.feature"
    bad.write_text("Feature: x\n  Scenario: y\n    Given Ada is alive\n    When nothing\n", encoding="utf-8")
    worse.write_text("Featur: x\n", encoding="utf-8")
    done = greenroom("lint", "bad.feature", str(worse), cwd=tmp_path)
    assert done.code == 3
    assert "bad.feature:3: unknown step: Given Ada is alive" in done.out
    assert "bad.feature:2: the scenario 'y' has no Then" in done.out
    assert "did you mean: Given {host:Name} is live" in done.out
    assert "worse.feature:1: not Gherkin" in done.out
    assert done.out.splitlines()[-1] == "4 findings in 2 files, 1 scenario"
    assert greenroom("lint", "nowhere.feature").code == 3
