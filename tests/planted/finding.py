"""What a run's verdict.json says about a planted bug."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tests.planted.measured import Measured

RED = ("failed", "contradiction")
_UNCLEAR = ("inconclusive", "error")


class Result(StrEnum):
    """What became of a bug."""

    CAUGHT = "caught"
    MISSED = "not caught"
    UNCLEAR = "unclear"
    NO_SCENARIO = "no scenario"


@dataclass(frozen=True, slots=True)
class Finding:
    """`caught_by` are red scenarios of the bug's own promise, the quickest first, `others` the red ones of other
    promises; `measured` is what the run told of causes."""

    result: Result
    caught_by: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    ran: int = 0
    measured: Measured | None = None


def finding_of(promise: str, verdict: Mapping[str, Any]) -> Finding:
    """What the run says about a bug of `promise`; `verdict` is a verdict.json.

    A scenario that could not tell, or met an error of the harness, catches nothing, even if the bug is the cause.
    """
    scenarios: Sequence[Mapping[str, Any]] = verdict["scenarios"]
    mine = [one for one in scenarios if promise in one["promises"]]
    red = sorted((one for one in mine if one["verdict"] in RED), key=lambda one: float(one["seconds"]))
    caught = tuple(one["name"] for one in red)
    others = tuple(one["name"] for one in scenarios if one["verdict"] in RED and promise not in one["promises"])
    unclear = tuple(f"{one['name']}: {one['verdict']}" for one in scenarios if one["verdict"] in _UNCLEAR)
    if caught:
        result = Result.CAUGHT
    elif not mine:
        result = Result.NO_SCENARIO
    else:
        result = Result.UNCLEAR if any(one["verdict"] in _UNCLEAR for one in mine) else Result.MISSED
    return Finding(
        result, caught, others, unclear, len(scenarios), Measured.of(verdict) if "causes" in verdict else None
    )


def reds(verdict: Mapping[str, Any]) -> list[str]:
    """What keeps a run of the correct reference from being conformant, a line each; empty when it is conformant."""
    if verdict["verdict"] == "conformant":
        return []
    bad = [
        f"{one['name']}: {one['verdict']}"
        for one in verdict["scenarios"]
        if one["verdict"] not in ("passed", "not applicable", "known failure")
    ]
    return bad or [verdict["reason"] or verdict["verdict"]]
