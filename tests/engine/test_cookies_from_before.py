"""Who has put a cookie into a browser before somebody signs in on it is nobody all the same (S9)."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from typing import Any

from greenroom.core.redact import Redactor
from greenroom.drivers.account import Account
from greenroom.drivers.http import Http
from greenroom.people.accounts import Accounts
from greenroom.record.evidence import Evidence
from greenroom.targetfile.model import Target
from tests.support.http_server import Server, serving

ADA = Account("1", "Ada", "ada@x", "secret-7", cookies={"sid": "hers", "seal": "hers"})


def sets(handler: BaseHTTPRequestHandler) -> None:
    """A page gives a session and a token to everybody, whoever they are."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Set-Cookie", "sid=before")
    handler.send_header("Set-Cookie", "seal=of-all")
    handler.send_header("Content-Length", "2")
    handler.end_headers()
    handler.wfile.write(b"{}")


def accounts(server: Server, **sign_in: Any) -> Accounts:
    told = {"request": {"path": "/sign-in", "json": {"p": "{password}", "t": "{csrf}"}}, "headers": {}} | sign_in
    target = Target.model_validate(
        {
            "name": "some",
            "environment": "disposable",
            "addresses": {"gateway": server.address},
            "people": {"source": "api"},
            "sign_in": {"scheme": "form-post", "cookies": True} | told,
            "operations": {},
        }
    )
    return Accounts(target, Http(target, "run"), None)


CSRF = {"cookie": "seal", "request": {"method": "GET", "path": "/ping"}}


def test_they_have_what_the_browser_had_and_the_host_has_signed_in_with_it() -> None:
    evidence = Evidence(Redactor())
    with serving(sets) as server:
        somebody = accounts(server, csrf=CSRF).known_before(ADA, evidence)
    assert (somebody.cookies, somebody.csrf) == ({"sid": "before", "seal": "of-all"}, "of-all")
    method, path, headers, body = server.seen[-1]
    assert (method, path) == ("POST", "/sign-in") and b"secret-7" in body
    assert "sid=before" in headers["Cookie"] and "hers" not in headers["Cookie"]


def test_where_nobody_has_a_cookie_they_know_nothing() -> None:
    request = {"path": "/sign-in", "json": {"p": "{password}"}}
    with serving(sets) as server:
        somebody = accounts(server, request=request).known_before(ADA, Evidence(Redactor()))
    assert (somebody.cookies, somebody.csrf, somebody.token) == ({}, "", "")
    assert [path for _, path, _, _ in server.seen] == ["/sign-in"]
