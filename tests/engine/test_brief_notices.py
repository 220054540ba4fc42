"""A notice that goes after a few seconds has been there."""

from __future__ import annotations

import pytest

from greenroom.claims.pages import says_ended_or_failed, takes_failure_back
from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.viewer_page import ViewerPage
from tests.support.small_page import END_FAILED, ROOM_PAGES, small_page

pytestmark = pytest.mark.integration

SAYS = """
const say = (words, from, until) => {
  const notice = document.createElement("p");
  notice.textContent = words;
  setTimeout(() => document.body.append(notice), from);
  setTimeout(() => notice.remove(), until);
};
"""


@pytest.mark.parametrize(
    ("says", "ended", "failed"),
    [
        ("say('It could not be ended', 100, 700)", False, True),
        ("say('It could not be ended', 100, 700); say('It has ended', 900, 5000)", True, False),
        ("say('It has ended', 100, 5000)", True, False),
        ("", False, False),
    ],
)
def test_what_a_page_says_of_an_end_is_heard_though_it_goes(
    host: BrowserHost, says: str, ended: bool, failed: bool
) -> None:
    with small_page(host, before=SAYS, when=says + ";", web=ROOM_PAGES) as page:
        viewer = ViewerPage(page.tab)
        page.tab.goto("/r/r1", "main[data-ready=true]")
        heard = says_ended_or_failed(viewer, {"room": "r1"})
        assert tuple(one.held for one in heard) == (ended, failed)


@pytest.mark.parametrize(("until", "goes"), [(600, True), (60_000, False)])
def test_a_failure_of_before_may_stand_for_a_while(host: BrowserHost, until: int, goes: bool) -> None:
    with small_page(host, before=SAYS, when=f"say('It could not be ended', 0, {until});", web=ROOM_PAGES) as page:
        viewer = ViewerPage(page.tab)
        page.tab.goto("/r/r1", "main[data-ready=true]")
        page.tab.appears(END_FAILED)
        assert takes_failure_back(viewer, {"room": "r1"}).held is goes
