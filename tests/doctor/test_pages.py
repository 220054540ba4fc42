"""Every way to describe the page wrongly is named: a control that is not there, a page that is ready too early."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.doctoring import examined, variant

pytestmark = pytest.mark.integration


class Case(NamedTuple):
    """What is put in the place of what; by which check it is named, on the line that holds `at`."""

    name: str
    old: str
    new: str
    at: str
    check: str
    said: str
    hint: str = ""


CASES = [
    [
        Case("no selector", 'any_entry = "article[data-room-id]"', 'any_entry = "article[["', "article[[", "selectors",
             "'article[[' is no selector"),
    ],
    [
        Case("never ready", 'ready = "main[data-page=listing][data-ready=true]"', 'ready = "main[data-page=list]"',
             "data-page=list]", "listing", "was not there 2 s after opening", "on the page: "),
    ],
    [
        Case("no button", "open = [{ click = \"role=button[name='Go Live']\" }]",
             "open = [{ click = \"role=button[name='Go live now']\" }]", "Go live now", "failing go live",
             "is not on http", "did you mean 'Go Live'?"),
    ],
    [
        Case("wrong control", "end_room = \"role=button[name='End Room']\"", "end_room = \"role=button[name='End!']\"",
             "name='End!'", "viewer", "is not on http", "did you mean 'End Room'?"),
    ],
    [
        Case("wrong title", 'entry_title = "h3"', 'entry_title = ".host"', "entry_title", "entry",
             "`entry_title` shows", "within the entry"),
        Case("other requests", 'path = "/rpc/end_live_room"', 'path = "/rpc/end_room"', "/rpc/end_room", "failing end",
             "the page sent no request that fits [page_requests] end_fallback", "the page sent: "),
        Case("ready too early", 'ready = "main[data-page=listing][data-ready=true]"', 'ready = "body"', '"body"',
             "ready: listing", "'body' holds before the page's script has run", "a click before it has run is lost"),
    ],
]  # fmt: skip


@pytest.mark.parametrize("cases", CASES, ids=lambda cases: ", ".join(case.name for case in cases))
def test_the_faults_are_named_with_their_places_and_hints(cases: list[Case], tmp_path: Path) -> None:
    folder = variant(tmp_path / "variant", *((case.old, case.new) for case in cases))
    found = examined(folder, "pages", until=cases[-1].check)
    for case in cases:
        faults = [finding for finding in found.wrong() if finding.check == case.check]
        assert faults, found.findings
        assert case.said in faults[0].detail
        assert case.hint in faults[0].hint
        assert f"target.toml:{found.line(case.at)}" in faults[0].detail


def test_a_page_that_can_not_end_the_room_takes_no_operation_with_it(tmp_path: Path) -> None:
    control = "end_room = \"role=button[name='End Room']\"", "end_room = \"role=button[name='End!']\""
    found = examined(variant(tmp_path / "variant", control))
    assert [finding.check for finding in found.wrong()] == ["viewer"]


def test_a_page_that_falls_back_unsaid_is_told_apart_from_one_that_says_nothing(tmp_path: Path) -> None:
    unsaid = (
        ('  "client-fallback",\n', '  "end-fallback",\n'),
        ('end_fallback = [{ service = "data_api", method = "POST", path = "/rpc/end_live_room" }]\n', ""),
    )
    found = examined(variant(tmp_path / "variant", *unsaid), "pages", until="failing end")
    (fault,) = (finding for finding in found.wrong() if finding.check == "failing end")
    assert "the page has ended it" in fault.detail and "end_fallback = []" in fault.hint
