"""A small HTTP proxy on this machine: it connects for CONNECT, passes plain requests on, and says what it was asked."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit


class Proxy:
    """It takes every name for this machine. `asked` holds the first line of each request, `proofs` what was shown."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.proofs: list[str] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def serve(self) -> None:
        """Until it is closed."""
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                threading.Thread(target=self._handle, args=(client,), daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _handle(self, client: socket.socket) -> None:
        with client, suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                more = client.recv(65_536)
                if not more:
                    return
                head += more
            first, *lines = head.decode("latin-1").split("\r\n")
            self.asked.append(first)
            self.proofs += [line.partition(": ")[2] for line in lines if line.lower().startswith("proxy-authorization")]
            method, to, _ = first.split(" ")
            port = int(to.rpartition(":")[2]) if method == "CONNECT" else urlsplit(to).port or 80
            with socket.create_connection(("127.0.0.1", port)) as server:
                if method == "CONNECT":
                    client.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
                else:
                    path = urlsplit(to)._replace(scheme="", netloc="").geturl() or "/"
                    server.sendall(head.replace(to.encode("latin-1"), path.encode("latin-1"), 1))
                back = threading.Thread(target=_pass, args=(server, client), daemon=True)
                back.start()
                _pass(client, server)
                back.join()


@contextmanager
def proxying() -> Iterator[Proxy]:
    """Such a proxy, while the block runs."""
    proxy = Proxy()
    thread = threading.Thread(target=proxy.serve, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.close()
        thread.join()


def _pass(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while chunk := source.recv(65_536):
            sink.sendall(chunk)
        sink.shutdown(socket.SHUT_WR)
