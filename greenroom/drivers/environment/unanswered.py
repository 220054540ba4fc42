"""Why a request got no answer, or none that can be read: a short stable cause, and words for it."""

from __future__ import annotations

import http.client
from collections.abc import Iterator

import requests
import urllib3

_WANTS_A_CERTIFICATE = ("alert certificate required", "alert bad certificate", "alert unknown ca")
"""What OpenSSL says when the server breaks the handshake off because of who asks."""


def what_failed(error: BaseException, seconds: float) -> tuple[str, str]:
    """Why nobody answered within `seconds`: a short stable cause, and words that follow the service's name."""
    chain = list(_chain(error))
    text = str(error).lower()
    if isinstance(error, requests.exceptions.SSLError):
        if "expired" in text:
            return "tls-expired", "has an expired certificate"
        if any(alert in text for alert in _WANTS_A_CERTIFICATE):
            return "tls-client", "wants a certificate of the client's, or another one: [protection] certificate"
        if "eof occurred" in text or "unexpected_eof" in text:
            return "reset", "broke the connection off in TLS, as one does that wants a certificate of the client's"
        return "tls", "can't be trusted: its TLS certificate was refused"
    if _any(chain, requests.Timeout, urllib3.exceptions.ReadTimeoutError, TimeoutError):
        return "timeout", f"did not answer within {seconds:g} s"
    if "name or service not known" in text or "name resolution" in text or "nodename nor servname" in text:
        return "dns", "has a name that can't be resolved"
    if "connection refused" in text:
        return "refused", "refuses connections"
    if _any(chain, requests.exceptions.ChunkedEncodingError, http.client.IncompleteRead):
        return "cut-off", "broke off in the middle of its answer"
    if _any(chain, requests.exceptions.ContentDecodingError, urllib3.exceptions.DecodeError):
        return "unreadable", "answered with a body that can't be unpacked"
    if _any(chain, http.client.RemoteDisconnected, ConnectionError):
        return "reset", "broke the connection off"
    if _any(chain, http.client.BadStatusLine, http.client.UnknownProtocol):
        return "not-http", "answered with something that is not HTTP"
    if _any(chain, requests.exceptions.InvalidHeader, urllib3.exceptions.InvalidHeader, http.client.HTTPException):
        return "bad-headers", "answered with headers that can't be read: broken ones, too many or too long"
    if "reset" in text or "aborted" in text or "closed connection" in text or "without response" in text:
        return "reset", "broke the connection off"
    return "unreachable", "can't be reached"


def _any(chain: list[BaseException], *kinds: type[BaseException]) -> bool:
    return any(isinstance(each, kinds) for each in chain)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error, and those that it was made of: libraries wrap each other's. Not those that were being handled when it
    was raised: they may be of an earlier request."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        each = waiting.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        waiting += [each.__cause__, *(arg for arg in each.args if isinstance(arg, BaseException))]
