"""The browser trusts whom the harness trusts, and goes by the same proxy: Chromium by itself knows neither.

It has certificates of its own. A server that the harness trusts is made known to it by the hash of its public key.
"""

from __future__ import annotations

import base64
import hashlib
import os
import socket
import ssl
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote, urlsplit

from greenroom.drivers.trust import proxy_for, trusted
from greenroom.targetfile.model import Target
from greenroom.targetfile.protection import ClientCertificate

_SECONDS = 5.0
_LOOPBACK = ("<-loopback>", "localhost", "127.0.0.1", "[::1]")
"""Playwright adds the first by itself unless it is there; what stands behind it counts more: all that is not asked for
by a proxy anyway."""


def launch_options(target: Target, args: list[str]) -> dict[str, Any]:
    """The options of Playwright's `launch` that say whom the browser trusts, and which proxy it uses."""
    options: dict[str, Any] = {"args": args}
    keys = sorted(trusted_keys(target.addresses.values(), target.certificates))
    if keys:
        options["args"] = [*args, f"--ignore-certificate-errors-spki-list={','.join(keys)}"]
    proxy = proxy_for(target.addresses.get("web", ""))
    if proxy is not None:
        options["proxy"] = _as_playwright(proxy)
    return options


def trusted_keys(
    addresses: Iterable[str], certificates: Mapping[str, ClientCertificate] = MappingProxyType({})
) -> set[str]:
    """Hashes of the public keys of the servers at these addresses, as far as they speak TLS and are trusted.
    `certificates`: those of the client's, by the addresses that want one."""
    servers = {
        (parts.hostname, parts.port or 443, address, certificates.get(address))
        for address in addresses
        if (parts := _of_tls(address))
    }
    if not servers:
        return set()
    with ThreadPoolExecutor(len(servers)) as pool:
        return {key for key in pool.map(lambda server: _key_of(*server), servers) if key}


def all_trusted(certificates: Mapping[str, ClientCertificate]) -> bool:
    """Whether the server of each of these addresses is trusted, which is asked with the client's certificate."""
    return all(trusted_keys([address], {address: client}) for address, client in certificates.items())


def _of_tls(address: str) -> Any:
    parts = urlsplit(address)
    return parts if parts.scheme == "https" and parts.hostname and "$" not in address else None


def _key_of(host: str, port: int, address: str, client: ClientCertificate | None) -> str:
    """The hash of the key of the server, or "" when it is not there or not trusted: its page will tell."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    try:
        with (
            _connected(host, port, address) as plain,
            trusted(client).wrap_socket(plain, server_hostname=host) as secure,
        ):
            certificate = secure.getpeercert(binary_form=True)
    except (OSError, ssl.SSLError, ValueError):
        return ""
    if certificate is None:
        return ""
    key = x509.load_der_x509_certificate(certificate).public_key()
    raw = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(raw).digest()).decode()


def _connected(host: str, port: int, address: str) -> socket.socket:
    """A connection to the server, by way of its proxy where there is one."""
    proxy = proxy_for(address)
    if proxy is None:
        return socket.create_connection((host, port), _SECONDS)
    way = urlsplit(proxy)
    connection = socket.create_connection((way.hostname or "", way.port or 80), _SECONDS)
    try:
        if way.scheme == "https":
            connection = trusted().wrap_socket(connection, server_hostname=way.hostname)
        proof = ""
        if way.username:
            plain = f"{unquote(way.username)}:{unquote(way.password or '')}"
            proof = f"Proxy-Authorization: Basic {base64.b64encode(plain.encode()).decode()}\r\n"
        connection.sendall(f"CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n{proof}\r\n".encode())
        answer = b""
        while b"\r\n\r\n" not in answer and len(answer) < 10_000:
            more = connection.recv(1)  # not a byte of what comes behind it
            if not more:
                break
            answer += more
        if b" 200" not in answer.split(b"\r\n", 1)[0]:
            raise OSError("the proxy does not connect")
    except BaseException:
        connection.close()
        raise
    return connection


def _as_playwright(proxy: str) -> dict[str, str]:
    parts = urlsplit(proxy)
    found = {"server": f"{parts.scheme}://{parts.hostname}:{parts.port or 80}", "bypass": ",".join(_bypassed())}
    if parts.username:
        found |= {"username": unquote(parts.username), "password": unquote(parts.password or "")}
    return found


def _bypassed() -> list[str]:
    """NO_PROXY in Chromium's words, where a name alone does not stand for the names below it."""
    named = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
    names = [name.strip().lstrip(".") for name in named.split(",") if name.strip()]
    both = [form for name in names for form in ((name,) if "/" in name or name == "*" else (name, f"*.{name}"))]
    return [*_LOOPBACK, *both]
