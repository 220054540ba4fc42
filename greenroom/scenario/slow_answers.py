"""A target that takes seconds for every answer: what its pages have not done until a deadline may still come."""

from __future__ import annotations

from collections.abc import Iterable

from greenroom.core.errors import Inconclusive
from greenroom.record.step import Exchange

_AT_LEAST = 2
"""Answers to the harness's own requests, of which one alone could be slow by itself."""
_A_PAGE_NEEDS = 3
"""Answers, one after the other, that a page may need before it has done what is waited for: it is loaded, asks whose
the room is, and says what it does."""


def too_slow_for_pages(exchanges: Iterable[Exchange], waited: float) -> Inconclusive | None:
    """Why a wait of so many seconds for what a page does says nothing: even the quickest answer of the scenario took so
    long that a page could not have had those that it needs. None where it had the time, or nothing was waited for.

    Requests of pages do not count, as a scenario may slow those down itself; nor does what it answers in the target's
    place. An operation that is slow by itself leaves others quick.
    """
    took = [one.seconds for one in exchanges if one.origin == "http" and one.status is not None and not one.fault]
    if len(took) < _AT_LEAST or not 0 < waited < min(took) * _A_PAGE_NEEDS:
        return None
    return Inconclusive(
        "target-slow",
        f"the target was too slow to tell: the quickest of its answers took {min(took):.1f} s,"
        f" and for a page was waited {waited:.1f} s",
        hint="longer [deadlines], if it is always as slow as that",
    )
