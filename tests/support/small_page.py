"""A small page on this machine that asks a gateway for what it shows, and a browser's tab to look at it with."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

from greenroom.core.redact import Redactor
from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.tab import Tab
from greenroom.record.evidence import Evidence
from greenroom.targetfile.model import Target
from tests.support.http_server import Behaviour, Server, answers, serving

HOST = {"room": {"host": "me"}}
GUEST = {"room": {"host": "somebody"}}

END_FAILED = "text=could not be ended"
ROOM_PAGES = {
    "listing": {"path": "/", "ready": "main[data-listing]", "live_entry": "article"},
    "go_live": {"submit": "role=button[name='Go Live']"},
    "viewer": {
        "path": "/r/{room}",
        "ready": "main[data-ready=true]",
        "end_room": "role=button[name='End Room']",
        "has_ended": "text=has ended",
        "end_failed": END_FAILED,
    },
}
"""The [web] of such a page, where a test looks at it as a room's."""

VIEWER = """<!doctype html><title>Room</title><main></main><script type="module">
const main = document.querySelector("main");
%(before)s
const show = room => { main.innerHTML = room.host === "me" ? "<button>End Room</button>" : "<p>Welcome</p>" };
const ask = () => fetch("%(gateway)s/rooms/r1").then(answer => answer.ok ? answer.json() : {room: {}})
  .then(body => show(body.room)).catch(() => show({}));
main.dataset.ready = "true";
%(when)s
</script>"""


class SmallPage:
    """A page and its gateway. `answer` is what the gateway says to the page's question, and can be changed."""

    def __init__(self, host: BrowserHost, gateway: Server, web: Server, /, **target: object) -> None:
        self.target, self.web = target_of(gateway, web, **target), web
        self._answer: Behaviour = answers(200, GUEST)
        gateway.behaviours[:] = [self._behave]
        self.evidence = Evidence(Redactor())
        self.tab = Tab(host, self.target, self.evidence, "Grace", "test")

    def answers_with(self, behaviour: Behaviour) -> None:
        """What the gateway does from now on when the page asks."""
        self._answer = behaviour

    def _behave(self, handler: BaseHTTPRequestHandler) -> None:
        self._answer(handler)


@contextmanager
def small_page(host: BrowserHost, *, when: str = "ask();", before: str = "", **target: object) -> Iterator[SmallPage]:
    """Such a page; `before` is run before it is ready, `when` says when it asks, as JavaScript."""
    with serving(answers()) as gateway, serving(answers()) as web:
        html = VIEWER % {"gateway": gateway.address, "when": when, "before": before}
        web.behaviours[:] = [answers(200, html, Content_Type="text/html; charset=utf-8")]
        page = SmallPage(host, gateway, web, **target)
        try:
            yield page
        finally:
            page.tab.close()


def target_of(gateway: Server, web: Server, /, **more: object) -> Target:
    """A target of that page: short deadlines, and `more` of the target file's tables."""
    selectors = {"path": "/r/{room}", "ready": "main[data-ready=true]", "end_room": "role=button[name='End Room']"}
    return Target.model_validate(
        {
            "name": "small",
            "environment": "disposable",
            "addresses": {"gateway": gateway.address, "web": web.address},
            "people": {"source": "api", "request": {"path": "/people", "answer": {"account": "id"}}},
            "operations": {"room_state": {"method": "GET", "path": "/rooms/{room}", "answer": {"host": "room.host"}}},
            "deadlines": {"page": 8, "control": 2},
            "web": {
                "listing": {"path": "/", "ready": "main[data-listing]", "live_entry": "article"},
                "go_live": {"submit": "role=button[name='Go Live']"},
                "viewer": {**selectors, "has_ended": "text=has ended"},
            },
            **more,
        }
    )


def cors(behaviour: Callable[..., Behaviour]) -> Callable[..., Behaviour]:
    """The same answer, and any page may read it."""
    return lambda *given, **headers: behaviour(*given, Access_Control_Allow_Origin="*", **headers)


readable = cors(answers)
"""An answer that a page of any origin can read."""


def resets(handler: BaseHTTPRequestHandler) -> None:
    """The connection is broken off in the middle of nothing."""
    connection: socket.socket = handler.connection
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.close_connection = True
    connection.close()


class Late:
    """An answer that is held until the test lets it go, or the page is gone."""

    def __init__(self, then: Behaviour) -> None:
        self._then, self.released = then, threading.Event()

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        self.released.wait(20)
        self._then(handler)
