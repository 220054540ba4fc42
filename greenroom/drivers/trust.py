"""Whom the harness trusts, and by which proxy it goes: the same for services, browser and database.

Certificates: the operating system's store (which SSL_CERT_FILE and SSL_CERT_DIR change), and those of
REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE besides. Proxies: HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY, in capitals or not;
what is on this machine is never asked for by a proxy. docs/targets.md, "Certificates and proxies", says so to users.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies, select_proxy

from greenroom.core.errors import GreenroomError
from greenroom.targetfile.protection import ClientCertificate

BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
STORES = ("SSL_CERT_FILE", "SSL_CERT_DIR")
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
_OF_THE_SYSTEM = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def extra_bundle() -> Path | None:
    """The file or folder of certificates that is trusted besides the operating system's."""
    given = next((os.environ[name] for name in BUNDLES if os.environ.get(name)), "")
    return Path(given) if given else None


@cache
def trusted(client: ClientCertificate | None = None) -> ssl.SSLContext:
    """What decides whether a certificate is trusted, and proves who asks where a client's certificate is given. Raises
    GreenroomError when a variable names no certificates, and when the client's can't be read."""
    import truststore  # a target without TLS does not wait for it

    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    bundle = extra_bundle()
    if bundle is not None:
        folder = bundle.is_dir()
        try:
            context.load_verify_locations(cafile=None if folder else bundle, capath=bundle if folder else None)
        except OSError as error:  # an SSLError is one
            name = next(name for name in BUNDLES if os.environ.get(name))
            message = f"{name} names {bundle}, where no certificates can be read: {error.strerror or error}"
            raise GreenroomError(message, hint="a PEM file, or a folder of them", code="no-certificates") from None
    if client is not None:
        _prove_by(context, client)
    return context


def _prove_by(context: ssl.SSLContext, client: ClientCertificate) -> None:
    try:
        context.load_cert_chain(client.certificate, client.key, password=client.passphrase)  # "": nobody is asked
    except (OSError, ValueError) as error:  # an SSLError is an OSError
        why = getattr(error, "reason", "") or getattr(error, "strerror", "") or str(error)
        raise GreenroomError(
            f"[protection] the client's certificate {client.certificate.name} can't be used: {why}",
            hint="both in PEM; `key`, where it is in a file of its own, and `passphrase`, where it is encrypted",
            code="no-certificates",
        ) from None


def proxies_of(addresses: Iterable[str]) -> dict[str, str]:
    """The proxies by which these addresses are asked, as a session of requests takes them."""
    ways = ((urlsplit(address), proxy_for(address)) for address in addresses)
    return {f"{parts.scheme}://{parts.hostname}": proxy for parts, proxy in ways if proxy is not None}


def proxy_for(address: str) -> str | None:
    """The proxy by which an address is asked, or None when it is asked directly."""
    host = urlsplit(address).hostname or ""
    if not address.startswith(("http:", "https:")) or host in _LOOPBACK or host.startswith("127."):
        return None
    proxy = select_proxy(address, get_environ_proxies(address))
    return proxy if proxy and not is_socks(proxy) else None


def is_socks(proxy: str) -> bool:
    """Whether it is a SOCKS proxy, which is ignored."""
    return proxy.lower().startswith("socks")


def ignored_proxies() -> list[str]:
    """The variables whose proxy is ignored, because it speaks SOCKS."""
    return [name for name in PROXIES[:3] if is_socks(os.environ.get(name) or os.environ.get(name.lower()) or "")]


def trusting_dsn(dsn: str) -> str:
    """The connection string; with the certificates that are trusted, where it wants the server's verified and does not
    say by what."""
    try:
        said = conninfo_to_dict(dsn)
    except ProgrammingError:
        return dsn  # connecting says what is wrong with it
    wants = said.get("sslmode") or os.environ.get("PGSSLMODE")
    if wants not in ("verify-ca", "verify-full") or said.get("sslrootcert") or os.environ.get("PGSSLROOTCERT"):
        return dsn
    named = extra_bundle() or Path(os.environ.get("SSL_CERT_FILE") or "")
    usual = (Path.home() / ".postgresql" / "root.crt", *map(Path, _OF_THE_SYSTEM))
    bundle = next((one for one in (named, *usual) if one.is_file()), None)
    return make_conninfo(dsn, sslrootcert=str(bundle)) if bundle else dsn


class Trusting(HTTPAdapter):
    """An adapter that verifies by `trusted`, and not by the list of certificates that comes with requests."""

    def __init__(self, client: ClientCertificate | None = None, **options: Any) -> None:
        """With the certificate by which the client proves itself, where there is one."""
        self._client = client
        super().__init__(**options)

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, **options, ssl_context=trusted(self._client))

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        options |= {"ssl_context": trusted(self._client), "proxy_ssl_context": trusted()}
        return super().proxy_manager_for(proxy, **options)

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        conn.cert_reqs = "CERT_REQUIRED"
