"""Whether an answer is the application's own, or that of something in between: a proxy, a gateway, a firewall.

An answer is the application's when it has the application's form: JSON where that service speaks JSON, as far as the
target's file tells. A status alone says nothing: proxies answer 200, 400, 401, 403, 404 and 5xx alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin, urlsplit

from greenroom.drivers.environment.databases import AWAY, database_away
from greenroom.drivers.environment.form import (
    body_kind,
    code_in,
    codes,
    declared,
    described_request,
    json_due,
    parsed,
    refusals,
)
from greenroom.drivers.environment.gateways import challenge, known_gateway, of_a_framework
from greenroom.drivers.environment.limiters import limits
from greenroom.targetfile.model import Request, Target

_BETWEEN = frozenset({502, 503, 504})
_NEVER_ITS_OWN = frozenset({460, 463, 511, *range(520, 531), 540, 561})
"""Statuses of load balancers, of Cloudflare, of Supabase for a paused project, and of networks that want a sign-in; no
application answers them."""

_REASONS = frozenset(status.phrase.lower() for status in HTTPStatus)


@dataclass(frozen=True)
class Cause:
    """Why an answer is none of the application's: a short stable code, words that follow the service's name ("answered
    403 with an HTML page ..."), and what to do about it."""

    code: str
    words: str
    hint: str = ""


@dataclass(frozen=True)
class _Seen:
    """An answer, and what the target's file lets one expect of it."""

    target: Target
    service: str
    request: Request | None
    status: int
    headers: Mapping[str, str]  # by lower-case names
    text: str
    body: Any
    kind: str  # json, html, text or empty

    @property
    def is_json(self) -> bool:
        return self.kind == "json"

    @property
    def own_code(self) -> str:
        """The application's code in it, or "". The mere name of the status ("Bad Gateway") is what gateways write; it
        is a code only where the target's file lists it as one."""
        code = code_in(self.target, self.headers, self.body)
        listed = codes(self.target, self.service)
        return code if code in listed or code.lower() not in _REASONS else ""


def not_the_application(
    target: Target,
    service: str,
    method: str,
    url: str,
    status: int,
    headers: Mapping[str, str],
    text: str,
    *,
    request: Request | None = None,
) -> Cause | None:
    """Why this answer is none of the application's, or None when it is the application's own.

    `service` is the name in `[addresses]`; `request` what the target's file says of the request, found by method
    and address where it is left out. `headers` may be in any case; `text` is the decoded body. Nothing is sent or kept:
    the function is as good for the answers to a page's requests.
    """
    request = request or described_request(target, method, url)
    low = {name.lower(): value for name, value in headers.items()}
    is_json, body = parsed(text)
    kind = body_kind(is_json, low.get("content-type", ""), text)
    seen = _Seen(target, service, request, status, low, text, body, kind)
    if (status == 429 and not declared(request, status)) or _limiter(seen):
        words = "answered 429" if status == 429 else f"answered {status} as a limiter does"
        return Cause("throttled", words, "--patience waits for it; --plan says what a run costs")
    if who := challenge(low, text):
        return _challenged(status, who)
    if 300 <= status < 400:
        return _detour(seen, url)
    if status >= 400 and (cause := _gateway(seen)):
        return cause
    if cause := _database_away(seen):
        return cause
    if not json_due(target, service, request):
        return _in_its_place(seen) if status in _BETWEEN | _NEVER_ITS_OWN and not is_json else None
    return _json_of_somebody(seen) if is_json else _no_json(seen)


def not_the_page(
    target: Target, service: str, url: str, status: int, headers: Mapping[str, str], text: str
) -> Cause | None:
    """Why a page is none of the application's though nothing is wrong with its status, or None: a test for robots, or a
    redirect to the same page under another name, where nobody is signed in."""
    low = {name.lower(): value for name, value in headers.items()}
    if who := challenge(low, text):
        return _challenged(status, who)
    to = _same_page_at(url, low.get("location", "").strip()) if 300 <= status < 400 else ""
    if not to or to in {_host(address) for address in target.addresses.values()}:
        return None
    words = f"answered {status} and leads to the same page at {to}, which is none of the target's addresses"
    return Cause(
        "redirected", words, f"write that address in [addresses] {service}: a browser is signed in at one alone"
    )


def _limiter(seen: _Seen) -> bool:
    """Whether a limiter says no in another way than by 429, and by no code that the target's file lists."""
    code = code_in(seen.target, seen.headers, seen.body)
    if code in codes(seen.target, seen.service) or (seen.status == 429 and declared(seen.request, 429)):
        return False
    return limits(seen.status, seen.headers, seen.body, code)


def _challenged(status: int, who: str) -> Cause:
    words = f"answered {status} with a test for robots, as {who} does"
    return Cause(
        "proxy-answered", words, "have this machine let through; [protection] holds what it has to bring along"
    )


def _gateway(seen: _Seen) -> Cause | None:
    """A known product's own answer, unless the target's file says that it counts."""
    if seen.status in _NEVER_ITS_OWN:
        return _in_its_place(seen)
    product = known_gateway(seen.status, seen.headers, seen.text)
    if not product:
        return None
    listed = codes(seen.target, seen.service)
    code = code_in(seen.target, seen.headers, seen.body)
    if seen.is_json and (code in listed or _refuses_by_status_alone(seen)):
        return None
    if not seen.is_json and _said_to_be_its_own(seen):
        return None
    where = _where_codes_are(seen.target)
    hint = f"if the application refuses so itself, list its code as a refusal's `code` ({where})"
    return Cause("proxy-answered", f"answered {seen.status} as {product} does in its place", hint)


def _database_away(seen: _Seen) -> Cause | None:
    """What says by its code that a database is away, unless the target's file lists that code."""
    code = database_away(seen.status, seen.body)
    if not code or code in codes(seen.target, seen.service):
        return None
    words = f"answered {seen.status} with {code}, {AWAY[code]}"
    return Cause("database-away", words, "is that database up, and has it connections and space left?")


def _json_of_somebody(seen: _Seen) -> Cause | None:
    """JSON is the application's, but for a 502, 503 or 504 without any code where its refusals have codes."""
    if seen.status in _BETWEEN and codes(seen.target, seen.service) and not seen.own_code:
        words = f"answered {seen.status} with JSON and no code ({_where_codes_are(seen.target)}), as a gateway does"
        return Cause("proxy-answered", words, "is the service deployed and healthy?")
    return None


def _where_codes_are(target: Target) -> str:
    return f"error_header = {target.error_header!r}" if target.error_header else f"error_code = {target.error_code!r}"


def _no_json(seen: _Seen) -> Cause | None:
    """A page, text or nothing where JSON was due."""
    status = seen.status
    if seen.target.error_header and seen.own_code:
        return None
    if status < 300:
        return _page_for_json(seen) if seen.kind == "html" else None
    if status in _BETWEEN:
        return _in_its_place(seen)
    if _said_to_be_its_own(seen) or of_a_framework(seen.text):
        return None
    if seen.kind == "html":
        return _page_for_json(seen)
    if seen.kind == "empty" and _refuses_by_status_alone(seen):
        return None
    what = "with an empty body" if seen.kind == "empty" else "with text"
    return Cause("not-json", f"answered {status} {what} where JSON was due", _hint(seen))


def _said_to_be_its_own(seen: _Seen) -> bool:
    """Whether the target's file says that the application answers so: by `plain_answers`, or by a refusal's `body`."""
    if seen.kind != "empty" and any(re.search(pattern, seen.text) for pattern in seen.target.plain_answers):
        return True
    listed = refusals(seen.target, seen.service)
    return any(refusal.status == seen.status and refusal.body == seen.kind for refusal in listed)


def _refuses_by_status_alone(seen: _Seen) -> bool:
    """Whether the service has no codes, and lists this status as a refusal."""
    listed = list(refusals(seen.target, seen.service))
    return not any(refusal.code for refusal in listed) and any(refusal.status == seen.status for refusal in listed)


def _in_its_place(seen: _Seen) -> Cause:
    words = f"answered {seen.status}" if seen.is_json else f"answered {seen.status} and no JSON"
    return Cause("proxy-answered", f"{words}, as a proxy does", "is the service deployed and healthy?")


def _page_for_json(seen: _Seen) -> Cause:
    hint = (
        "a proxy's sign-in or maintenance page, or a wrong `path`? `html = true` where a page is documented"
        if seen.status < 300
        else _hint(seen)
    )
    return Cause("html-page", f"answered {seen.status} with an HTML page where JSON was due", hint)


def _hint(seen: _Seen) -> str:
    own = f'`body = "{seen.kind}"` at a refusal with the status {seen.status}'
    if seen.kind != "empty":
        own += ", or `plain_answers`,"
    who = "a proxy, a firewall, a wrong address in [addresses], or a wrong `path`?"
    if seen.status in (401, 403) and not seen.target.protection.is_there:
        who = "a protected deployment? [protection] says what lets requests through."
    return f"{who} If the application answers so itself: {own} in target.toml says it"


def _detour(seen: _Seen, url: str) -> Cause | None:
    """A redirect to a host that is none of the target's: somebody in between wants a sign-in of their own. Or one from
    http to https, which a proxy in front makes of every request."""
    location = seen.headers.get("location", "").strip()
    if declared(seen.request, seen.status):
        return None
    if url.startswith("http://") and location.lower().startswith("https://") and _same_place(url, location):
        hint = f"write https in [addresses] {seen.service}"
        return Cause("redirected", f"answered {seen.status} and leads to the same address by https", hint)
    to = _host(location)
    if not to or to in {_host(address) for address in seen.target.addresses.values()}:
        return None
    words = f"answered {seen.status} and leads to {to}, which is none of the target's addresses"
    return Cause("redirected", words, "a proxy's sign-in? [protection] says what lets requests through to [addresses]")


def _same_place(one: str, other: str) -> bool:
    """Whether two addresses name the same host and path, be it on other ports."""
    try:
        here, there = urlsplit(one), urlsplit(other)
    except ValueError:
        return False
    return (here.hostname, here.path.rstrip("/")) == (there.hostname, there.path.rstrip("/"))


def _same_page_at(url: str, location: str) -> str:
    """The host at which `location` names the path that was asked for; "" where it names another page, or none."""
    try:
        there = urljoin(url, location)
        same = urlsplit(url).path.rstrip("/") == urlsplit(there).path.rstrip("/")
    except ValueError:
        return ""
    return _host(there) if location and same else ""


def _host(address: str) -> str:
    """The host and port that an address leads to, without a port that goes without saying; "" for none."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        return ""
    name = (parts.hostname or "").lower()
    usual = {"http": 80, "https": 443}.get(parts.scheme.lower())
    return name if port in (None, usual) else f"{name}:{port}"
