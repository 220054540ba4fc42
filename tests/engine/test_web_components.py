"""Pages may be made of web components, whose text, links and order lie within shadow roots of their own."""

from __future__ import annotations

import pytest

from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.links import enter_room
from greenroom.drivers.web.listing_page import ListingPage
from greenroom.drivers.web.shown_number import ShownNumber
from tests.support.http_server import answers
from tests.support.small_page import SmallPage, small_page

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("browser")]

LISTING = {"path": "/", "ready": "x-card", "live_entry": "x-card[data-room='{room}']", "any_entry": "x-card"}
CARDS = """<!doctype html><main></main><script>
class Card extends HTMLElement {
  connectedCallback() {
    const room = this.dataset.room;
    this.attachShadow({mode: "open"}).innerHTML =
      `<style>a { color: green }</style><a href="/rooms/${room}"><b>Talk of ${room}</b></a> <slot></slot>`;
  }
}
customElements.define("x-card", Card);
class Shelf extends HTMLElement {
  connectedCallback() {
    this.attachShadow({mode: "open"}).innerHTML = `<x-card data-room="${this.id}"><i>2 inside</i></x-card>`;
  }
}
customElements.define("x-shelf", Shelf);
document.querySelector("main").innerHTML = '<x-shelf id="r1"></x-shelf><x-shelf id="r2"></x-shelf>';
</script>"""


def opened(page: SmallPage, **keys: str) -> ListingPage:
    page.web.behaviours[:] = [answers(200, CARDS, Content_Type="text/html; charset=utf-8")]
    web = page.target.web
    assert web is not None
    viewer = web.viewer.model_copy(update={"path": "/rooms/{room}"})
    page.tab.web = web.model_copy(update={"listing": web.listing.model_validate(LISTING | keys), "viewer": viewer})
    listing = ListingPage(page.tab)
    listing.open()
    return listing


def test_an_entry_says_what_its_component_shows(host: BrowserHost) -> None:
    with small_page(host) as page:
        listing = opened(page, entry_people="i")
        assert listing.titles() == ["Talk of r1 2 inside", "Talk of r2 2 inside"]
        assert listing.entry({"room": "r2"}).title == "Talk of r2 2 inside"
        assert listing.people({"room": "r1"}) == ShownNumber(2)


def test_entries_of_different_components_have_an_order(host: BrowserHost) -> None:
    with small_page(host) as page:
        listing = opened(page)
        assert listing.is_above({"room": "r1"}, {"room": "r2"})
        assert not listing.is_above({"room": "r2"}, {"room": "r1"})


def test_a_link_within_a_component_leads_into_the_room(host: BrowserHost) -> None:
    with small_page(host) as page:
        opened(page)
        assert enter_room(page.tab, {"room": "r2"})
        assert page.tab.page.url.endswith("/rooms/r2")


def test_a_room_may_put_another_address_in_the_place_of_its_own(host: BrowserHost) -> None:
    with small_page(host) as page:
        opened(page)
        room = "<!doctype html><script>history.replaceState(null, '', '/of/ada/and/her/guests')</script>"
        page.web.behaviours[:] = [answers(200, room, Content_Type="text/html; charset=utf-8")]
        assert enter_room(page.tab, {"room": "r2"})
        page.tab.page.wait_for_url("**/guests")
