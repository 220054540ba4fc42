"""A person's account on the target, and what proves who they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Account:
    """One account: ids are opaque text; another proof is given for `refresh`; `csrf` is the token
    that each request brings along beside a cookie; `answer` is what the sign-in said, as the page would keep it."""

    account_id: str
    name: str
    email: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    cookies: dict[str, str] = field(default_factory=dict, repr=False)
    refresh: str = field(default="", repr=False)
    csrf: str = field(default="", repr=False)
    answer: Any = field(default=None, repr=False)
    room_id: str | None = None

    @property
    def proofs(self) -> list[str]:
        """What they prove who they are with, as a database may know it: the token, and the values of the cookies."""
        return [proof for proof in (self.token, *self.cookies.values()) if proof]

    def values(self) -> dict[str, Any]:
        """What placeholders of a target file may say of this account."""
        return {
            "account": self.account_id,
            "name": self.name,
            "email": self.email,
            "password": self.password,
            "token": self.token,
            "answer": self.answer,
            "csrf": self.csrf,
        }
