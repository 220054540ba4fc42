"""What a refusal must not give away: SQL, a stack, a path, a secret (S3)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from greenroom.record.events import Exchange
from greenroom.redact import HIDDEN

_SIGNS = {
    "SQL": re.compile(
        r"\b(select\s.+\sfrom|insert\s+into|update\s+\w+\s+set|delete\s+from|syntax error at or near)\b", re.I
    ),
    "a database's own words": re.compile(
        r"\b(psycopg|pg_catalog|SQLSTATE|violates (foreign key|unique|check|not-null))", re.I
    ),
    "a stack": re.compile(r"Traceback \(most recent call last\)|^\s+at \S+ \(.+:\d+:\d+\)|File \".+\", line \d+", re.M),
    "a path": re.compile(r"(?<![\w/.])/(?:usr|home|root|var|srv|opt|app|tmp|etc)/[\w.-]+"),
    "a secret": re.compile(re.escape(HIDDEN)),
}


@dataclass(frozen=True)
class Leak:
    """What was given away, and by which answer."""

    what: str
    text: str
    exchange: Exchange


def leaks(exchanges: Iterable[Exchange]) -> list[Leak]:
    """What the refusals among these answers give away. Secrets stand redacted in them, which is how they are found."""
    found = []
    for exchange in exchanges:
        if exchange.status is None or exchange.status < 400 or exchange.fault:
            continue
        for what, sign in _SIGNS.items():
            match = sign.search(exchange.response_body)
            if match:
                found.append(Leak(what, match.group()[:120], exchange))
    return found
