"""Tells the environment from the target: why a request got no answer, and pages that a proxy puts in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import requests

from greenroom.core.errors import TargetUnavailable
from greenroom.drivers.answer import Answer
from greenroom.targetfile.model import Operation, Request, Target

_DOCUMENT = re.compile(r"\ufeff?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S)
_MARKUP = re.compile(r"<[a-z!]", re.I)
_PAGE_TYPES = ("text/html", "application/xhtml+xml")


def what_failed(error: requests.RequestException, seconds: float) -> tuple[str, str]:
    """Why nobody answered within `seconds`: a short stable cause, and words for it."""
    text = str(error).lower()
    if isinstance(error, requests.exceptions.SSLError):
        if "expired" in text:
            return "tls-expired", "has an expired certificate"
        return "tls", "can't be trusted: its TLS certificate was refused"
    if isinstance(error, requests.Timeout):
        return "timeout", f"did not answer within {seconds:g} s"
    if "name or service not known" in text or "name resolution" in text or "nodename nor servname" in text:
        return "dns", "has a name that can't be resolved"
    if "connection refused" in text:
        return "refused", "refuses connections"
    if "reset" in text or "aborted" in text or "closed connection" in text or "without response" in text:
        return "reset", "broke the connection off"
    return "unreachable", "can't be reached"


def refuse_page(target: Target, request: Request, answer: Answer) -> None:
    """Raises TargetUnavailable when a success is an HTML page and JSON was due.

    Sign-in and maintenance pages of proxies come with status 200: without this, an operation whose answer is not
    looked into would count as carried out.
    """
    if not 200 <= answer.status < 300 or answer.is_json or not _is_page(answer) or not _json_due(target, request):
        return
    raise TargetUnavailable(
        "html-page",
        f"{request.service} answered {answer.status} with an HTML page where JSON was due: "
        f"{answer.exchange.method} {answer.exchange.url}",
        hint="a proxy's sign-in or maintenance page, or a wrong `path`? `html = true` where a page is documented",
    )


def refuse_detour(target: Target, request: Request, answer: Answer) -> None:
    """Raises TargetUnavailable when the answer leads to a host that is none of the target's: a proxy in between wants
    a sign-in of its own. A redirect that the target's file expects, or one within the target, is the target's."""
    if not 300 <= answer.status < 400 or answer.status in request.success:
        return
    if isinstance(request, Operation) and answer.status in {refusal.status for refusal in request.refusals.values()}:
        return
    to = urlsplit(answer.headers.get("Location", "")).netloc
    if not to or to in {urlsplit(address).netloc for address in target.addresses.values()}:
        return
    raise TargetUnavailable(
        "redirected",
        f"{request.service} answered {answer.status} and leads to {to}, which is none of the target's addresses: "
        f"{answer.exchange.method} {answer.exchange.url}",
        hint="a proxy's sign-in? [addresses] must be reachable without one",
    )


def _is_page(answer: Answer) -> bool:
    # The label alone will not do: servers put it on a mere "OK" as well.
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return bool(_DOCUMENT.match(answer.text) or (kind in _PAGE_TYPES and _MARKUP.search(answer.text)))


def _json_due(target: Target, request: Request) -> bool:
    """Whether JSON is what the target's file lets one expect. A form without words in its answer is one that a page
    sends, and gets a page for; any other request is answered as its service answers."""
    if request.html is not None:
        return not request.html
    if request.answer:
        return True
    return request.form is None and any(
        _speaks_json(other) for other in _requests(target) if other.service == request.service
    )


def _speaks_json(request: Request) -> bool:
    codes = request.refusals.values() if isinstance(request, Operation) else ()
    return request.json_ is not None or bool(request.answer) or any(refusal.code for refusal in codes)


def _requests(target: Target) -> Iterator[Request]:
    yield from target.operations.values()
    for request in (target.probe, target.people.request, target.people.elsewhere, target.sign_in.request):
        if request is not None:
            yield request
