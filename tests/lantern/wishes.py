"""Reads what a host asks for out of a form."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.lantern.calls import Call
from tests.lantern.lifecycle import Wish
from tests.lantern.refusal import Kind, Refusal

LONGEST_HEADLINE = 100
KINDS = ("ton", "bild")


def read_wish(call: Call) -> Wish:
    """The broadcast that the form asks for. Raises Refusal naming the field that won't do."""
    headline = " ".join(call.field("headline").splitlines())
    if not 1 <= len(headline) <= LONGEST_HEADLINE:
        raise Refusal(Kind.UNREADABLE, f"Der Titel braucht 1 bis {LONGEST_HEADLINE} Zeichen.")
    kind = call.field("kind") or KINDS[0]
    if kind not in KINDS:
        raise Refusal(Kind.UNREADABLE, f"Die Art ist eine von: {', '.join(KINDS)}.")
    return Wish(headline, kind, _moment(call.field("begins")), call.field("doors") == "open", call.field("key") or None)


def _moment(text: str) -> datetime | None:
    """ISO 8601; UTC where it does not say."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Refusal(Kind.UNREADABLE, "Der Beginn ist kein Zeitpunkt.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
