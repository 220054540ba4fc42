"""What the last line of a record says of the run besides its verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from greenroom.core.verdict import RunVerdict, Verdict
from greenroom.record.events import ScenarioFinished

_UNCLEAR = (Verdict.INCONCLUSIVE, Verdict.ERROR)


def unclear(scenario: ScenarioFinished) -> str:
    """Why the scenario could not be judged, in a line; "" where it was."""
    told = scenario.verdict in _UNCLEAR and scenario.failure
    return scenario.failure.message.splitlines()[0] if told and scenario.failure else ""


def first_unclear(scenarios: Iterable[ScenarioFinished]) -> str:
    """The same of the first that could not be judged."""
    return next(filter(None, map(unclear, scenarios)), "")


def reason(verdict: RunVerdict, verdicts: Sequence[Verdict], why: str, *, complete: bool, left: int = 0) -> str:
    """Why a run could not tell, or was cut short; what else there was beside a broken promise.

    `why` is that of its first scenario that could not be judged. `left` scenarios did not run since it was to stop
    after the first that is not right.
    """
    if verdict in (RunVerdict.COULD_NOT_TELL, RunVerdict.ERROR):
        return why or ("no scenario reached a conclusion" if complete else "the run was cut short")
    told = [f"stopped after the first that was not right: {left} did not run"] if left else []
    besides = [one for one in (Verdict.ERROR, Verdict.INCONCLUSIVE) if one in verdicts]
    return "; ".join([*told, *(f"{verdicts.count(one)} {one} besides" for one in besides)])
