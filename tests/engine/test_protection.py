"""A deployment that is not open to everybody lets requests through that bring along what `[protection]` says."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from greenroom.core.errors import Inconclusive
from greenroom.core.redact import Redactor
from greenroom.drivers.http import Http
from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.tab import Tab
from greenroom.record.evidence import Evidence
from greenroom.targetfile.model import Request, Target
from tests.support.http_server import Behaviour, Server, answers, serving
from tests.support.small_page import HOST, readable, small_page

BASIC = "Basic " + base64.b64encode("qa:s3cret, ü".encode()).decode()
GATE = "<!doctype html><h1>This deployment is protected</h1>"
WAYS: dict[str, tuple[dict[str, Any], Callable[[BaseHTTPRequestHandler], bool]]] = {
    "headers": ({"headers": {"X-Bypass": "open"}}, lambda asked: asked.headers["X-Bypass"] == "open"),
    "cookies": ({"cookies": {"bypass": "open"}}, lambda asked: "bypass=open" in asked.headers.get("Cookie", "")),
    "basic": ({"user": "qa", "password": "s3cret, ü"}, lambda asked: asked.headers["Authorization"] == BASIC),
}


def gated(is_let_through: Callable[[BaseHTTPRequestHandler], bool], then: Behaviour) -> Behaviour:
    """Answers 401 to whoever brings nothing along, before-hand questions of other origins' pages included."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        challenge = {"Content_Type": "text/html", "WWW_Authenticate": 'Basic realm="staging"'}
        (then if is_let_through(handler) else answers(401, GATE, **challenge))(handler)

    return behave


def sent(server: Server, protection: dict[str, Any], **request: Any) -> dict[str, str]:
    """The headers of a request to that server."""
    target = Target.model_validate(
        {
            "name": "some",
            "environment": "shared",
            "addresses": {"gateway": server.address, "auth": server.address},
            "people": {"source": "api"},
            "operations": {},
            "protection": protection,
        }
    )
    described = Request.model_validate({"path": "/rooms", "method": "GET", "answer": {"ok": "ok"}, **request})
    Http(target, "run").send(described, {}, Evidence(Redactor()))
    return server.seen[-1][2]


@pytest.mark.parametrize("way", WAYS)
def test_every_request_brings_it_along(way: str) -> None:
    protection, is_let_through = WAYS[way]
    with serving(gated(is_let_through, answers())) as server:
        sent(server, protection)
        with pytest.raises(Inconclusive) as refused:
            sent(server, {})
    assert "[protection] says what lets requests through" in refused.value.hint


def test_what_proves_a_person_stays(server: Server) -> None:
    headers = sent(server, WAYS["basic"][0], headers={"authorization": "Bearer t"})
    assert headers["authorization"] == "Bearer t" and "Authorization" not in headers


def test_a_service_that_is_not_protected_gets_nothing_of_it(server: Server) -> None:
    protection = {"headers": {"X-Bypass": "open"}, "services": ["auth"]}
    assert "X-Bypass" not in sent(server, protection)
    assert sent(server, protection, service="auth")["X-Bypass"] == "open"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(answers()) as server:
        yield server


@pytest.mark.integration
@pytest.mark.parametrize("way", WAYS)
def test_pages_bring_it_along(host: BrowserHost, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    protection, is_let_through = WAYS[way]
    with small_page(host, protection=protection) as page:
        page.web.behaviours[:] = [gated(is_let_through, page.web.behaviours[0])]
        # the gateway is of another origin: its application would have to allow credentials of a page's requests
        gateway = readable(200, HOST)
        page.answers_with(gated(is_let_through, gateway) if way == "headers" else gateway)
        monkeypatch.setattr(host, "_target", page.target)
        tab = Tab(host, page.target, page.evidence, "Ada", "test")
        tab.goto("/r/r1", "main[data-ready=true]")
        assert tab.appears("role=button[name='End Room']") and tab.settle() is None
        tab.close()


@pytest.mark.integration
def test_a_pages_requests_to_others_do_not(host: BrowserHost) -> None:
    asked: list[str | None] = []

    def gateway(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.headers["X-Bypass"])
        readable(200, HOST)(handler)

    with small_page(host, protection={"headers": {"X-Bypass": "open"}, "services": ["web"]}) as page:
        page.answers_with(gateway)
        page.tab.goto("/r/r1", "main[data-ready=true]")
        assert page.tab.appears("role=button[name='End Room']")
        assert page.web.seen[0][2]["x-bypass"] == "open" and asked == [None]
