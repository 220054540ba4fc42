"""Trouble that a scenario causes keeps no page from being judged; what the target answers afterwards may."""

from __future__ import annotations

import pytest

from greenroom.claims import pages
from greenroom.claims.observation import Observation
from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.faults import Faults
from greenroom.drivers.web.requests import PageRequests
from greenroom.drivers.web.viewer_page import ViewerPage
from tests.support.small_page import GUEST, SmallPage, readable, resets, small_page

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("browser")]

ROOM = {"room": "r1"}
SHORT = {"page": 2, "control": 1}


def absence(page: SmallPage) -> Observation:
    return pages.offers_no_end("Grace", ViewerPage(page.tab), ROOM)


def cause_of(seen: Observation) -> str:
    return seen.hindrance.cause if seen.hindrance is not None else ""


def test_trouble_on_purpose_is_no_hindrance(host: BrowserHost) -> None:
    with small_page(host) as page:
        faults = Faults(page.tab, PageRequests(page.target))
        faults.cause("room_state", "breaks off the connection")
        ViewerPage(page.tab).open(ROOM)
        gone = absence(page)
    assert gone.held and gone.hindrance is None


def test_what_was_slow_on_purpose_is_judged_by_what_the_target_answers_then(host: BrowserHost) -> None:
    with small_page(host) as page:
        page.answers_with(resets)
        faults = Faults(page.tab, PageRequests(page.target))
        faults.cause("room_state", "is slow")
        ViewerPage(page.tab).open(ROOM)
        assert faults.await_slow(2)
        assert absence(page).hindrance is None
        faults.lift()
        gone = absence(page)
    assert cause_of(gone) == "unreachable"


def test_what_was_slow_for_a_page_that_has_gone_on_is_not_waited_for(host: BrowserHost) -> None:
    with small_page(host, deadlines=SHORT) as page:
        page.answers_with(readable(200, GUEST))
        faults = Faults(page.tab, PageRequests(page.target))
        faults.cause("room_state", "is slow")
        ViewerPage(page.tab).open(ROOM)
        assert faults.await_slow(2)
        page.tab.page.goto(f"{page.web.address}/elsewhere")
        faults.lift()
        assert page.tab.settle() is None


def test_an_answer_that_comes_late_on_purpose_may_be_a_proxys(host: BrowserHost) -> None:
    with small_page(host) as page:
        page.answers_with(readable(503, "no healthy upstream", Content_Type="text/plain"))
        faults = Faults(page.tab, PageRequests(page.target))
        faults.cause("room_state", "answers late")
        ViewerPage(page.tab).open(ROOM)
        assert faults.await_slow(2)
        faults.lift()
        gone = absence(page)
    assert cause_of(gone) == "proxy-answered"
