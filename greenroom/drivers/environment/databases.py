"""The code of a database that is not there, in an answer of what stands in front of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

AWAY = {
    **dict.fromkeys(
        ("08000", "08001", "08003", "08004", "08006"), "PostgreSQL's code for a connection that is not there"
    ),
    **dict.fromkeys(("53000", "53100", "53200", "53300"), "PostgreSQL's code for want of connections, memory or disk"),
    **dict.fromkeys(("57P01", "57P02", "57P03"), "PostgreSQL's code for a server that stops or starts"),
    **dict.fromkeys(
        ("PGRST000", "PGRST001", "PGRST002", "PGRST003"), "PostgREST's code for a database out of its reach"
    ),
    **dict.fromkeys(("P1001", "P1002", "P1017", "P2024"), "Prisma's code for a database out of its reach"),
}
"""What each says. What became of a query, such as one that took too long, is the application's own, and not here."""

_PLACES = (("code",), ("error", "code"), ("error",), ("errorCode",), ("error_code",))


def database_away(status: int, body: Any) -> str:
    """The code by which an answer of 500 and above says that a database is away; "" where none does."""
    if status < 500:
        return ""
    for place in _PLACES:
        found = body
        for name in place:
            found = found.get(name) if isinstance(found, Mapping) else None
        if isinstance(found, str) and found in AWAY:
            return found
    return ""
