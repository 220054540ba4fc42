"""docs/promises.md shows the scenarios of each promise, and every promise has one."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.core.project import FEATURES, PROMISES
from greenroom.gherkin.index import read_feature
from greenroom.gherkin.looked_at import StepsCode
from greenroom.gherkin.promises_page import with_scenarios

PAGE = PROMISES.read_text(encoding="utf-8")


def test_the_page_is_up_to_date() -> None:
    features = [read_feature(path) for path in sorted(FEATURES.glob("*.feature"))]
    assert with_scenarios(PAGE, features) == PAGE, "python -m greenroom.gherkin.promises_page brings it up to date"


def test_every_promise_has_a_scenario() -> None:
    lines = PAGE.splitlines()
    bare = [
        line
        for line, after in zip(lines, [*lines[1:], ""], strict=True)
        if line.startswith("- ") and not after.startswith("  - ")
    ]
    assert bare == []


def test_no_cell_of_the_table_is_empty() -> None:
    rows = [line.strip("|").split("|") for line in PAGE.splitlines() if line.startswith("| ") and line.count("|") == 5]
    assert len(rows) == 1 + len([line for line in PAGE.splitlines() if line.startswith("- ")])
    assert [row[0].strip() for row in rows if not all(cell.strip() for cell in row)] == []


def test_the_table_is_read_off_the_steps(tmp_path: Path) -> None:
    (tmp_path / "steps").mkdir()
    (tmp_path / "greenroom" / "claims").mkdir(parents=True)
    (tmp_path / "greenroom" / "claims" / "doors.py").write_text(CLAIMS, encoding="utf-8")
    (tmp_path / "steps" / "doors.py").write_text(STEPS, encoding="utf-8")
    code = StepsCode(tmp_path)
    assert code.of("Ada's door is shut").looks_at == {"rooms.status", "sessions.title"}
    assert code.of("Ada's door is shut").whom == ("host",)
    with pytest.raises(KeyError):
        code.of("Ada's window is shut")


CLAIMS = """
_TITLE = "sessions.title"
def is_shut(room):
    def claim(state):
        return [about("rooms.status"), *_named(room)]
    return claim
def _named(room):
    return [about(_TITLE)]
"""
STEPS = """
from greenroom.claims import doors
@then(text("{host:Name}'s door is shut"))
def door_is_shut(world, host):
    world.expect("shut", doors.is_shut(host))
"""
