"""A target that has stopped answering is asked for only after three scenarios, waited for once, and then given up."""

from __future__ import annotations

import pytest

from greenroom.core.errors import TargetUnavailable
from greenroom.scenario.outage import Outage


class Asked:
    """Tells one answer after another, the last one again and again."""

    def __init__(self, *answers: str) -> None:
        self._answers, self.times = list(answers), 0

    def __call__(self) -> str:
        self.times += 1
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


def after(outage: Outage, *told: bool) -> Outage:
    for one in told:
        outage.note(told=one)
    return outage


@pytest.mark.parametrize("told", [(False, False), (False, False, True, False, False), (True,) * 9])
def test_nobody_is_asked_before_three_in_a_row(told: tuple[bool, ...]) -> None:
    asked = Asked("auth refuses connections")
    after(Outage(asked, 0.1), *told).check()
    assert asked.times == 0


def test_who_answers_is_tried_on() -> None:
    asked = Asked("")
    after(Outage(asked, 0.1), False, False, False, False).check()
    assert asked.times == 1


def test_who_comes_back_in_time_is_tried_on() -> None:
    outage = after(Outage(Asked("auth refuses connections", "auth refuses connections", ""), 5), False, False, False)
    outage.check()
    outage.check()


def test_who_stays_away_is_given_up_and_not_asked_again() -> None:
    asked = Asked("auth refuses connections")
    outage = after(Outage(asked, 0.05), False, False, False)
    with pytest.raises(TargetUnavailable, match=r"not tried: .* within 0\.05 s: auth refuses connections"):
        outage.check()
    times = asked.times
    with pytest.raises(TargetUnavailable) as again:
        after(outage, False).check()
    assert asked.times == times
    assert again.value.cause == "gone"


def test_who_can_t_come_back_is_not_waited_for() -> None:
    asked = Asked("auth refuses connections")
    with pytest.raises(TargetUnavailable, match="its process has ended: auth refuses connections") as told:
        after(Outage(asked, 60, lambda: False), False, False, False).check()
    assert (asked.times, told.value.hint) == (1, "")
