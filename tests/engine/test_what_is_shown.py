"""A page may hold the same twice, once for another width, and keep what is over: what a person sees counts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.listing_page import ListingPage
from greenroom.drivers.web.tab import Tab
from greenroom.targetfile.web import FlowStep
from tests.support.small_page import small_page

pytestmark = pytest.mark.integration

TWICE = """
const button = hidden => `<button ${hidden} onclick="document.body.dataset.ended = 'yes'">End</button>`;
document.body.insertAdjacentHTML("beforeend", button("hidden") + button("") + button("hidden"));
document.body.insertAdjacentHTML("beforeend", "<article hidden>over</article><article>live</article>");
main.dataset.listing = "yes";
"""


@pytest.fixture
def tab(host: BrowserHost) -> Iterator[Tab]:
    with small_page(host, before=TWICE) as page:
        page.tab.goto("/", "main[data-ready=true]")
        yield page.tab


def test_of_several_the_one_in_sight_is_pressed(tab: Tab) -> None:
    end = "button:text-is('End')"
    assert tab.sees(end) and tab.appears(end) and not tab.vanishes(end, within=0.1)
    tab.play([FlowStep(click=end)], {})
    assert tab.appears("body[data-ended=yes]")


def test_what_is_hidden_is_in_no_listing(tab: Tab) -> None:
    listing = ListingPage(tab)
    assert listing.count_live({}) == 1
    tab.page.evaluate("document.querySelectorAll('article').forEach(each => { each.hidden = true })")
    assert listing.drops({}, 1) and listing.count_live({}) == 0
