"""A request of a page's at which its service fails each time is no matter of the environment, though the page tells
nothing of it but that no answer came."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from greenroom.claims import pages
from greenroom.claims.observation import Observation
from greenroom.core.errors import BrokenPromise, Inconclusive
from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.viewer_page import ViewerPage
from tests.support.http_server import Behaviour, answers
from tests.support.small_page import SmallPage, readable, resets, small_page

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("browser")]

ROOM = {"room": "r1"}
PROBE: dict[str, Any] = {"probe": {"method": "GET", "path": "/health"}}
BARE = answers(500, "Internal Server Error", Content_Type="text/plain")
"""As many frameworks answer when the application has thrown: no page of another origin may read it."""
JSON_FAULT = answers(503, {"ok": False, "error": "TRY_LATER"}, Content_Type="application/json")


WELL = readable(200, {"ok": True})


def beside_a_probe(behaviour: Behaviour, probe: Behaviour | None = None) -> Behaviour:
    def behave(handler: BaseHTTPRequestHandler) -> None:
        (probe or WELL if handler.path == "/health" else behaviour)(handler)

    return behave


def seen(page: SmallPage) -> Observation:
    ViewerPage(page.tab).open(ROOM)
    return pages.offers_no_end("Grace", ViewerPage(page.tab), ROOM)


@pytest.mark.parametrize("fault", [BARE, JSON_FAULT], ids=["bare", "JSON"])
def test_what_a_service_fails_at_each_time_is_its_own(host: BrowserHost, fault: Behaviour) -> None:
    with small_page(host, **PROBE) as page:
        page.answers_with(beside_a_probe(fault))
        assert seen(page).hindrance is None
        assert page.tab.traffic.hindrance_of_all(writes=False) is None


@pytest.mark.parametrize(
    ("behaviour", "told"),
    [
        (BARE, {}),
        (beside_a_probe(BARE, probe=BARE), PROBE),
        (beside_a_probe(resets), PROBE),
        (beside_a_probe(answers(502, "<html>Bad Gateway</html>", Content_Type="text/html")), PROBE),
        (beside_a_probe(answers(200, {"room": {}})), PROBE),
    ],
    ids=["nothing else to read", "nothing is well", "the connection breaks", "a proxy", "well for others"],
)
def test_anything_else_leaves_open_who_it_was(host: BrowserHost, behaviour: Behaviour, told: dict[str, Any]) -> None:
    with small_page(host, **told) as page:
        page.answers_with(behaviour)
        hindrance = seen(page).hindrance
    assert hindrance is not None and hindrance.cause == "unreachable"


@pytest.mark.parametrize(("fault", "error"), [(BARE, BrokenPromise), (resets, Inconclusive)], ids=["its own", "not"])
def test_a_page_that_is_never_ready_for_it_is_broken(
    host: BrowserHost, fault: Behaviour, error: type[Exception]
) -> None:
    never = "ask(); delete main.dataset.ready;"
    with small_page(host, when=never, deadlines={"page": 2, "control": 1}, **PROBE) as page:
        page.answers_with(beside_a_probe(fault))
        with pytest.raises(error):
            ViewerPage(page.tab).open(ROOM)
