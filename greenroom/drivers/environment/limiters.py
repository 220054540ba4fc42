"""A limiter's answer, whatever its status: not every limiter answers 429."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_REFUSES = (403, 420, 503, 509)
"""Statuses with which a limiter says no, beside 429."""

_USED_UP = ("x-ratelimit-remaining", "x-rate-limit-remaining", "ratelimit-remaining")
_NONE_LEFT = re.compile(r"\b(?:r|remaining)=0(?![\d.])")
"""In the header `RateLimit`, which holds it all."""

_WORDS = re.compile(
    r"(?:api|request|err|error|e)*(?:ratelimit(?:ed|exceeded|reached|error|exception)?|overratelimit|toomanyrequests(?:error|exception)?"
    r"|throttl(?:ed|ing)(?:error|exception|request)?|requestlimitexceeded|slowdown|quotaexceeded|overquerylimit)"
)
"""What a limiter calls itself, in lower-case letters alone."""

_PLACES = (
    "code",
    "error",
    "errorCode",
    "error_code",
    "type",
    "__type",
    "reason",
    "error.code",
    "error.type",
    "error.status",
)
"""Where answers have their code, when it is not where the application's stands."""


def limits(status: int, headers: Mapping[str, str], body: Any, code: str) -> bool:
    """Whether this is the answer of a limiter that does not say 429: by a code that says so, in an answer of any
    status; or by headers that say that nothing is left, in one that refuses.

    `headers` by lower-case names; `code` is what stands where the application's codes do, and is none of those that its
    target's file lists.
    """
    if _says_so(code):
        return True
    if status < 400:
        return False
    return any(_says_so(_at(place, body)) for place in _PLACES) or (status in _REFUSES and _nothing_left(headers))


def _says_so(code: Any) -> bool:
    return isinstance(code, str) and _WORDS.fullmatch(re.sub(r"[^a-z]", "", code.lower())) is not None


def _at(place: str, body: Any) -> Any:
    for name in place.split("."):
        body = body.get(name) if isinstance(body, Mapping) else None
    return body


def _nothing_left(headers: Mapping[str, str]) -> bool:
    told = any(headers.get(name, "").partition(",")[0].strip() == "0" for name in _USED_UP)
    return told or _NONE_LEFT.search(headers.get("ratelimit", "")) is not None
