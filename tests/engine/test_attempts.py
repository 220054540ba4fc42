"""What comes of a scenario that was tried again: its first failure stays, whatever came later."""

from __future__ import annotations

import pytest

from greenroom.core.verdict import Verdict
from greenroom.outcome.attempts import settled
from greenroom.outcome.known_failures import excused_at_once
from greenroom.record.events import Attachment, ScenarioFinished
from greenroom.reporting.conclusion import conclude
from greenroom.reporting.junit import junit_of
from tests.support.samples import build


def attempt(verdict: Verdict, number: int) -> ScenarioFinished:
    """An attempt with a failure and a picture of its own."""
    failure = None if verdict is Verdict.PASSED else build.failure(f"E1 broken: wrong at {number}")
    picture = Attachment(name="Ada's page", media_type="image/png", path=f"attachments/{number}.png")
    return build.scenario(verdict=verdict, failure=failure, attachments=[picture], seconds=float(number))


def of(*verdicts: Verdict) -> ScenarioFinished:
    return settled([attempt(verdict, number) for number, verdict in enumerate(verdicts, 1)])


F, P, C, E, U = Verdict.FAILED, Verdict.PASSED, Verdict.CONTRADICTION, Verdict.ERROR, Verdict.INCONCLUSIVE


@pytest.mark.parametrize(
    ("verdicts", "comes_of_it", "note"),
    [
        ((F, P), Verdict.FLAKY, "failed 1 time, then passed"),
        ((F, F, P), Verdict.FLAKY, "failed 2 times, then passed"),
        ((C, F, F), Verdict.CONTRADICTION, "failed 3 of 3 times"),
        ((F, C), Verdict.FAILED, "failed 2 of 2 times"),
        ((F, U), Verdict.FAILED, "failed 1 of 2 times, and could not be judged 1 time"),
        ((F, E), Verdict.FAILED, "failed 1 of 2 times, and could not be judged 1 time"),
    ],
)
def test_a_failure_stays_one(verdicts: tuple[Verdict, ...], comes_of_it: Verdict, note: str) -> None:
    whole = of(*verdicts)
    assert (whole.verdict, whole.note) == (comes_of_it, note)
    assert whole.failure is not None and whole.failure.message.endswith("wrong at 1")
    assert [one.verdict for one in whole.attempts] == list(verdicts)
    assert [one.name for one in whole.attachments][:2] == ["Ada's page", "Ada's page, attempt 2"]


def test_one_attempt_is_the_scenario_as_it_was() -> None:
    once = attempt(F, 1)
    assert settled([once]) is once
    assert not excused_at_once(once, [])


@pytest.mark.parametrize(
    ("verdicts", "listed", "tags"),
    [
        ((F, P), False, ["failure"]),
        ((F, F, P), False, ["failure", "rerunFailure"]),
        ((F, F, F), False, ["failure", "rerunFailure", "rerunFailure"]),
        ((F, F, P), True, ["flakyFailure", "flakyFailure"]),
        ((F, U), False, ["failure"]),
    ],
)
def test_in_junit_it_is_one_case_with_its_attempts(
    verdicts: tuple[Verdict, ...], listed: bool, tags: list[str]
) -> None:
    whole = of(*verdicts)
    if listed:
        whole = whole.model_copy(update={"verdict": Verdict.KNOWN_FAILURE})
    root = junit_of(conclude(build.record(whole)))
    [case] = root.iter("testcase")
    assert [one.tag for one in case if one.tag not in ("properties", "system-out")] == tags
    assert root.get("failures") == str(int("failure" in tags)) and root.get("skipped") == "0"
    for one in case:
        if one.tag in ("rerunFailure", "flakyFailure"):
            assert one.get("type") == "failed" and str(one.get("message")).startswith("E1 broken: wrong at ")
            assert [child.tag for child in one] == ["stackTrace"] and one.text is None
