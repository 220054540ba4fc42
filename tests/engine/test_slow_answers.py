"""Where every answer takes seconds, what pages have not done in time is not held against the target."""

from __future__ import annotations

import pytest

from greenroom.record.step import Exchange
from greenroom.scenario.slow_answers import too_slow_for_pages


def answered(seconds: float, **more: object) -> Exchange:
    return Exchange.model_validate(
        {"channel": "gateway", "method": "POST", "url": "http://a/b", "status": 200, "seconds": seconds} | more
    )


def test_a_target_of_which_every_answer_takes_three_seconds() -> None:
    why = too_slow_for_pages([answered(3.1), answered(3.0)], 5.0)
    assert why is not None and why.cause == "target-slow"
    assert why.message == (
        "the target was too slow to tell: the quickest of its answers took 3.0 s, and for a page was waited 5.0 s"
    )


@pytest.mark.parametrize(
    "exchanges",
    [
        [answered(3.1), answered(0.2)],
        [answered(3.1)],
        [answered(3.1), answered(3.0, origin="page"), answered(3.0, fault="is slow"), answered(3.0, status=None)],
        [],
    ],
    ids=["one operation is slow by itself", "one answer alone", "what the scenario slows down", "nobody was asked"],
)
def test_what_says_nothing_about_the_whole_target(exchanges: list[Exchange]) -> None:
    assert too_slow_for_pages(exchanges, 5.0) is None


@pytest.mark.parametrize("waited", [0.0, 9.5])
def test_a_look_at_once_and_a_wait_that_was_long_enough_are_judged(waited: float) -> None:
    assert too_slow_for_pages([answered(3.0), answered(3.0)], waited) is None
