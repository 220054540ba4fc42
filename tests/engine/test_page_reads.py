"""What a page has read last becomes evidence when a step fails, and a stream that never ends is not waited for."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from threading import Event

import pytest

from greenroom.core.redact import Redactor
from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.page_answers import PageAnswers
from greenroom.record.events import Exchange
from greenroom.record.evidence import Evidence
from tests.support.http_server import answers, serving

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("browser")]
_PAGE = (
    "<script>new EventSource('/stream'); fetch('/rooms').then(one => one.text()).then(() => window.done = 1)</script>"
)


def test_a_stream_is_left_out_and_what_was_read_is_told(host: BrowserHost) -> None:
    over = Event()

    def behave(handler: BaseHTTPRequestHandler) -> None:
        if handler.path == "/rooms":
            answers(200, '{"live": true}', Content_Type="application/json", Cache_Control="max-age=30")(handler)
        elif handler.path == "/stream":
            handler.send_response(200)
            handler.send_header("Content-Type", "text/event-stream")
            handler.end_headers()
            handler.wfile.write(b"data: one\n\n")
            handler.wfile.flush()
            over.wait(30)
        else:
            answers(200, _PAGE, Content_Type="text/html")(handler)

    evidence = Evidence(Redactor([]))
    reads = PageAnswers(evidence)
    with serving(behave) as service:
        context = host.context("test")
        page = context.new_page()
        page.on("response", lambda response: reads.read(response.request, _exchange(response.url)))
        page.goto(service.address, wait_until="commit")
        page.wait_for_function("window.done")
        reads.tell_reads()
        over.set()
        context.close()
    told = {one.url.rpartition("/")[2]: one.response_body for one in evidence.current.exchanges}
    assert told["rooms"] == '{"live": true}' and "stream" not in told
    kept = {one.url.rpartition("/")[2]: one.response_headers for one in evidence.current.exchanges}
    assert kept["rooms"] == {"cache-control": "max-age=30"}


def _exchange(url: str) -> Exchange:
    return Exchange(channel="gateway", origin="page", method="GET", url=url, status=200)
