"""A service that keeps its sessions in cookies wants a token beside them; it is got, renewed and sent in three ways."""

from __future__ import annotations

import itertools
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from greenroom.core.errors import TargetUnavailable
from greenroom.core.redact import Redactor
from greenroom.drivers.account import Account
from greenroom.drivers.gateway import Gateway
from greenroom.drivers.http import Http
from greenroom.drivers.outcome import CarriedOut, Refused
from greenroom.people.accounts import Accounts
from greenroom.people.forged_tokens import forged
from greenroom.record.evidence import Evidence
from greenroom.targetfile.model import Target
from tests.support.http_server import Server, answers, serving

SENT = {"X-CSRF": "{csrf}"}
BY_COOKIE = {"cookie": "XSRF-TOKEN", "request": {"method": "GET", "path": "/first"}}
BY_PAGE = {
    "pattern": 'name="csrf" content="([^"]+)"',
    "request": {"method": "GET", "path": "/page", "html": True},
}
BY_ANSWER = {"request": {"method": "GET", "path": "/first", "answer": {"csrf": "csrf"}}}
WAYS = pytest.mark.parametrize("way", [BY_COOKIE, BY_PAGE, BY_ANSWER])


class Site:
    """Whoever comes gets a session and its token, and another of both by signing up or in; a change takes both."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self.signed_in: dict[str, bool] = {}  # by the session

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        jar: SimpleCookie = SimpleCookie(handler.headers.get("Cookie", ""))
        session = jar["sid"].value if "sid" in jar else ""
        known = session in self.signed_in
        if handler.command == "POST" and not (known and handler.headers.get("X-CSRF") == self.token(session)):
            return answers(403, {"error": "CSRF"})(handler)
        if not known:
            session = self._new(signed_in=False)
        elif handler.path in ("/people", "/pass"):
            session = self._new(signed_in=handler.path == "/pass")
        elif handler.command == "POST" and not self.signed_in[session]:
            return answers(401, {"error": "SIGNED_OUT"})(handler)
        cookies = {
            "Set_Cookie": f"sid={session}",
            "Set-Cookie": f"XSRF-TOKEN={self.token(session).replace(' ', '%20')}",
        }
        if handler.path == "/page":
            page = f'<html><meta name="csrf" content="{self.token(session)}"></html>'
            return answers(200, page, Content_Type="text/html", **cookies)(handler)
        return answers(200, {"id": "a1", "csrf": self.token(session)}, **cookies)(handler)

    def _new(self, *, signed_in: bool) -> str:
        session = f"s{next(self._numbers)}"
        self.signed_in[session] = signed_in
        return session

    @staticmethod
    def token(session: str) -> str:
        """Belongs to the session; what a cookie can't hold is encoded there."""
        return f"token of {session}"


def described(server: Server, way: dict[str, Any]) -> Target:
    return Target.model_validate(
        {
            "name": "some",
            "environment": "disposable",
            "addresses": {"gateway": server.address},
            "people": {
                "source": "api",
                "request": {"path": "/people", "headers": SENT, "json": {}, "answer": {"account": "id"}},
            },
            "sign_in": {
                "scheme": "form-post",
                "cookies": True,
                "headers": SENT,
                "csrf": way,
                "request": {
                    "path": "/pass",
                    "headers": SENT,
                    "form": {"login": "{email}"},
                    "answer": {"account": "id"},
                },
            },
            "operations": {
                "end": {
                    "path": "/rooms/{room}/end",
                    "refusals": {"unauthenticated": {"status": 401, "code": "SIGNED_OUT"}},
                }
            },
        }
    )


def opened(server: Server, way: dict[str, Any]) -> tuple[Target, Account, Gateway]:
    target, evidence = described(server, way), Evidence(Redactor())
    http = Http(target, "run")
    accounts, gateway = Accounts(target, http, None), Gateway(target, http, evidence)
    gateway.nobody = lambda: accounts.nobody(evidence)
    return target, accounts.new("Ada gr1", "ada", "gr1", "pass-word", evidence), gateway


@WAYS
def test_who_signed_in_brings_it_along(way: dict[str, Any]) -> None:
    with serving(Site()) as server:
        _, ada, gateway = opened(server, way)
        assert isinstance(gateway.attempt("end", ada, room="r1"), CarriedOut)


@WAYS
def test_who_is_signed_out_is_refused_for_that_and_not_for_a_missing_token(way: dict[str, Any]) -> None:
    with serving(Site()) as server:
        _, _, gateway = opened(server, way)
        found = gateway.attempt("end", None, room="r1")
        assert isinstance(found, Refused) and found.name == "unauthenticated", found


def test_a_forged_session_keeps_the_cookie_of_the_token() -> None:
    with serving(Site()) as server:
        target, ada, _ = opened(server, BY_COOKIE)
    other = forged(target, ada, "a forged token").cookies
    assert other["sid"] != ada.cookies["sid"] and other["XSRF-TOKEN"] == ada.cookies["XSRF-TOKEN"]


@pytest.mark.parametrize(
    ("way", "words"),
    [
        (BY_COOKIE | {"cookie": "csrftoken"}, "nothing has set the cookie 'csrftoken'"),
        (BY_PAGE | {"pattern": "authenticity"}, "the answer to GET /page has none"),
    ],
)
def test_where_there_is_none_nobody_can_sign_in(way: dict[str, Any], words: str) -> None:
    with serving(Site()) as server, pytest.raises(TargetUnavailable) as unclear:
        opened(server, way)
    assert words in unclear.value.message and "[sign_in.csrf]" in unclear.value.hint
