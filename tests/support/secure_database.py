"""A front of a PostgreSQL server that speaks TLS, which the embedded server itself can't."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tests.support.authority import Authority

_WANTS_TLS = (80877103).to_bytes(4, "big")


@contextmanager
def secured(dsn: str, own: Authority) -> Iterator[str]:
    """The address of a front of the server of `dsn`, with the certificate of `own`; no `sslmode` is in it."""
    where = {key: str(value) for key, value in conninfo_to_dict(dsn).items()}
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_accept, args=(listening, where, own.context()), daemon=True)
        thread.start()
        yield make_conninfo(dsn, host="127.0.0.1", port=listening.getsockname()[1])
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()


def _accept(listening: socket.socket, where: dict[str, str], context: ssl.SSLContext) -> None:
    with suppress(OSError):
        while True:
            client, _ = listening.accept()
            threading.Thread(target=_serve, args=(client, where, context), daemon=True).start()


def _serve(plain: socket.socket, where: dict[str, str], context: ssl.SSLContext) -> None:
    with plain, suppress(OSError):
        while _WANTS_TLS not in plain.recv(8):
            plain.sendall(b"N")  # it asked for another kind of encryption
        plain.sendall(b"S")
        with context.wrap_socket(plain, server_side=True) as client, _server(where) as server:
            back = threading.Thread(target=_pass, args=(server, client), daemon=True)
            back.start()
            _pass(client, server)
            back.join()


def _server(where: dict[str, str]) -> socket.socket:
    host, port = where.get("host", "127.0.0.1"), where.get("port", "5432")
    if host.startswith("/"):
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(f"{host}/.s.PGSQL.{port}")
        return connection
    return socket.create_connection((host, int(port)))


def _pass(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while chunk := source.recv(65_536):
            sink.sendall(chunk)
        sink.shutdown(socket.SHUT_RDWR)
