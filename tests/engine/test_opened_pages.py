"""What a page opens in a tab of its own is looked at from then on, as long as it is there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from greenroom.core.deadlines import eventually
from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.go_live_popup import GoLivePopup
from greenroom.drivers.web.requests import PageRequests
from greenroom.targetfile.web import FlowStep, Web
from tests.support.small_page import SmallPage, small_page

pytestmark = pytest.mark.integration

BUTTON = """
document.body.insertAdjacentHTML("beforeend", "<button>Go Live</button><p hidden id=problem>It failed.</p>");
const go = () => setTimeout(() => open("/r/r1#opened"), 300);
document.querySelector("button").onclick = go;
if (location.hash) document.body.dataset.opened = "yes";
"""
WEB = {
    "listing": {"path": "/", "ready": "main", "live_entry": "article"},
    "go_live": {"submit": "role=button[name='Go Live']", "failed": "#problem"},
    "viewer": {
        "path": "/r/{room}",
        "ready": "main[data-ready=true]",
        "opened": "body[data-opened]",
        "end_room": "role=button[name='End Room']",
        "has_ended": "text=has ended",
    },
}


@pytest.fixture
def page(host: BrowserHost) -> Iterator[SmallPage]:
    with small_page(host, before=BUTTON) as opened:
        opened.tab.web = Web.model_validate(WEB)
        opened.tab.goto("/", "main[data-ready=true]")
        yield opened


def test_a_viewer_in_a_tab_of_its_own_is_what_going_live_opens(page: SmallPage) -> None:
    """The failure's element is there all the time, and is none while it is hidden."""
    before = page.tab.page
    went = GoLivePopup(page.tab, PageRequests(page.target)).submit({"room": "r1"})
    assert went.opened and page.tab.page is not before and page.tab.page.url.endswith("#opened")


def test_a_tab_that_is_closed_gives_way_to_the_one_that_opened_it(page: SmallPage) -> None:
    before = page.tab.page
    GoLivePopup(page.tab, PageRequests(page.target)).submit({"room": "r1"})
    page.tab.page.close()
    assert page.tab.page is before


def test_what_a_tab_out_of_sight_opens_is_not_looked_at(page: SmallPage) -> None:
    page.tab.play([FlowStep(click="role=button[name='Go Live']")], {})  # which opens a tab after a moment
    page.tab.new_tab()
    page.tab.goto("/", "main[data-ready=true]")
    second = page.tab.page
    tabs, _ = eventually(lambda: len(page.tab.context.pages), lambda number: number == 3, 5, pause=page.tab.let_pass)
    assert tabs == 3 and page.tab.page is second
