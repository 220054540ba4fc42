"""What the figures of a watch are called, and how their values are written."""

from __future__ import annotations

from collections.abc import Mapping

from greenroom.record.series import WatchedFigure

WORDS: Mapping[str, str] = {
    "stuck_rooms": "stuck rooms",
    "orphaned_sessions": "open sessions without a room",
    "falsely_listed": "listed as live and not live",
    "unlisted_sessions": "live and not listed",
    "broken_invariants": "rows that offend other invariants",
    "listing_delay_p50": "listing delay, p50",
    "listing_delay_p95": "listing delay, p95",
    "conflict_rate": "409s per Go Live",
    "operation_errors": "errors of",
    "operation_seconds": "time of",
}
_SECONDS = ("listing_delay_p50", "listing_delay_p95", "operation_seconds")
_SHARES = ("conflict_rate", "operation_errors")


def called(name: str, of: str = "") -> str:
    """A figure as a person knows it: "stuck rooms", "time of go live"."""
    return f"{WORDS[name]} {of.replace('_', ' ')}".rstrip()


def value(name: str, found: float | None) -> str:
    """A value with its unit; "-" where it is not known."""
    if found is None:
        return "-"
    if name in _SECONDS:
        return f"{found * 1000:.0f} ms" if 0 < found < 1 else f"{round(found, 2):,g} s"
    if name in _SHARES:
        return f"{found * 100:.3g} %"
    return f"{found:,.0f}"


def bound(name: str, at_most: float | None) -> str:
    """A bound with its unit."""
    return "told only" if at_most is None else value(name, at_most)


def beside_bound(figure: WatchedFigure) -> str:
    """A figure in one line: "stuck rooms 3, at most 0"."""
    found, at_most = value(figure.name, figure.found), bound(figure.name, figure.bound)
    return f"{called(figure.name, figure.of)} {found}, at most {at_most}{_over(figure)}"


def _over(figure: WatchedFigure) -> str:
    """That what is counted over a while still is out of bounds, and the look had no part in it."""
    out = figure.found is not None and figure.bound is not None and figure.found > figure.bound
    return ", nothing new" if out and figure.judged == "good" else ""
