"""A title is what a person reads: pages draw emoji as pictures, and put marks around it that nobody sees."""

from __future__ import annotations

import pytest

from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.listing_page import ListingPage
from tests.support.http_server import answers
from tests.support.small_page import small_page

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("browser")]

LISTING = {"path": "/", "ready": "li", "live_entry": "li", "entry_title": "b", "entry_host": "i"}


@pytest.mark.parametrize(
    ("title", "host_named", "read"),
    [
        ("Tea <img alt='🍵'> at ten", "Ada", ("Tea 🍵 at ten", "Ada")),
        ("Aloud <img alt='1️⃣'>", "<img alt='Ada'>", ("Aloud 1️⃣", "Ada")),
        ("&#x2068;Tea&#x2069; at&#x200b; a co&shy;ffee house", "&#x2068;Ada&#x2069;", ("Tea at a coffee house", "Ada")),
        ("<img alt='Live'>Tea", "<img alt='Portrait of Ada'>Ada", ("Tea", "Ada")),
        ("Tea &#x1f469;&#x200d;&#x1f4bb;", "Ada", ("Tea 👩\u200d💻", "Ada")),
    ],
)
def test_what_is_shown_is_what_a_person_reads(
    host: BrowserHost, title: str, host_named: str, read: tuple[str, str]
) -> None:
    with small_page(host) as page:
        html = f"<!doctype html><ul><li><b>{title}</b> by <i>{host_named}</i></li></ul>"
        page.web.behaviours[:] = [answers(200, html, Content_Type="text/html; charset=utf-8")]
        assert page.target.web is not None
        listing = page.target.web.listing.model_validate(LISTING)
        page.tab.web = page.target.web.model_copy(update={"listing": listing})
        shown = ListingPage(page.tab)
        shown.open()
        entry = shown.entry({})
        assert (entry.title, entry.host) == read
        assert shown.blindness() is None
