"""What a page is told of without asking: by a WebSocket or a stream of events that the environment may break off."""

from __future__ import annotations

import base64
import hashlib
import threading
from http.server import BaseHTTPRequestHandler

import pytest

from greenroom.claims import pages
from greenroom.claims.observation import Observation
from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.viewer_page import ViewerPage
from greenroom.targetfile.model import PageRequest
from tests.support.http_server import Behaviour, answers, serving
from tests.support.small_page import Late, readable, resets, small_page

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("browser")]

ROOM = {"room": "r1"}
_KEY_OF_ALL = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, 1.3
_LISTEN = (
    "const socket = new WebSocket('%s/live'.replace('http', 'ws')); socket.onmessage = m => show(JSON.parse(m.data));"
)
_HEAR = "new EventSource('%s/events').onmessage = message => show(JSON.parse(message.data));"


def opens_a_socket(*messages: str, after: float = 0.0) -> Behaviour:
    """A handshake, and these messages after so many seconds; it stays open for a while."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        key = handler.headers["Sec-WebSocket-Key"] + _KEY_OF_ALL
        handler.send_response(101)
        handler.send_header("Upgrade", "websocket")
        handler.send_header("Connection", "Upgrade")
        handler.send_header("Sec-WebSocket-Accept", base64.b64encode(hashlib.sha1(key.encode()).digest()).decode())
        handler.end_headers()
        threading.Event().wait(after)
        for message in messages:
            handler.wfile.write(bytes([0x81, len(message)]) + message.encode())
        handler.wfile.flush()
        Late(lambda _: None)(handler)

    return behave


def absence(host: BrowserHost, script: str, behaviour: Behaviour) -> Observation:
    """What is found of a page without End Room that hears of its room from a service with this behaviour."""
    with serving(behaviour) as stream, small_page(host, when=script % stream.address) as page:
        page.target.addresses["stream"] = stream.address
        viewer = ViewerPage(page.tab)
        viewer.open(ROOM)
        page.tab.let_pass(0.3)
        return pages.offers_no_end("Grace", viewer, ROOM)


@pytest.mark.parametrize(
    "behaviour",
    [answers(502, "<h1>Bad Gateway</h1>"), answers(429, "slow down"), resets],
    ids=["502", "429", "reset"],
)
def test_nothing_is_missing_on_a_page_whose_socket_the_environment_broke(
    host: BrowserHost, behaviour: Behaviour
) -> None:
    seen = absence(host, _LISTEN, behaviour)
    assert seen.hindrance is not None and seen.hindrance.cause == "unreachable"
    assert "WebSocket to http://" in seen.hindrance.message


@pytest.mark.parametrize(
    "behaviour",
    [answers(401, "{}"), answers(404, "not here"), opens_a_socket('{"host": "somebody"}')],
    ids=["refused", "not there", "open"],
)
def test_a_socket_that_the_application_answers_keeps_nobody_from_judging(
    host: BrowserHost, behaviour: Behaviour
) -> None:
    seen = absence(host, _LISTEN, behaviour)
    assert seen.held and seen.hindrance is None


@pytest.mark.parametrize("script", [_LISTEN, _HEAR, "fetch('%s/told', {method: 'POST'}).catch(() => 0);"])
def test_what_a_page_does_not_need_keeps_nobody_from_judging(host: BrowserHost, script: str) -> None:
    with serving(resets) as stream, small_page(host, when=script % stream.address) as page:
        page.target.addresses["stream"] = stream.address
        page.target.page_requests["not_needed"] = [PageRequest(service="stream", method="*", path="/**")]
        viewer = ViewerPage(page.tab)
        viewer.open(ROOM)
        page.tab.let_pass(0.3)
        seen = pages.offers_no_end("Grace", viewer, ROOM)
    assert seen.held and seen.hindrance is None


def test_what_a_socket_tells_is_seen(host: BrowserHost) -> None:
    seen = absence(host, _LISTEN, opens_a_socket('{"host": "me"}'))
    assert not seen.held and seen.hindrance is None


def test_what_a_socket_tells_first_is_waited_for(host: BrowserHost) -> None:
    seen = absence(host, _LISTEN, opens_a_socket('{"host": "me"}', after=1.0))
    assert not seen.held and seen.hindrance is None


def test_a_stream_of_events_is_not_waited_for(host: BrowserHost) -> None:
    with_length = readable(200, 'data: {"host": "me"}\n\n', Content_Type="text/event-stream")
    seen = absence(host, _HEAR, with_length)
    assert not seen.held and seen.hindrance is None


@pytest.mark.parametrize(
    ("behaviour", "cause"),
    [
        (readable(502, "<html><h1>Bad Gateway</h1></html>", Content_Type="text/html"), "proxy-answered"),
        (resets, "unreachable"),
    ],
    ids=["502", "reset"],
)
def test_nothing_is_missing_on_a_page_whose_stream_of_events_the_environment_broke(
    host: BrowserHost, behaviour: Behaviour, cause: str
) -> None:
    seen = absence(host, _HEAR, behaviour)
    assert seen.hindrance is not None and seen.hindrance.cause == cause
