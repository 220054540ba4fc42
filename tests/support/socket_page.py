"""A page with a WebSocket, and the service that hears what is said over it."""

from __future__ import annotations

import base64
import hashlib
from http.server import BaseHTTPRequestHandler

from tests.support.http_server import answers

_KEY_OF_ALL = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, 1.3
OPEN_SOCKET = """() => new Promise(done => {
  window.told = []
  window.socket = new WebSocket(location.href.replace('http', 'ws'))
  socket.onopen = () => { told.push('open'); done() }
  socket.onerror = () => told.push('error')
  socket.addEventListener('close', event => { told.push(`close ${event.code} ${event.wasClean}`); done() })
})"""
_CLOSE, _TEXT = 8, 1


class Sockets:
    """A service with a page, and a WebSocket that hears what the page says until that closes it."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        key = handler.headers.get("Sec-WebSocket-Key")
        if key is None:
            answers(200, "<p>page</p>", Content_Type="text/html")(handler)
            return
        handler.send_response(101)
        handler.send_header("Upgrade", "websocket")
        handler.send_header("Connection", "Upgrade")
        accepted = base64.b64encode(hashlib.sha1(key.encode() + _KEY_OF_ALL).digest()).decode()
        handler.send_header("Sec-WebSocket-Accept", accepted)
        handler.end_headers()
        while frame := handler.rfile.read(2):
            kind, length = frame[0] & 0x0F, frame[1] & 0x7F
            mask, said = handler.rfile.read(4), handler.rfile.read(length)
            if kind == _TEXT:
                self.heard.append(bytes(one ^ mask[i % 4] for i, one in enumerate(said)).decode())
            if kind == _CLOSE:
                handler.wfile.write(bytes([0x88, 0]))
                break
        handler.close_connection = True
