"""From what a log comes to, to a verdict, by the bounds of `[watch]`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from greenroom.claims.logs.tally import Tally
from greenroom.core.verdict import RunVerdict
from greenroom.targetfile.watch import Watch


@dataclass(frozen=True)
class Figure:
    """One figure beside its bound. `holds` is None where the log can't tell it, and `note` says why."""

    name: str
    found: float | None
    bound: float
    holds: bool | None
    note: str = ""


def rate_of(hour: Counter[str], conflicts: str) -> float | None:
    """The part of Go Lives that was answered 409; None where there was none."""
    asked = hour["session_created"] + hour[conflicts]
    return hour[conflicts] / asked if asked else None


def is_out(hour: Counter[str], conflicts: str, watch: Watch) -> bool:
    """Whether an hour has too many conflicts: more than are let pass, and too large a part."""
    return hour[conflicts] > watch.conflicts_an_hour and (rate_of(hour, conflicts) or 0) > watch.conflict_rate


def figures(found: Tally, watch: Watch) -> list[Figure]:
    """Every figure that has a bound."""
    return [_conflict_rate(found, watch), *_counts(found, watch)]


def verdict(found: Tally, judged: list[Figure]) -> RunVerdict:
    """Not conformant as soon as a figure is out of bounds; a log that shows no documented line tells nothing."""
    if any(one.holds is False for one in judged):
        return RunVerdict.NOT_CONFORMANT
    seen = found.kinds.total() + found.earlier
    if not seen or any(one.holds is None for one in judged):
        return RunVerdict.COULD_NOT_TELL
    return RunVerdict.CONFORMANT


def _conflict_rate(found: Tally, watch: Watch) -> Figure:
    conflicts = found.conflicts
    whole: Counter[str] = Counter({str(kind): count for kind, count in found.kinds.items()})
    of_gateway = whole["session_created"] or whole["conflict_answered"]
    if whole[conflicts] and not of_gateway:
        note = "the log shows conflicts and no Go Live: it is a page's alone, read the gateway's with it"
        allowed = whole[conflicts] <= watch.conflicts_an_hour
        return Figure("conflict_rate", None, watch.conflict_rate, True if allowed else None, note)
    rates = {hour: rate_of(counts, conflicts) or 0 for hour, counts in found.hours.items()}
    out = [hour for hour, counts in found.hours.items() if is_out(counts, conflicts, watch)]
    untimed_out = not found.hours and is_out(whole, conflicts, watch)
    worst = max((rates[hour] for hour in out), default=rate_of(whole, conflicts) or 0)
    note = f"in {len(out)} of {len(found.hours)} hours" if out else ""
    return Figure("conflict_rate", worst, watch.conflict_rate, not out and not untimed_out, note)


def _counts(found: Tally, watch: Watch) -> Iterator[Figure]:
    for name, count in (
        ("stuck_rooms", found.resets.alone),
        ("unlisted_sessions", found.syncs.alone),
        ("fallback_ends", found.fallbacks.count),
        ("rooms_provisioned", found.provisioned.count),
    ):
        bound = float(getattr(watch, name))
        yield Figure(name, count, bound, count <= bound)
