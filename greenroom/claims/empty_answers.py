"""Answers that say nothing: an empty body, or an envelope with nothing in it."""

from __future__ import annotations

import json
from typing import Any

_NOTHING = ("", "[]", "{}", "null")
_AROUND = frozenset({"links", "_links", "jsonapi", "@context", "@odata.context"})
"""What an envelope has on it, whatever is in it: where it comes from, and of which kind it is."""
_OF_PAGES = frozenset({"page", "pages", "limit", "offset", "size", "per_page", "perpage", "page_size", "pagesize"})
_WELL = frozenset({"ok", "success", "200", "0"})


def says_nothing(body: str) -> bool:
    """Whether it is empty, or JSON in which something is empty or null and nothing else is told: `{"ok": true,
    "rooms": [], "total": 0}`."""
    if body.strip() in _NOTHING:
        return True
    try:
        told = json.loads(body)
    except ValueError:
        return False
    return _is_empty(told) and _holds_a_void(told)


def _is_empty(value: Any, key: str = "") -> bool:
    if key in _AROUND or isinstance(value, bool) or not value:
        return True
    if isinstance(value, dict):
        return all(_is_empty(item, name.casefold()) for name, item in value.items())
    if isinstance(value, list):
        return False
    return key in _OF_PAGES or str(value).casefold() in _WELL


def _holds_a_void(value: Any) -> bool:
    if isinstance(value, dict) and value:
        return any(_holds_a_void(item) for name, item in value.items() if name.casefold() not in _AROUND)
    return value in ({}, [], None)
