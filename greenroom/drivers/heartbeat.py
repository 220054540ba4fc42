"""The call that tells a dead man's switch that somebody still watches."""

from __future__ import annotations

from urllib.parse import urlsplit

import requests

from greenroom.core.errors import GreenroomError
from greenroom.drivers.trust import Trusting, proxy_for

HEARTBEAT_SECONDS = 10.0
"""The longest time that it may take to connect, and to answer."""


def check_heartbeat(url: str) -> None:
    """Raises GreenroomError when it is no address of a page."""
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise GreenroomError("--heartbeat is no http or https address", hint="as the service gives it", code="usage")


def beat(url: str) -> str:
    """Call the address. Why that did not work, in a line without the address's secrets; "" when it did."""
    host = urlsplit(url).hostname
    with requests.Session() as session:
        session.trust_env = False
        if url.startswith("https:"):
            session.mount("https://", Trusting())
        proxy = proxy_for(url)
        proxies = {"http": proxy, "https": proxy} if proxy else None
        try:
            answer = session.get(url, timeout=HEARTBEAT_SECONDS, proxies=proxies, stream=True)
            next(answer.iter_content(1), b"")  # so that whoever answers is not cut off at once
            answer.close()
        except requests.RequestException as error:
            return f"the heartbeat did not reach {host}: {type(error).__name__}"
    return "" if answer.status_code < 400 else f"{host} answered the heartbeat with {answer.status_code}"
