"""How values look on the page: durations, dates, bodies, prose. None of them trusts what it is given."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from markupsafe import Markup, escape

from greenroom.record.times import instant
from greenroom.reporting import exchange_text, words

_BODY = 4_000


def slug(verdict: object) -> str:
    """A verdict as the name of a CSS class: `known-failure`."""
    return str(verdict).replace(" ", "-") if verdict is not None else "not-reached"


def body(text: str) -> str:
    """A body laid out, and only so much of it that the page stays light."""
    laid_out = exchange_text.laid_out(text)
    left = len(laid_out) - _BODY
    return laid_out if left <= 0 else f"{laid_out[:_BODY]}\n… {left:,} more characters, in record.jsonl"


def when(text: str) -> str:
    """An ISO time as a person writes it: `16 February 2026, 09:41:07 UTC`."""
    found = instant(text)
    return f"{found.day} {found:%B %Y, %H:%M:%S} {found.tzname()}" if found else text


def day(text: str) -> str:
    """An ISO time as a short date: `16 Feb 2026, 09:41`."""
    found = instant(text)
    return f"{found.day} {found:%b %Y, %H:%M}" if found else text


def prose(text: str) -> Markup:
    """A sentence of the documents: what stands between backticks is code."""
    parts = re.split(r"`([^`\n]+)`", text)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if place % 2 else escape(part) for place, part in enumerate(parts)
    )


FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "slug": slug,
    "body": body,
    "when": when,
    "day": day,
    "prose": prose,
    "seconds": words.seconds_text,
    "milliseconds": words.milliseconds_text,
    "path_of": words.path_of,
    "clip": words.clip,
    "part_text": words.part_text,
    "sources_sentence": words.sources_sentence,
}
