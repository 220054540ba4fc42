"""Verdicts of a scenario and of a run, and the exit code that follows from them (docs/verdicts.md)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum, StrEnum


class Verdict(StrEnum):
    """What is known of one scenario, from good to bad. A verdict only ever gets worse: see `worse`. A broken promise is
    the worst, so that what is proven stays proven whatever else goes wrong."""

    PASSED = "passed"
    KNOWN_FAILURE = "known failure"
    NOT_APPLICABLE = "not applicable"
    UNEXPECTEDLY_FIXED = "unexpectedly fixed"
    INCONCLUSIVE = "inconclusive"
    ERROR = "error"
    BLOCKED = "blocked"
    FLAKY = "flaky"
    FAILED = "failed"
    CONTRADICTION = "contradiction"

    @property
    def rank(self) -> int:
        """0 for the best; larger is worse."""
        return list(Verdict).index(self)


class RunVerdict(StrEnum):
    """What is known of a whole run."""

    CONFORMANT = "conformant"
    NOT_CONFORMANT = "not conformant"
    COULD_NOT_TELL = "could not tell"
    ERROR = "error"


class Exit(IntEnum):
    """The exit codes a gate reads."""

    CONFORMANT = 0
    NOT_CONFORMANT = 1
    COULD_NOT_TELL = 2
    ERROR = 3


GATE_BREAKING = frozenset(
    {Verdict.UNEXPECTEDLY_FIXED, Verdict.BLOCKED, Verdict.FLAKY, Verdict.FAILED, Verdict.CONTRADICTION}
)
RED = frozenset({Verdict.FAILED, Verdict.CONTRADICTION})
"""A promise of the scenario's own is broken."""
CHARGED = RED | {Verdict.BLOCKED}
"""A broken promise is behind it, whether the scenario's own or another."""
CONCLUSIVE = GATE_BREAKING | {Verdict.PASSED, Verdict.KNOWN_FAILURE}

_EXIT = {
    RunVerdict.CONFORMANT: Exit.CONFORMANT,
    RunVerdict.NOT_CONFORMANT: Exit.NOT_CONFORMANT,
    RunVerdict.COULD_NOT_TELL: Exit.COULD_NOT_TELL,
    RunVerdict.ERROR: Exit.ERROR,
}


def worse(one: Verdict, other: Verdict) -> Verdict:
    """The worse of two verdicts of the same scenario."""
    return one if one.rank >= other.rank else other


def run_verdict(verdicts: Iterable[Verdict], *, complete: bool = True) -> RunVerdict:
    """The verdict of a run over the verdicts of its scenarios.

    A broken promise, once seen, stays seen, whatever else went wrong or could not be told; then a harness error, then
    inconclusive. A run that was cut short, or in which no scenario reached a conclusion, never is conformant.
    """
    seen = set(verdicts)
    if not complete:
        return RunVerdict.ERROR
    if seen & GATE_BREAKING:
        return RunVerdict.NOT_CONFORMANT
    if Verdict.ERROR in seen:
        return RunVerdict.ERROR
    if Verdict.INCONCLUSIVE in seen:
        return RunVerdict.COULD_NOT_TELL
    if not seen & CONCLUSIVE:
        return RunVerdict.ERROR
    return RunVerdict.CONFORMANT


def exit_code(verdict: RunVerdict) -> Exit:
    """The process exit code for a run's verdict."""
    return _EXIT[verdict]
