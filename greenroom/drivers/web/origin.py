"""The origin of an address: who it is of, whatever is asked for there."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443}


def origin_of(address: str) -> str:
    """Scheme, host and port as a browser writes them: in small letters, without the scheme's own port, and a host in
    other letters than ASCII as its code."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    with suppress(UnicodeError):
        host = host.encode("idna").decode()
    host = f"[{host}]" if ":" in host else host
    port = "" if parts.port in (None, _PORTS.get(parts.scheme)) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"
