"""docs/promises.md shows the scenarios of each promise, and every promise has one."""

from __future__ import annotations

from greenroom.core.project import FEATURES, PROMISES
from greenroom.gherkin.index import read_feature
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
