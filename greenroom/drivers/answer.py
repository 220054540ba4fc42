"""An HTTP answer as a value, with its evidence; and what is raised where the application gave none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from greenroom.core.errors import TargetUnavailable
from greenroom.record.events import Exchange


class SetCookie(str):
    """The value of a cookie, which knows below which address a browser sends it, where its server has said so."""

    below: str = ""

    def __new__(cls, value: str, below: str = "") -> SetCookie:
        """`below` is origin and path, `"https://api.example.org/auth"`; empty: anywhere on the origin."""
        cookie = super().__new__(cls, value)
        cookie.below = below
        return cookie


@dataclass(frozen=True)
class Answer:
    """An HTTP answer: status, body (as JSON where it is), and its evidence."""

    status: int
    body: Any
    text: str
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    exchange: Exchange

    @property
    def is_json(self) -> bool:
        """Whether the body was JSON."""
        return self.body is not None or self.text.strip() == "null"


class Unanswered(TargetUnavailable):
    """No answer of the application's came, or none that can be read; `exchange` is the evidence of the request."""

    def __init__(self, cause: str, message: str, exchange: Exchange, *, hint: str = "") -> None:
        super().__init__(cause, message, hint=hint)
        self.exchange = exchange
