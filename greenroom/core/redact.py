"""Keeps secrets out of everything that a run writes: those we know by value, and those known by their shape."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

HIDDEN = "‹redacted›"

_JWT = re.compile(r"eyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]*")
# A scheme begins a word and is short: else every letter of a long text would be the start of another search.
_URL_PASSWORD = re.compile(r"(?P<head>(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,20}://[^\s:/@]*:)[^\s@/]+(?=@)", re.IGNORECASE)
_PASSWORD_FIELD = re.compile(
    r"(?P<head>[\"']?(?:password|passwd|secret|access_token|refresh_token|api_?key|service_key|client_secret)[\"']?"
    r"\s*[:=]\s*[\"']?)(?P<value>[^\"'&\s,}]+)",
    re.IGNORECASE,
)
_SECRET_HEADERS = frozenset({"authorization", "cookie", "set-cookie", "apikey", "x-api-key", "proxy-authorization"})
_SHORTEST = 6


class Redactor:
    """Replaces secrets by a mark. Values are learnt as they come up: passwords, tokens, keys, connection strings."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._secrets: set[str] = set()
        self._pattern: re.Pattern[str] | None = None
        self.learn(*secrets)

    def learn(self, *secrets: str) -> None:
        """Hide these values from now on; ones too short to be told from ordinary text are left
        alone, and tokens that are known by their shape need not be learnt."""
        known = {one for one in secrets if len(one) >= _SHORTEST and not _JWT.fullmatch(one)}
        fresh = {form for one in known for form in _forms(one)} - self._secrets
        if fresh:
            self._secrets |= fresh
            longest_first = sorted(self._secrets, key=len, reverse=True)
            self._pattern = re.compile("|".join(map(re.escape, longest_first)))

    def text(self, text: str) -> str:
        """`text` without secrets."""
        if self._pattern is not None:
            text = self._pattern.sub(HIDDEN, text)
        text = _JWT.sub(HIDDEN, text)
        text = _URL_PASSWORD.sub(rf"\g<head>{HIDDEN}", text)
        return _PASSWORD_FIELD.sub(rf"\g<head>{HIDDEN}", text)

    def headers(self, headers: Iterable[tuple[str, str]]) -> dict[str, str]:
        """Headers without secrets, names in lower case."""
        return {
            name.lower(): HIDDEN if name.lower() in _SECRET_HEADERS else self.text(value) for name, value in headers
        }


def _forms(secret: str) -> set[str]:
    """As it stands in plain text, in an address, in a form, and in JSON."""
    return {secret, quote(secret, safe=""), quote_plus(secret), json.dumps(secret)[1:-1]}
