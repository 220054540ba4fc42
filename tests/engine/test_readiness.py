"""A page that does not get ready: red where it says so itself or was ready before, else nobody can tell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from greenroom.core.errors import BrokenPromise, Inconclusive
from greenroom.drivers.web.browser import BrowserHost
from greenroom.record.events import Change
from greenroom.record.evidence import OpenStep
from tests.support.http_server import answers, serving
from tests.support.small_page import SmallPage, small_page

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("browser")]

READY = "main[data-shown]"
ROOM = {"room": "r1"}
DEADLINES = {"page": 1, "control": 1}
DATABASE = {"dsn": "postgresql://127.0.0.1/nothing"}
ONCE = """if (!sessionStorage.seen) main.dataset.shown = "true"; sessionStorage.seen = "true";"""


@contextmanager
def page_that(does: str, host: BrowserHost) -> Iterator[SmallPage]:
    """A page that does this, and of which nobody else could be to blame."""
    with small_page(host, when=does, deadlines=DEADLINES, database=DATABASE) as page:
        page.evidence.begin(OpenStep("Given", "Ada is live", 1))
        yield page


@pytest.mark.parametrize(
    ("does", "says"),
    [
        ('console.error(new TypeError("room.host is no function"));', "TypeError: room.host is no function"),
        ('try { null.host } catch (error) { console.warn("[Viewer]", error) }', "Cannot read properties of null"),
        ("try { null.host } catch (error) { console.log(error.message) }", "Cannot read properties of null"),
        ("null.host", "uncaught error"),
    ],
)
def test_a_page_that_tells_of_its_own_mistake_is_broken(host: BrowserHost, does: str, says: str) -> None:
    with page_that(does, host) as page, pytest.raises(BrokenPromise, match=says):
        page.tab.goto("/r/{room}", READY, ROOM)


@pytest.mark.parametrize(
    "does",
    [
        "",
        'console.error("no camera");',
        'console.error(new TypeError("Failed to fetch"));',
        'console.error(new TypeError("NetworkError when attempting to fetch resource."));',
    ],
)
def test_a_page_that_tells_of_none_can_t_be_judged(host: BrowserHost, does: str) -> None:
    with page_that(does, host) as page, pytest.raises(Inconclusive, match="has all its answers") as told:
        page.tab.goto("/r/{room}", READY, ROOM)
    assert told.value.cause == "page-not-ready"


def test_a_mistake_in_somebody_else_s_script_is_none_of_the_page(host: BrowserHost) -> None:
    with serving(
        answers(200, "console.error(new TypeError('x.y is no function'))", Content_Type="text/javascript")
    ) as cdn:
        does = f"document.head.append(Object.assign(document.createElement('script'), {{src: '{cdn.address}/x.js'}}));"
        with page_that(does, host) as page, pytest.raises(Inconclusive) as told:
            page.tab.goto("/r/{room}", READY, ROOM)
    assert told.value.cause == "page-not-ready"


def test_a_page_that_was_ready_and_is_not_after_two_reloads_is_broken(host: BrowserHost) -> None:
    with page_that(ONCE, host) as page:
        page.tab.goto("/r/{room}", READY, ROOM)
        with pytest.raises(BrokenPromise, match="ready again after a reload"):
            page.tab.reload(READY, ROOM)


def test_a_page_that_needs_a_second_reload_can_t_be_judged(host: BrowserHost) -> None:
    does = (
        'sessionStorage.n = 1 + Number(sessionStorage.n || 0); if (sessionStorage.n != 2) main.dataset.shown = "true";'
    )
    with page_that(does, host) as page:
        page.tab.goto("/r/{room}", READY, ROOM)
        with pytest.raises(Inconclusive) as told:
            page.tab.reload(READY, ROOM)
    assert told.value.cause == "page-not-ready"


def test_a_page_whose_room_has_changed_may_be_another(host: BrowserHost) -> None:
    with page_that(ONCE, host) as page:
        page.tab.goto("/r/{room}", READY, ROOM)
        page.evidence.begin(OpenStep("When", "the room is ended past the page", 2))
        page.evidence.changed([Change(relation="rooms", key="Ada's room", field="status", before="live", after="idle")])
        page.evidence.begin(OpenStep("And", "Ada reloads the page", 3))
        with pytest.raises(Inconclusive) as told:
            page.tab.reload(READY, ROOM)
    assert told.value.cause == "page-not-ready"


def test_a_page_that_was_not_ready_before_may_be_described_wrongly(host: BrowserHost) -> None:
    with page_that("", host) as page:
        page.tab.goto("/r/{room}", "", ROOM)
        with pytest.raises(Inconclusive) as told:
            page.tab.reload(READY, ROOM)
    assert told.value.cause == "page-not-ready"
