"""What comes of a scenario that was tried again after it failed: a failure stays one, whatever came later."""

from __future__ import annotations

from collections.abc import Sequence

from greenroom.core.verdict import CHARGED, CONCLUSIVE, Verdict
from greenroom.core.wording import plural
from greenroom.record.events import Attempt, ScenarioFinished


def settled(attempts: Sequence[ScenarioFinished]) -> ScenarioFinished:
    """One scenario of all its attempts, in the order in which they were made.

    The first one's failure and evidence are kept. It is flaky where the last attempt passed; else its verdict is the
    first one's, since what is proven stays proven.
    """
    first, *others = attempts
    if not others:
        return first
    flaky = others[-1].verdict is Verdict.PASSED
    return first.model_copy(
        update={
            "verdict": Verdict.FLAKY if flaky else first.verdict,
            "note": _note(attempts),
            "attempts": [_attempt(one) for one in attempts],
            "attachments": [
                one.model_copy(update={"name": f"{one.name}, attempt {number}" if number > 1 else one.name})
                for number, attempt in enumerate(attempts, 1)
                for one in attempt.attachments
            ],
        }
    )


def _attempt(scenario: ScenarioFinished) -> Attempt:
    return Attempt(
        verdict=scenario.verdict, started=scenario.started, seconds=scenario.seconds, failure=scenario.failure
    )


def _note(attempts: Sequence[ScenarioFinished]) -> str:
    failed = sum(one.verdict in CHARGED for one in attempts)
    unjudged = sum(one.verdict not in CONCLUSIVE for one in attempts)
    besides = f", and could not be judged {plural(unjudged, 'time')}" if unjudged else ""
    if attempts[-1].verdict is Verdict.PASSED:
        return f"failed {plural(failed, 'time')}{besides}, then passed"
    return f"failed {failed} of {plural(len(attempts), 'time')}{besides}"
