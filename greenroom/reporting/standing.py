"""Which promises a cause breaks, and which it only touches.

A promise is broken by a cause when the claims of its own scenarios are what fails: in all of them, or, where that is so
of no promise, in more of them than of any other. Where a promise is in every scenario of the cause, one that is in less
than half of them is not broken by it. A scenario that fails while it is still being arranged, in a Given,
has not come to its claims: it counts only where no other does. Of several such those with the shortest scenarios are
named, which say it most directly, and those of an invariant that the same rows offend; at most three. The others whose
scenarios the cause made fail or blocked are touched. An operation that keeps scenarios from being arranged breaks the
promise that operations work (O5), no other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from greenroom.core.errors import What
from greenroom.core.verdict import RED, Verdict
from greenroom.record.events import ScenarioFinished
from greenroom.reporting.promises import PromiseOrder

MOST = 3
_JUDGED = RED | {Verdict.PASSED, Verdict.FLAKY, Verdict.KNOWN_FAILURE, Verdict.UNEXPECTEDLY_FIXED}


@dataclass(frozen=True, slots=True)
class Standing:
    """The promises that a cause breaks, and the others that it touches, both in the order of reports."""

    broken: tuple[str, ...]
    touched: tuple[str, ...]


def standing_of(
    what: What, charged: Sequence[ScenarioFinished], scenarios: Sequence[ScenarioFinished], order: PromiseOrder
) -> Standing:
    """What a cause does to promises: `charged` are its scenarios, `scenarios` all of the run."""
    named = [one for one in charged if one.verdict in RED and one.failure is not None and _shows(one, what)]
    named = [one for one in named if not _was_arranging(one)] or named
    first = {one.failure.promise for one in named if one.failure}  # a claim of these was the first to fail somewhere
    of_own = _without_marginal(Counter(promise for one in named for promise in _own(one) if promise in first), named)
    by_invariant = Counter(one.failure.promise for one in named if one.failure and one.failure.kind == "invariant")
    judged = Counter(promise for one in scenarios if one.verdict in _JUDGED for promise in one.promises)

    def completely(promise: str) -> tuple[bool, int]:
        return (True, 0) if of_own[promise] == judged[promise] else (False, of_own[promise])

    shortest = {promise: min(len(one.steps) for one in named if promise in _own(one)) for promise in of_own}
    top = max(map(completely, of_own), default=(False, 0))
    best = [promise for promise in of_own if completely(promise) == top]
    least = min((shortest[promise] for promise in best), default=0)
    plainest = [promise for promise in best if promise in by_invariant or shortest[promise] == least]
    plainest.sort(key=lambda promise: (promise not in by_invariant, -of_own[promise], order(promise)))
    blocks = {one.failure.promise for one in charged if one.verdict is Verdict.BLOCKED and one.failure}
    broken = sorted(blocks, key=order) if blocks and what[0].startswith("operation:") else plainest[:MOST]
    if not broken:  # what fails is no claim of these scenarios' own
        found = {one.failure.promise if one.failure else "" for one in charged} - {""}
        broken = sorted(found or {promise for one in charged for promise in one.promises}, key=order)[:MOST]
    affected = {promise for one in charged for promise in one.promises}
    affected |= {one.failure.promise for one in charged if one.failure and one.failure.promise}
    return Standing(tuple(sorted(broken, key=order)), tuple(sorted(affected - {*broken}, key=order)))


def _without_marginal(counts: Counter[str], named: Sequence[ScenarioFinished]) -> Counter[str]:
    """Where one promise is in every one of the cause's scenarios, those that are in less than half of them are no part
    of what it breaks: a promise with a single scenario would fail "in all of them" else."""
    if len(named) not in counts.values():
        return counts
    return Counter({promise: count for promise, count in counts.items() if 2 * count >= len(named)})


def _shows(scenario: ScenarioFinished, what: What) -> bool:
    wrong = scenario.failure.wrong if scenario.failure else []
    return not wrong or any((one.subject, one.how) == what for one in wrong)


def _was_arranging(scenario: ScenarioFinished) -> bool:
    """Whether it failed in a Given, before anything was done or claimed."""
    reached = [step for step in scenario.steps if step.verdict is not None]
    failed = next((number for number, step in enumerate(reached) if step.verdict is not Verdict.PASSED), None)
    return failed is not None and not any(step.keyword in ("When", "Then") for step in reached[: failed + 1])


def _own(scenario: ScenarioFinished) -> list[str]:
    """The promises of the scenario that its failure is about: all of them, unless the failure names another than the
    first, as an offended invariant does."""
    named = scenario.failure.promise if scenario.failure else ""
    if named in ("", *scenario.promises[:1]):
        return scenario.promises
    return [named] if named in scenario.promises else []
