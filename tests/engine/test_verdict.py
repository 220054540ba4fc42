"""Verdicts: their order, what a run makes of them, and the exit code a gate reads."""

from __future__ import annotations

from itertools import product

import pytest

from greenroom.core.verdict import CONCLUSIVE, GATE_BREAKING, Exit, RunVerdict, Verdict, exit_code, run_verdict, worse

GOOD_TO_BAD = (
    "passed",
    "known failure",
    "not applicable",
    "unexpectedly fixed",
    "inconclusive",
    "error",
    "blocked",
    "flaky",
    "failed",
    "contradiction",
)


def test_the_order_is_the_documented_one() -> None:
    assert tuple(verdict.value for verdict in sorted(Verdict, key=lambda one: one.rank)) == GOOD_TO_BAD


@pytest.mark.parametrize(("one", "other"), list(product(Verdict, Verdict)))
def test_a_verdict_only_ever_gets_worse(one: Verdict, other: Verdict) -> None:
    found = worse(one, other)
    assert found in (one, other)
    assert found.rank == max(one.rank, other.rank)
    assert worse(other, one) is found


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([Verdict.PASSED], RunVerdict.CONFORMANT),
        ([Verdict.PASSED, Verdict.NOT_APPLICABLE], RunVerdict.CONFORMANT),
        ([Verdict.KNOWN_FAILURE], RunVerdict.CONFORMANT),
        ([Verdict.PASSED, Verdict.UNEXPECTEDLY_FIXED], RunVerdict.NOT_CONFORMANT),
        ([Verdict.PASSED, Verdict.FLAKY], RunVerdict.NOT_CONFORMANT),
        ([Verdict.PASSED, Verdict.FAILED], RunVerdict.NOT_CONFORMANT),
        ([Verdict.PASSED, Verdict.CONTRADICTION], RunVerdict.NOT_CONFORMANT),
        ([Verdict.PASSED, Verdict.INCONCLUSIVE], RunVerdict.COULD_NOT_TELL),
        ([Verdict.NOT_APPLICABLE, Verdict.INCONCLUSIVE], RunVerdict.COULD_NOT_TELL),
        ([Verdict.FAILED, Verdict.INCONCLUSIVE], RunVerdict.NOT_CONFORMANT),
        ([Verdict.PASSED, Verdict.ERROR], RunVerdict.ERROR),
        ([Verdict.FAILED, Verdict.ERROR], RunVerdict.NOT_CONFORMANT),
        ([Verdict.PASSED, Verdict.BLOCKED], RunVerdict.NOT_CONFORMANT),
        ([Verdict.BLOCKED], RunVerdict.NOT_CONFORMANT),
    ],
)
def test_a_run_is_judged_by_its_scenarios(verdicts: list[Verdict], expected: RunVerdict) -> None:
    assert run_verdict(verdicts) is expected
    assert run_verdict(reversed(verdicts)) is expected


@pytest.mark.parametrize("verdicts", [[], [Verdict.NOT_APPLICABLE], [Verdict.NOT_APPLICABLE] * 3])
def test_a_run_that_proved_nothing_is_never_conformant(verdicts: list[Verdict]) -> None:
    assert exit_code(run_verdict(verdicts)) == Exit.ERROR


@pytest.mark.parametrize("verdict", Verdict)
def test_a_run_that_was_cut_short_is_an_error(verdict: Verdict) -> None:
    assert run_verdict([verdict], complete=False) is RunVerdict.ERROR


def test_exit_codes_are_those_a_gate_knows() -> None:
    assert [int(exit_code(verdict)) for verdict in RunVerdict] == [0, 1, 2, 3]


@pytest.mark.parametrize("verdict", Verdict)
def test_only_a_conclusive_verdict_that_breaks_no_gate_exits_0_by_itself(verdict: Verdict) -> None:
    green = exit_code(run_verdict([verdict])) == Exit.CONFORMANT
    assert green == (verdict in CONCLUSIVE - GATE_BREAKING)
