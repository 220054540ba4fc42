"""HTTP connections on which a whole exchange has a deadline, and on which an answer that was cut is known as such.

The library's timeout is one for each read: a byte every few seconds would keep a request alive for ever.
"""

from __future__ import annotations

import http.client
import io
import socket
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from greenroom.drivers.trust import Trusting, proxies_of
from greenroom.targetfile.protection import ClientCertificate

_CONNECTIONS = 32
KEPT_SECONDS = 1.0
"""How long an idle connection may be used again. Servers close theirs after 2 s (gunicorn), 5 s (Node) or longer."""
_exchange = threading.local()


@contextmanager
def whole_exchange(seconds: float) -> Iterator[None]:
    """Every answer that this thread waits for in the block has come, body and all, `seconds` after its begin; else the
    read raises TimeoutError, or what the library makes of it."""
    _exchange.ends = time.monotonic() + seconds
    try:
        yield
    finally:
        del _exchange.ends


def open_session(
    addresses: Iterable[str] = (), certificates: Mapping[str, ClientCertificate] = MappingProxyType({})
) -> requests.Session:
    """A session over such connections, to servers at these addresses: it trusts, and goes by proxies, as
    `greenroom.drivers.trust` says. `certificates`: those of the client's, by the addresses that want one. It follows no
    redirect."""
    session, known = _Session(), list(addresses)
    session.trust_env = False  # else ~/.netrc would sign people in, and REQUESTS_CA_BUNDLE would be all that is trusted
    session.proxies.update(proxies_of(known))
    secure = any(address.startswith("https:") for address in (*known, *session.proxies.values()))
    for scheme, adapter in (("http://", _Adapter), ("https://", _TrustingAdapter if secure else _Adapter)):
        session.mount(scheme, adapter(pool_connections=_CONNECTIONS, pool_maxsize=_CONNECTIONS))
    for address, client in certificates.items():
        parts = urlsplit(address)
        proving = _TrustingAdapter(client, pool_connections=_CONNECTIONS, pool_maxsize=_CONNECTIONS)
        session.mount(f"{parts.scheme}://{parts.netloc.lower()}/", proving)
    return session


class _Stream(io.RawIOBase):
    """What comes from the socket, until the exchange's deadline."""

    def __init__(self, sock: socket.socket, raw: io.RawIOBase) -> None:
        super().__init__()
        self._sock, self._raw = sock, raw
        self._ends: float | None = getattr(_exchange, "ends", None)
        self.began = self.ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        if self._ends is not None:
            left = self._ends - time.monotonic()
            if left <= 0:
                raise TimeoutError("timed out")
            self._sock.settimeout(left)
        count = self._raw.readinto(buffer)
        self.began = self.began or bool(count)
        self.ended = count == 0
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Answer(http.client.HTTPResponse):
    """An answer whose head is whole: not cut off, and not one of those (103) that come before it."""

    def __init__(self, sock: socket.socket, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        self._stream = _Stream(sock, self.fp.detach())
        self.fp = io.BufferedReader(self._stream)

    def begin(self) -> None:
        """Read status and headers. Raises IncompleteRead when the connection ends within them: the library would take
        what has come by then for all of it."""
        if self.headers is not None:
            return
        try:
            super().begin()
            while 102 <= self.status < 200:
                self.headers = self.msg = None
                super().begin()
        except TimeoutError:
            raise
        except (OSError, http.client.BadStatusLine) as error:
            cut = self._stream.ended or isinstance(error, ConnectionError)
            if self._stream.began and cut and not _is_another_protocols(error):
                raise http.client.IncompleteRead(b"") from error
            raise
        if self._stream.ended:
            raise http.client.IncompleteRead(b"")
        if self.headers.get_payload():  # a line that is no header hides all that follow it
            raise http.client.HTTPException("a line among the headers is none")


def _is_another_protocols(error: Exception) -> bool:
    """Whether the first line is none of HTTP's, not even the beginning of one."""
    if not isinstance(error, http.client.BadStatusLine) or isinstance(error, http.client.RemoteDisconnected):
        return False
    line = str(error.args[0])
    return not line.startswith("HTTP/") and not "HTTP/".startswith(line)


class _Connection(urllib3.connection.HTTPConnection):
    response_class = _Answer


class _SecureConnection(urllib3.connection.HTTPSConnection):
    response_class = _Answer


class _ShortlyKept(HTTPConnectionPool):
    """Connections that nobody has used for a while are closed by us, before the server does so at the very moment in
    which a request is on its way: a request that changes something is not sent again, and nobody could tell."""

    def _get_conn(self, timeout: float | None = None) -> Any:
        connection = super()._get_conn(timeout)
        if time.monotonic() - getattr(connection, "used", time.monotonic()) > KEPT_SECONDS:
            connection.close()
        return connection

    def _put_conn(self, conn: Any) -> None:
        if conn is not None:
            conn.used = time.monotonic()
        super()._put_conn(conn)


class _Pool(_ShortlyKept):
    ConnectionCls = _Connection


class _SecurePool(_ShortlyKept, HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **options)
        manager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
        return manager


class _TrustingAdapter(_Adapter, Trusting):
    """Loads the certificates when it is made: only where there is somebody to trust."""


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """None: where a redirect leads is looked at and not followed, and need not be an address."""
        return None
