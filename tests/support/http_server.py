"""An HTTP server on this machine that behaves as a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """A server on this machine that behaves as told, request after request; the last behaviour stays."""

    def __init__(self, *behaviours: Behaviour) -> None:
        self.behaviours = list(behaviours)
        self.seen: list[tuple[str, str, dict[str, str], bytes]] = []
        self._lock = threading.Lock()
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                with server._lock:
                    server.seen.append((self.command, self.path, dict(self.headers), self.rfile.read(length)))
                    several = len(server.behaviours) > 1
                    behave = server.behaviours.pop(0) if several else server.behaviours[0]
                behave(self)

            do_OPTIONS = do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_one

            def log_message(self, format: str, *args: Any) -> None:
                """Nothing on the test's terminal."""

        self.httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.httpd.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.httpd.server_port}"


@contextmanager
def serving(*behaviours: Behaviour) -> Iterator[Server]:
    """Such a server, while the block runs."""
    server = Server(*behaviours)
    thread = threading.Thread(target=server.httpd.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.httpd.shutdown()
        thread.join()
        server.httpd.server_close()


def answers(status: int = 200, body: Any = None, **headers: str) -> Behaviour:
    """With `body` as JSON, or as it is when it is text."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        content = body.encode() if isinstance(body, str) else json.dumps(body or {"ok": True}).encode()
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return behave
