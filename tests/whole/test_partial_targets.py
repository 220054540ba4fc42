"""Targets that show less than the whole run what they can, find what is broken there, and say what nobody shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from greenroom.claims.sources import sources
from greenroom.core.project import ROOT
from greenroom.targetfile.load import read_target
from tests.support.broken_reference import broken_reference
from tests.support.command_line import Ran, greenroom, verdict_of
from tests.support.running_reference import Running
from tests.support.shapes import LISTING, Shape, gateway_only, pages_only, without_database

Make = Callable[[Path, Path], Shape]


def over_http(source: Path, folder: Path) -> Shape:
    """A database, but the listing is read over HTTP."""
    return Shape(source, folder).listing_not_in_sql().plus(LISTING)


def run(shape: Shape, tmp_path: Path, *selection: str) -> Ran:
    told = ("--target", str(shape.folder), "--reports", str(tmp_path / "reports"))
    return greenroom("run", *selection, *told, variables={"COLUMNS": "200"})


def verdicts(tmp_path: Path) -> dict[str, str]:
    return {one["name"]: one["verdict"] for one in verdict_of(tmp_path / "reports")["scenarios"]}


def test_who_shows_what(tmp_path: Path) -> None:
    def shown(make: Make) -> dict[str, str]:
        return sources(read_target(str(make(ROOT, tmp_path / make.__name__).folder), ROOT).resolve())

    nobody = dict.fromkeys(("accounts", "rooms", "sessions", "attendance", "listing"), "")
    whole = dict.fromkeys(nobody, "database")
    assert shown(Shape) == whole
    assert shown(over_http) == whole | {"listing": "gateway"}
    assert shown(without_database) == nobody | {"rooms": "gateway", "listing": "page"}
    assert shown(gateway_only) == nobody | {"rooms": "gateway", "listing": "gateway"}
    assert shown(pages_only) == nobody | {"listing": "page"}


def test_a_gateway_alone_is_judged_by_what_it_shows(stack: Running, tmp_path: Path) -> None:
    shape = gateway_only(ROOT, tmp_path / "target").reached_at(stack.ready)
    ran = run(shape, tmp_path, "-t", "(E1 or E2 or E4) and not browser")
    assert (ran.code, ran.err) == (0, "")
    assert verdicts(tmp_path) == {
        "the host ends the room through the gateway": "passed",
        "the host ends the room while another write holds it up": "not applicable",
        "the session is closed by the gateway": "not applicable",
        "the entry follows the end": "passed",
    }
    assert "what is shown holds, but nobody shows sessions: that takes a database" in ran.out
    told = "the target shows rooms and listing by the gateway; nobody shows accounts, sessions, attendance"
    assert f"judged in part: {told}" in ran.out
    assert told in (tmp_path / "reports" / "latest" / "report.html").read_text(encoding="utf-8")


@pytest.mark.integration
@pytest.mark.parametrize(
    ("make", "bug", "scenario"),
    [
        (gateway_only, "end_leaves_pointer", "the host ends the room through the gateway"),
        (gateway_only, "end_leaves_the_room_live", "the session is closed by the gateway"),
        (gateway_only, "end_forgets_listing", "the host ends the room through the gateway"),
        (gateway_only, "listing_not_synced_on_go_live", "a session made through the gateway is listed"),
        (over_http, "end_forgets_listing", "the host ends the room through the gateway"),
        (over_http, "listing_keeps_first_title", "going live again changes the title"),
        (without_database, "end_forgets_listing", "the entry follows the end"),
        (pages_only, "host_from_navigation_only", "the host refreshes the page and ends the room"),
        (pages_only, "listing_not_synced_on_go_live", "another member sees the session"),
    ],
)
def test_what_is_shown_and_wrong_is_found(tmp_path: Path, make: Make, bug: str, scenario: str) -> None:
    ran = run(make(broken_reference(tmp_path / "copy", bug), tmp_path / "target"), tmp_path, "-k", scenario)
    assert ran.code == 1, ran.out
    assert verdicts(tmp_path)[scenario] in ("failed", "contradiction")


@pytest.mark.parametrize(
    ("make", "scenario"),
    [
        (over_http, "going live again changes the title"),
        (without_database, "the entry follows the end"),
        (without_database, "another member sees the session"),
        (pages_only, "the host refreshes the page and ends the room"),
        (pages_only, "another member sees the session"),
    ],
)
def test_what_is_shown_and_right_passes(stack: Running, tmp_path: Path, make: Make, scenario: str) -> None:
    ran = run(make(ROOT, tmp_path / "target").reached_at(stack.ready), tmp_path, "-k", scenario)
    found = verdicts(tmp_path)[scenario]
    assert found in ("passed", "not applicable"), ran.out
    if found == "not applicable":  # all that is shown was judged, and something is not
        assert make is pages_only and "what is shown holds, but nobody shows rooms" in ran.out


def test_a_status_that_has_no_word_of_ours_is_a_fault_of_the_target_file(stack: Running, tmp_path: Path) -> None:
    shape = gateway_only(ROOT, tmp_path / "target").reached_at(stack.ready)
    text = shape.file.read_text(encoding="utf-8")
    shape.file.write_text(text.replace('scheduled = "upcoming", pending = "upcoming", ', ""), encoding="utf-8")
    ran = run(shape, tmp_path, "-k", "a session for tomorrow")
    assert ran.code == 3
    assert "[operations.listing.statuses] lacks 'pending'" in ran.out
    assert "say which of upcoming, live, ended it is" in ran.out


def test_a_word_that_is_no_status_is_refused(tmp_path: Path) -> None:
    shape = gateway_only(ROOT, tmp_path / "target")
    text = shape.file.read_text(encoding="utf-8")
    shape.file.write_text(text.replace('scheduled = "upcoming"', 'scheduled = "upcomming"'), encoding="utf-8")
    ran = run(shape, tmp_path)
    assert ran.code == 3
    complaint, hint = ran.complaint
    assert complaint.endswith("[operations.listing.statuses] 'scheduled' stands for 'upcomming', which is no status")
    assert hint.strip() == "hint: did you mean 'upcoming'?"


def test_a_listing_that_nobody_shows_is_missed(tmp_path: Path) -> None:
    ran = run(Shape(ROOT, tmp_path / "target").listing_not_in_sql(), tmp_path)
    assert ran.code == 3
    assert "relations.sql: the relation 'listing' is missing" in ran.complaint[0]
    assert "[operations.listing], which reads it over HTTP" in ran.complaint[1]
