"""A page served on this machine by TLS, and a target there: asked for over HTTP, and opened in a browser."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from greenroom.core.redact import Redactor
from greenroom.drivers.http import Http
from greenroom.drivers.web.browser import BrowserHost
from greenroom.record.evidence import Evidence
from greenroom.targetfile.model import Request, Target
from tests.support.authority import Authority

PAGE = b"<!doctype html><title>It is here</title><main>yes</main>"


@contextmanager
def secure_page(own: Authority | None, *, wants_certificate: bool = False) -> Iterator[int]:
    """A server that answers everything with a page; its port. `wants_certificate`: to whoever proves themselves by one
    that the same authority vouches for."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(PAGE)))
            self.end_headers()
            self.wfile.write(PAGE)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing on the test's terminal."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: Any, client_address: Any) -> None:
            """A client that does not trust us is no news."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if own is not None:
        context = own.context()
        if wants_certificate:
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(own.bundle)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def target_at(address: str, **protection: str) -> Target:
    """A target whose gateway and pages are there."""
    page = {"path": "/", "ready": "main"}
    return Target.model_validate(
        {
            "name": "some",
            "environment": "shared",
            "addresses": {"gateway": address, "web": address},
            "people": {"source": "pool"},
            "operations": {},
            "protection": protection,
            "web": {
                "listing": page | {"live_entry": "p"},
                "go_live": {"submit": "p"},
                "viewer": page | {"end_room": "p", "has_ended": "p"},
            },
        }
    )


def ask(address: str, **protection: str) -> int:
    """The status with which its gateway answers."""
    http = Http(target_at(address, **protection), "20260214-120000-abcd")
    try:
        return http.send(Request(method="GET", path="/"), {}, Evidence(Redactor())).status
    finally:
        http.close()


def title_of(address: str, **protection: str) -> str:
    """The title of the page there in a browser, or what the browser says instead."""
    from playwright.sync_api import Error

    browsers = BrowserHost(target_at(address, **protection))
    try:
        page = browsers.context("tests").new_page()
        page.goto(address, timeout=15_000)
        return page.title()
    except Error as error:
        return error.message.splitlines()[0]
    finally:
        browsers.close()
