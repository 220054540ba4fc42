"""A listing may show its entries by pages, more of them on demand, or only what is on."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler

import pytest

from greenroom.claims import pages
from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.listing_page import ListingPage
from tests.support.http_server import answers
from tests.support.small_page import SmallPage, small_page

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("browser")]

LISTING = {"path": "/", "ready": "main", "live_entry": "article[data-room='{room}']", "any_entry": "article"}
ENTRIES = """<!doctype html><main></main><button>More</button><script>
const [main, button] = ["main", "button"].map(name => document.querySelector(name));
let first = 0;
const show = () => {
  const shown = ["r1", "r2", "r3"].slice(%(appends)s ? 0 : first, first + 1);
  main.innerHTML = shown.map(room => `<article data-room="${room}">${room}</article>`).join("");
  button.hidden = first == 2;
};
button.onclick = () => { first += 1; show(); };
show();
</script>"""


SCROLLED = """<!doctype html><style>section { height: 100px; overflow: auto } article { height: 60px }</style>
<main><section><div></div><footer>.</footer></section></main><script>
const [list, end] = ["div", "footer"].map(name => document.querySelector(name));
let many = 0;
const more = () => {
  if (many == 6) return;
  many += 2;
  list.innerHTML = [...Array(many).keys()].map(n => `<article data-room="r${n}">r${n}</article>`).join("");
  watching.unobserve(end);
  watching.observe(end);
};
const watching = new IntersectionObserver(seen => seen.at(-1).isIntersecting && setTimeout(more, %(late)s));
more();
</script>"""


WINDOWED = """<!doctype html><style>
  section { height: 100px; overflow: auto; scroll-behavior: smooth } article { height: 60px }
</style>
<main><section><div></div></section></main><script>
const [box, list] = ["section", "div"].map(name => document.querySelector(name));
const rooms = %(rooms)s.split(" ");
let at = -1;
const draw = () => {
  const first = Math.max(Math.floor(box.scrollTop / 60), 0);
  if (first === at) return;
  at = first;
  list.style = `height: ${rooms.length * 60 - first * 60}px; padding-top: ${first * 60}px`;
  list.innerHTML = rooms.slice(first, first + 2).map(r => `<article data-room="${r}">${r}</article>`).join("");
};
box.onscroll = () => setTimeout(draw, %(late)s);
draw();
</script>"""


def opened(page: SmallPage, html: str, **keys: str | bool) -> ListingPage:
    page.web.behaviours[:] = [answers(200, html, Content_Type="text/html; charset=utf-8")]
    web = page.target.web
    assert web is not None
    page.tab.web = web.model_copy(update={"listing": web.listing.model_validate(LISTING | keys)})
    listing = ListingPage(page.tab)
    listing.open()
    return listing


@pytest.mark.parametrize(("key", "appends"), [("more", "true"), ("next_page", "false")])
def test_an_entry_is_found_on_whichever_page_it_is(host: BrowserHost, key: str, appends: str) -> None:
    with small_page(host) as page:
        listing = opened(page, ENTRIES % {"appends": appends}, **{key: "role=button[name='More']"})
        assert listing.titles() == ["r1", "r2", "r3"]
        assert listing.count_live({"room": "r2"}) == 1
        assert listing.shows_live({"room": "r3"}, 2)
        assert listing.entry({"room": "r3"}).title == "r3"
        assert not listing.shows_live({"room": "r4"}, 0.2)


def test_every_look_begins_at_the_first_page(host: BrowserHost) -> None:
    with small_page(host) as page:
        listing = opened(page, ENTRIES % {"appends": "false"}, next_page="role=button[name='More']")
        assert listing.shows_live({"room": "r3"}, 2)
        assert listing.count_live({"room": "r1"}) == 1
        assert listing.shows_live({"room": "r2"}, 2)
        assert not listing.drops({"room": "r1"}, 0.2)
        assert not listing.drops({"room": "r3"}, 0.2)
        assert listing.drops({"room": "r4"}, 0.2)


@pytest.mark.parametrize("milliseconds", [0, 500])
def test_entries_that_come_when_one_scrolls_are_found(host: BrowserHost, milliseconds: int) -> None:
    with small_page(host) as page:
        listing = opened(page, SCROLLED % {"late": milliseconds}, scrolls=True)
        assert listing.shows_live({"room": "r1"}, 2)
        assert listing.titles() == [f"r{number}" for number in range(6)]
        assert listing.count_live({"room": "r5"}) == 1
        assert listing.is_above({"room": "r0"}, {"room": "r5"})
        assert not listing.shows_live({"room": "r6"}, 0.2)


@pytest.mark.parametrize("milliseconds", [0, 150])
def test_entries_that_take_the_place_of_others_when_one_scrolls_are_found(host: BrowserHost, milliseconds: int) -> None:
    rooms = " ".join(f"r{number}" for number in range(12))
    with small_page(host) as page:
        listing = opened(page, WINDOWED % {"rooms": repr(rooms), "late": milliseconds}, windowed=True)
        assert listing.shows_live({"room": "r7"}, 4) and listing.entry({"room": "r7"}).title == "r7"
        assert list(dict.fromkeys(listing.titles())) == rooms.split()
        counts = listing.count_each({room: {"room": room} for room in ("r0", "r7", "r12")})
        assert counts == {"r0": 1, "r7": 1, "r12": 0}
        assert listing.is_above({"room": "r2"}, {"room": "r11"})
        assert not listing.is_above({"room": "r9"}, {"room": "r1"})
        assert listing.entry({"room": "r10"}).title == "r10", "wherever the page stands"
        assert not listing.drops({"room": "r0"}, 0.2) and not listing.shows_live({"room": "r12"}, 0.2)


def test_one_that_is_listed_twice_is_counted_twice_wherever_it_stands(host: BrowserHost) -> None:
    with small_page(host) as page:
        listing = opened(page, WINDOWED % {"rooms": repr("a b c d e f g h b i i j"), "late": 0}, windowed=True)
        assert [listing.count_live({"room": room}) for room in "abhi"] == [1, 2, 1, 2]


def test_without_scrolling_they_are_not(host: BrowserHost) -> None:
    with small_page(host) as page:
        assert not opened(page, SCROLLED % {"late": 0}).shows_live({"room": "r5"}, 0.5)


@pytest.mark.parametrize(("one", "other", "above"), [("r1", "r3", True), ("r3", "r1", False), ("r2", "r3", True)])
def test_an_earlier_page_is_above(host: BrowserHost, one: str, other: str, above: bool) -> None:
    with small_page(host) as page:
        listing = opened(page, ENTRIES % {"appends": "false"}, next_page="role=button[name='More']")
        assert listing.shows_live({"room": one}, 2) and listing.shows_live({"room": other}, 2)
        assert listing.is_above({"room": one}, {"room": other}) is above


def numbered(handler: BaseHTTPRequestHandler) -> None:
    """Three pages, each a document of its own, which leads on to the next one."""
    number = int(handler.path.partition("page=")[2] or 1)
    link = f'<a href="/?page={number + 1}">Next</a>' if number < 3 else ""
    html = f'<!doctype html><main><article data-room="r{number}">r{number}</article></main>{link}'
    answers(200, html, Content_Type="text/html; charset=utf-8")(handler)


def test_pages_may_be_documents_of_their_own(host: BrowserHost) -> None:
    with small_page(host) as page:
        listing = opened(page, "<main></main>", next_page="role=link[name='Next']")
        page.web.behaviours[:] = [numbered]
        listing.open()
        assert listing.titles() == ["r1", "r2", "r3"]
        assert listing.count_each({room: {"room": room} for room in ("r1", "r2", "r3")}) == {"r1": 1, "r2": 1, "r3": 1}


def test_a_page_that_shows_only_what_is_on_shows_nothing_that_is_to_come(host: BrowserHost) -> None:
    with small_page(host) as page:
        listing = opened(page, ENTRIES % {"appends": "true"})
        assert pages.lists_upcoming("Joan", listing, {"room": "r9"}, 0.2).held
        assert not pages.lists_upcoming("Joan", listing, {"room": "r1"}, 0.2).held


def reloading(*entries: str) -> str:
    """A listing that the server has rendered, and that loads itself anew by the second."""
    shown = "".join(f'<article data-room="{room}">{room}</article>' for room in entries)
    return f'<!doctype html><meta http-equiv="refresh" content="1"><main>{shown}</main>'


def test_an_entry_that_comes_back_with_the_next_load_may_still_go(host: BrowserHost) -> None:
    with small_page(host) as page:
        listing = opened(page, reloading("r1", "r2"))
        html = [reloading("r1", "r2"), reloading("r1", "r2"), reloading("r2")]
        page.web.behaviours[:] = [answers(200, each, Content_Type="text/html; charset=utf-8") for each in html]
        assert pages.drops_live("Joan", "Ada", listing, {"room": "r1"}, 8).held
        assert not pages.drops_live("Joan", "Ada", listing, {"room": "r2"}, 2).held
        assert pages.lists_once("Joan", "Ada", listing, {"room": "r2"}).held


@pytest.mark.parametrize(
    ("status", "body", "cause"),
    [
        (502, "<html><title>502 Bad Gateway</title><h1>nginx</h1></html>", "proxy-answered"),
        (200, "<html><h1>Down for maintenance</h1></html>", "page-elsewhere"),
    ],
)
def test_what_comes_in_place_of_the_next_load_is_no_answer(
    host: BrowserHost, status: int, body: str, cause: str
) -> None:
    """The document is all that such a page asks for: what it did not get, it can't show."""
    with small_page(host) as page:
        listing = opened(page, reloading("r1"))
        page.web.behaviours[:] = [answers(status, body, Content_Type="text/html; charset=utf-8")]
        gone = pages.drops_live("Joan", "Ada", listing, {"room": "r1"}, 8)
        missing = pages.lists_live("Joan", "Ada", listing, {"room": "r1"}, 0.2)
        assert [each.hindrance and each.hindrance.cause for each in (gone, missing)] == [cause, cause]
