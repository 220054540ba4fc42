"""A browser keeps the cookies of a sign-in where their server says: else the page could not take them away."""

from __future__ import annotations

from typing import Any, cast

import pytest

from greenroom.drivers.account import Account
from greenroom.drivers.answer import SetCookie
from greenroom.drivers.web.kept_session import keep_session

PAGES = "https://rooms.example.org"


class Kept:
    """A context that only keeps cookies."""

    def __init__(self) -> None:
        self.cookies: list[dict[str, str]] = []

    def add_cookies(self, cookies: list[dict[str, str]]) -> None:
        self.cookies += cookies


class Target:
    """One whose sign-in is its cookies."""

    class browser_sign_in:
        scheme, key, value = "cookie", "", "{answer}"


@pytest.mark.parametrize(
    "value, where",
    [
        (SetCookie("s", f"{PAGES}/api/auth"), {"domain": "rooms.example.org", "path": "/api/auth"}),
        (SetCookie("s", f"{PAGES}/"), {"domain": "rooms.example.org", "path": "/"}),
        (SetCookie("s", "https://api.example.org/auth"), {"url": PAGES}),
        (SetCookie("s"), {"url": PAGES}),
        ("s", {"url": PAGES}),
    ],
    ids=["below a path", "anywhere", "of another origin", "unsaid", "forged"],
)
def test_a_cookie_is_kept_where_its_server_says(value: str, where: dict[str, str]) -> None:
    context = Kept()
    account = Account("a1", "Ada", cookies={"refresh": value})
    keep_session(cast(Any, context), cast(Any, Target()), account, [PAGES])
    assert context.cookies == [{"name": "refresh", "value": "s", **where}]
