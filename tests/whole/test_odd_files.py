"""Feature files with odd names, odd tags and odd text run like any other, and every case is told from the others."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.support.command_line import greenroom, verdict_of

pytestmark = pytest.mark.integration

BODY = (
    "    Given Ada has a room\n    When Ada goes live through the gateway\n    Then Ada's session is listed as live\n"
)
ODD_TAGS = "@skip @timeout @parametrize @usefixtures @-wip @_x @JIRA:ROOM-17"
OUTLINE = (
    "  Scenario Outline: a title is listed\n    When Ada goes live through the gateway as <title>\n"
    "    Then Ada's session is listed as live\n"
)
FILES = {
    'a room\'s "end" #1 50%.feature': f"Feature: f\n  Scenario: odd name\n{BODY}",
    "x::y.feature": f"Feature: f\n  Scenario: colons\n{BODY}",
    "a[1].feature": f"Feature: f\n  Scenario: brackets\n{BODY}",
    "домой.feature": f"Feature: f\n  Scenario: letters\n{BODY}",
    "mark.feature": f"\ufeffFeature: f\n  Scenario: begins with a mark\n{BODY}",
    "crlf.feature": f"Feature: f\n  Scenario: ends of lines\n{BODY}".replace("\n", "\r\n"),
    "tags.feature": f"Feature: f\n  {ODD_TAGS}\n  Scenario: tags\n{BODY}",
    "rows.feature": f"Feature: f\n{OUTLINE}"
    "    @timeout @skip\n    Examples: quick\n      | title |\n      | a |\n      | i |\n"
    "    @nightly\n    Examples: slow\n      | title |\n      | a |\n",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files are, and the reports of one run of all of them."""
    folder = tmp_path_factory.mktemp("odd")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    ran = greenroom("run", *(str(folder / name) for name in FILES), "--reports", str(folder / "reports"), "-q")
    assert ran.code == 0, ran.said
    return folder


def test_all_of_them_run(folder: Path) -> None:
    verdict = verdict_of(folder / "reports")
    assert verdict["counts"]["passed"] == len(verdict["scenarios"]) == len(FILES) - 1 + 3


def test_every_case_has_an_id_and_a_name_of_its_own_in_every_report(folder: Path) -> None:
    latest = folder / "reports" / "latest"
    ids = [one["id"] for one in verdict_of(folder / "reports")["scenarios"]]
    assert len(set(ids)) == len(ids)
    tests = ElementTree.parse(latest / "junit.xml").getroot().iter("testcase")
    names = [(test.get("classname"), test.get("name")) for test in tests]
    assert len(set(names)) == len(names) == len(ids)
    results = [json.loads(path.read_text()) for path in (latest / "allure-results").glob("*-result.json")]
    assert len({result["historyId"] for result in results}) == len(results) == len(ids)
    page = (latest / "report.html").read_text(encoding="utf-8")
    assert "[title: i]" in page and page.count("[title: a, line ") >= 2


@pytest.mark.parametrize(
    ("tags", "cases"), [("nightly", 1), ("timeout", 3), ("@JIRA:ROOM-17", 1), ("skip and not parametrize", 2)]
)
def test_a_tag_selects_the_rows_that_it_stands_above(folder: Path, tmp_path: Path, tags: str, cases: int) -> None:
    files = [str(folder / name) for name in ("rows.feature", "tags.feature")]
    ran = greenroom("run", *files, "-t", tags, "--reports", str(tmp_path), "-q")
    assert ran.code == 0, ran.said
    assert len(verdict_of(tmp_path)["scenarios"]) == cases
