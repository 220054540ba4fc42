"""Feature files with odd names, odd tags and odd text run like any other, and every case is told from the others."""

from __future__ import annotations

import json
import os
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


LINKED = "Feature: f\n  Scenario: one place by many ways\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files are, and the reports of one run of all of them."""
    folder = tmp_path_factory.mktemp("odd")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    ran = greenroom("run", *(str(folder / name) for name in FILES), "--reports", str(folder / "reports"), "-q")
    assert ran.code == 0, ran.said
    return folder


def test_a_folder_runs_each_of_its_files_once(tmp_path: Path) -> None:
    """Links that lead in circles, a folder that is called build, and a path with dots in it, from a folder beside."""
    for name in ("a[1]/x::y/-z.feature", "build/@E3.feature", "\u0434\u043e\u043c\u043e\u0439/x.FEATURE"):
        file = tmp_path / "all" / name
        file.parent.mkdir(parents=True)
        file.write_text(f"{LINKED.replace('one', name)}{BODY}", encoding="utf-8")
    (tmp_path / "all" / "self").symlink_to(".")
    (tmp_path / "all" / "build" / "up").symlink_to("../..")
    (tmp_path / "all" / "again").symlink_to("build")
    (tmp_path / "here").mkdir()
    ran = greenroom("run", "../all", "--reports", str(tmp_path / "reports"), "-q", cwd=tmp_path / "here")
    assert ran.code == 0, ran.said
    assert len(verdict_of(tmp_path / "reports")["scenarios"]) == 3
    for arguments in (["@E3.feature"], ["--", "../a[1]/x::y/-z.feature"]):
        ran = greenroom("run", "--reports", str(tmp_path / "reports"), "-q", *arguments, cwd=tmp_path / "all" / "build")
        assert ran.code == 0, ran.said
        assert len(verdict_of(tmp_path / "reports")["scenarios"]) == 1


def test_a_file_that_can_t_be_read_stops_the_run(tmp_path: Path) -> None:
    (tmp_path / "good.feature").write_text(f"Feature: f\n  Scenario: good\n{BODY}", encoding="utf-8")
    os.mkfifo(tmp_path / "pipe.feature")
    ran = greenroom("run", str(tmp_path), "--reports", str(tmp_path / "reports"))
    assert ran.code == 3 and "pipe.feature: this is no ordinary file" in ran.err
    assert not (tmp_path / "reports").exists()


def test_a_member_without_a_room_breaks_no_promise(tmp_path: Path) -> None:
    file = tmp_path / "some.feature"
    steps = "    When Ada ends the room through the gateway\n    Then Ada's room is at rest\n"
    file.write_text(f"Feature: f\n  @E3\n  Scenario: s\n{steps}", encoding="utf-8")
    ran = greenroom("run", str(file), "--reports", str(tmp_path / "reports"))
    assert ran.code == 3
    assert "Ada has no room before this step" in ran.out and 'begin with "Given Ada has a room"' in ran.out


CANCELLED = """\
Feature: f
  @E13 @needs-scheduling @needs-cancelling
  Scenario: the host cancels a scheduled session and goes live
    Given Ada has scheduled a session for tomorrow
    When Ada cancels the session through the gateway
    And Ada goes live through the gateway
    Then Ada is live with exactly one open session
    And the former session of Ada is as it was
    And Ada's session is listed as live
"""
PLACES = """\
Feature: f
  @H2 @browser
  Scenario: the first tab again
    Given Ada is live in the browser with Grace as a guest
    When Ada comes back by a link in a new tab
    And Ada ends the room in the browser
    And Ada looks at the first tab again
    Then the page tells Ada that the room has ended
    And Ada does not see End Room

  @H2 @browser
  Scenario: another device
    Given Ada is live in the browser with Grace as a guest
    When Grace opens Ada's room in the browser
    And Ada ends the room from another device
    Then the page tells Ada that the room has ended
    And the page tells Grace that the room has ended
    And Ada's room is at rest

  @E14 @browser
  Scenario: no network for a while
    Given Ada is live in the browser with Grace as a guest
    When Ada loses the network
    And Ada tries to end the room in the browser
    Then the page tells Ada that the room could not be ended
    And Ada is still live in the same session
    When Ada has the network back
    And Ada ends the room in the browser
    Then Ada's room is at rest

  @H2 @browser
  Scenario: a browser that is closed
    Given Ada is live in the browser with Grace as a guest
    When Ada closes the browser
    Then Ada is still live in the same session
    When Ada opens Ada's room in the browser
    Then Ada sees End Room

  @L4 @browser
  Scenario: an open listing shows the second title
    Given Ada has a room
    And Joan has the listing open in the browser
    When Ada goes live through the gateway as Morning tea
    And Ada ends the room through the gateway
    And Ada goes live through the gateway as Evening tea
    Then Joan sees Ada's session in the listing, with its title and host
    When Joan reloads the listing
    Then Joan sees one entry of Ada's room

  @E3
  Scenario: guests come and go
    Given Zo\u00eb is live with \u041c\u0430\u0440\u0438\u044f as a guest
    When \u041c\u0430\u0440\u0438\u044f leaves Zo\u00eb's room
    And Anne-Marie joins Zo\u00eb's room
    And Zo\u00eb ends the room through the gateway
    Then Zo\u00eb's session is over and nobody is left inside
    When Anne-Marie tries to join Zo\u00eb's room
    Then nothing about Zo\u00eb's room has changed
"""


@pytest.mark.parametrize(("text", "scenarios"), [(CANCELLED, 1), (PLACES, 6)], ids=["cancelled", "places"])
def test_bugs_that_people_report_can_be_written_down(tmp_path: Path, text: str, scenarios: int) -> None:
    (tmp_path / "bug.feature").write_text(text, encoding="utf-8")
    ran = greenroom("run", str(tmp_path / "bug.feature"), "--reports", str(tmp_path / "reports"))
    assert ran.code == 0, ran.said
    assert verdict_of(tmp_path / "reports")["counts"]["passed"] == scenarios


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
