"""Whether the target answered a page's request, or something in between: the same rules as for our own requests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from greenroom.core.errors import Inconclusive, TargetUnavailable, Throttled
from greenroom.drivers.environment import not_the_application, not_the_page
from greenroom.targetfile.model import Target

_KEPT_FROM_THE_PAGE = ("ERR_FAILED", "ERR_BLOCKED_BY_RESPONSE")
"""What is said of a request whose answer has come, and which the browser does not give to the page."""

_WHATEVER_IS_ASKED = ("proxy-answered", "throttled", "database-away")
"""The causes that an answer shows by itself. The others follow from what the target file lets one expect."""


@dataclass(frozen=True)
class PageAnswer:
    """What a page's request was answered with. `described` where the target file says what it is; `document` where it
    was for a page and no data."""

    service: str
    method: str
    url: str
    described: bool
    document: bool
    status: int
    headers: Mapping[str, str]
    text: str


def in_between(target: Target, answer: PageAnswer, sent: str) -> Inconclusive | None:
    """Why this is none of the target's answers; None when it is its own. `sent` is the request in words.

    Of a request that the target file does not describe nobody knows what form its answers have: only what no
    application says of itself counts there. A page may be answered with another page, wherever that is, but for one
    that tries whether a person asks, and for the same one under another name.
    """
    if answer.document and answer.status < 400:
        cause = not_the_page(target, answer.service, answer.url, answer.status, answer.headers, answer.text)
    else:
        cause = not_the_application(
            target, answer.service, answer.method, answer.url, answer.status, answer.headers, answer.text
        )
    if cause is None or not (answer.described or answer.document or cause.code in _WHATEVER_IS_ASKED):
        return None
    words = f"{answer.service} {cause.words} to the page's {sent}"
    if cause.code == "throttled":
        return Throttled(words, hint=cause.hint)
    return TargetUnavailable(cause.code, words, hint=cause.hint)


def unanswered(service: str, sent: str, error: str, *, described: bool) -> Inconclusive:
    """Nobody answered the page's request; `error` is what the browser says of it, `described` whether the target file
    says what it is for."""
    hint = "" if described else "if it tells the page nothing that it shows, name it in [page_requests] not_needed"
    message = f"{service} did not answer the page's {sent}: {error}"
    if any(sign in error for sign in _KEPT_FROM_THE_PAGE):
        message = f"the page got no answer of {service} to its {sent}: {error}"
        why = "the page's console, in the report, says why: is there an answer without the headers of CORS?"
        hint = f"{why} {hint}".rstrip()
    return TargetUnavailable("unreachable", message, hint=hint)
