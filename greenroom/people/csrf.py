"""The CSRF token: what a service that keeps its sessions in cookies wants to see in each request."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from greenroom.core.errors import TargetUnavailable
from greenroom.drivers.account import Account
from greenroom.drivers.answer import Answer
from greenroom.drivers.gateway import words
from greenroom.record.evidence import Evidence
from greenroom.targetfile.model import Csrf, Request

Ask = Callable[[Request, dict[str, Any], Evidence, str, Account], Answer]
"""Sends a request with values and the cookies of an account, for a purpose; its answer is that of a success."""


class CsrfTokens:
    """Gives accounts the token that `[sign_in.csrf]` describes; without that table, accounts as they are."""

    def __init__(self, way: Csrf | None, ask: Ask) -> None:
        self._way, self._ask = way, ask

    @property
    def used(self) -> bool:
        """Whether the target wants one at all."""
        return self._way is not None

    def given(self, account: Account, evidence: Evidence) -> Account:
        """The account before it signs up or in, as a browser is that has opened the first page. Raises
        TargetUnavailable when there is no token."""
        if self._way is None:
            return account
        return self._asked(dataclasses.replace(account, cookies={}, csrf=""), self._way, evidence)

    def renewed(self, account: Account, evidence: Evidence) -> Account:
        """The account once it has signed up or in: the token may belong to the session. Raises as `given` does."""
        way = self._way
        if way is None:
            return account
        return self._from_cookie(account, way, evidence) if way.is_in_cookie else self._asked(account, way, evidence)

    def _asked(self, account: Account, way: Csrf, evidence: Evidence) -> Account:
        answer = self._ask(way.request, account.values(), evidence, "get a CSRF token", account)
        account = dataclasses.replace(account, cookies={**account.cookies, **answer.cookies})
        if way.is_in_cookie:
            return self._from_cookie(account, way, evidence)
        if way.pattern:
            found = re.search(way.pattern, answer.text)
            token = found.group(found.lastindex or 0) if found else ""
        else:
            token = str(words(way.request, answer).get("csrf") or "")
        return _with_token(account, token, f"the answer to {way.request.method} {way.request.path} has none", evidence)

    def _from_cookie(self, account: Account, way: Csrf, evidence: Evidence) -> Account:
        token = unquote(account.cookies.get(way.cookie, ""))
        others = ", ".join(map(repr, sorted(account.cookies)))
        why_none = f"nothing has set the cookie {way.cookie!r}" + (f", but {others}" if others else "")
        return _with_token(account, token, why_none, evidence)


def _with_token(account: Account, token: str, why_none: str, evidence: Evidence) -> Account:
    if not token:
        message = f"there is no CSRF token, since {why_none}"
        raise TargetUnavailable("sign-in", message, hint="[sign_in.csrf] says where it comes from")
    evidence.redactor.learn(token)
    return dataclasses.replace(account, csrf=token)
