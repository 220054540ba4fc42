"""What a refusal must not give away: SQL, a stack, a path, a secret (S3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from greenroom.core.redact import HIDDEN
from greenroom.record.events import Exchange

_SIGNS = {
    # A person is told to "select one from the list", too: it is SQL in capitals, or where tables and clauses follow.
    "SQL": re.compile(
        r"\bSELECT\s.+\sFROM\b|\bINSERT\s+INTO\b|\bDELETE\s+FROM\b|\bUPDATE\s+\S+\s+SET\b|(?i:"
        r"\bselect\s[^;]+?\sfrom\s+(?:\S+\s+(?:where|join|left|inner|limit|order\s+by|for\s+update)\b|\w*[._]\w)"
        r"|\bselect\s+(?:\*|[\w.]+\()|\binsert\s+into\s+\S+\s*(?:\(|values\b|select\b)"
        r"|\bdelete\s+from\s+(?:\S+\s+where\b|\w*[._]\w)|\bupdate\s+\S+\s+set\s+\S+\s*="
        r"|syntax error at or near)"
    ),
    "a database's own words": re.compile(
        r"\b(psycopg|pg_catalog|SQLSTATE|violates (foreign key|unique|check|not-null)|PL/pgSQL function \S+ line \d)",
        re.I,
    ),
    "a stack": re.compile(r"Traceback \(most recent call last\)|^\s+at \S+ \(.+:\d+:\d+\)|File \".+\", line \d+", re.M),
    "a path": re.compile(r"(?<![\w/.])/(?:usr|home|root|var|srv|opt|app|tmp|etc)/[\w.-]+"),
    "a secret": re.compile(re.escape(HIDDEN)),
}

_IN_HEADERS = ("SQL", "a database's own words", "a stack")
"""What no header of an answer says in its ordinary course; paths and cookies stand in some."""


@dataclass(frozen=True)
class Leak:
    """What was given away, and by which answer."""

    what: str
    text: str
    exchange: Exchange


def leaks(exchanges: Iterable[Exchange], refuses: Callable[[Exchange], bool] = lambda _: False) -> list[Leak]:
    """What the refusals among these answers give away, in their bodies or their headers. A secret is found by the mark
    that stands in its place. `refuses` tells which answers with the status of a success say no all the same."""
    found = []
    for exchange in exchanges:
        if exchange.status is None or exchange.fault or (exchange.status < 400 and not refuses(exchange)):
            continue
        body = exchange.response_body.replace("\\n", "\n").replace('\\"', '"')  # as it was before it became JSON
        headers = "\n".join(exchange.response_headers.values())
        for what, sign in _SIGNS.items():
            match = sign.search(body) or (sign.search(headers) if what in _IN_HEADERS else None)
            if match:
                found.append(Leak(what, match.group()[:120], exchange))
    return found
