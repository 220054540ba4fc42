"""Whether the target answered a page's request, or something in between: the same rules as for our own requests."""

from __future__ import annotations

from collections.abc import Mapping

from greenroom.core.errors import Inconclusive, TargetUnavailable, Throttled
from greenroom.targetfile.model import Target

Answer = tuple[int | None, Mapping[str, str], str, str]
"""Status (None when nobody answered), headers, text, and what the browser says when nobody answered."""


def in_between(
    target: Target, service: str, sent: str, *, described: bool, document: bool, answer: Answer
) -> Inconclusive | None:
    """Why the page's request `sent` did not reach the target, or its answer not the page; None when they did.

    Of a request that the target file does not describe nobody knows what form its answers have: only what no
    application says of itself counts there.
    """
    status, _, _, error = answer
    if status is None:
        return TargetUnavailable("unreachable", f"{service} did not answer the page's {sent}: {error}")
    if status == 429:
        hint = "--patience waits; --plan says what a run costs"
        return Throttled(f"throttled: {service} answered 429 to the page's {sent}", hint=hint)
    if status in (502, 503, 504):
        return TargetUnavailable("proxy-answered", f"{service} answered {status} to the page's {sent}")
    return None
