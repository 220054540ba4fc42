"""The state machine of an alarm: one miss alerts nobody, one good look recovers nothing, both ways take as long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.claims.watching.alarm import Alarm
from greenroom.targetfile.watch import AlarmRule

LOOKS = st.lists(st.sampled_from([True, False, None]), max_size=40)
RULES = st.tuples(st.integers(1, 4), st.integers(0, 3), st.sampled_from([0, 1, 5])).map(
    lambda parts: AlarmRule(looks=parts[0], of=parts[0] + parts[1], minutes=parts[2])
)


def course(looks: str, rule: AlarmRule, *, every: float = 60) -> str:
    """What the alarm is after each look. `!` was out of bounds, `.` was not, `?` could not tell."""
    alarm, said = Alarm(), ""
    for number, look in enumerate(looks):
        alarm = alarm.after(number * every, {"!": True, ".": False, "?": None}[look], rule)
        said += "A" if alarm.raised else "p" if alarm.pending else "-"
    return said


@pytest.mark.parametrize(
    ("looks", "after"),
    [
        (".....", "-----"),
        ("..!...", "--ppp-"),  # one miss: told, and no alarm
        ("..!!!..", "--pAAA-"),  # two of three, and two of three to recover
        (".!.!..", "-ppAA-"),
        ("!?!", "ppA"),  # who could not tell is neither
        ("!!?.?.", "pAAAA-"),
        ("!!.!.!", "pAAA-p"),
    ],
)
def test_two_of_three_looks(looks: str, after: str) -> None:
    assert course(looks, AlarmRule(looks=2, of=3, minutes=0)) == after


def test_minutes_are_waited_for_both_ways() -> None:
    rule = AlarmRule(looks=2, of=3, minutes=5)
    assert course("!" * 7 + "." * 7, rule) == "ppppp" + "AA" + "AAAAA" + "--"


def test_minutes_are_counted_over_more_looks_than_the_last_ones() -> None:
    assert course("!" * 70, AlarmRule(looks=2, of=3, minutes=1), every=1) == "p" * 59 + "A" * 11


def test_minutes_begin_anew_once_the_last_looks_were_good() -> None:
    assert course("!!...!!!", AlarmRule(looks=2, of=3, minutes=3)) == "pppp-ppp"


def test_one_of_one_is_at_once() -> None:
    assert course(".!.", AlarmRule(looks=1, of=1, minutes=0)) == "-A-"


@given(LOOKS, RULES)
def test_both_ways_are_the_same(looks: list[bool | None], rule: AlarmRule) -> None:
    there, back = Alarm(), Alarm(raised=True)
    for at, bad in enumerate(looks):
        there, back = there.after(at * 60, bad, rule), back.after(at * 60, None if bad is None else not bad, rule)
        assert there.raised is not back.raised
        assert there.turning_since == back.turning_since


@given(LOOKS, RULES)
def test_who_could_not_tell_changes_nothing(looks: list[bool | None], rule: AlarmRule) -> None:
    alarm = Alarm()
    for at, bad in enumerate(looks):
        after = alarm.after(at * 60, bad, rule)
        if bad is None:
            assert after == alarm
        alarm = after


@given(st.integers(2, 5), st.integers(0, 3), st.integers(0, 30))
def test_one_miss_alerts_nobody(looks: int, more: int, at: int) -> None:
    rule = AlarmRule(looks=looks, of=looks + more, minutes=0)
    assert "A" not in course("." * at + "!" + "." * 30, rule)


def test_more_looks_than_there_are_is_refused() -> None:
    with pytest.raises(ValueError, match="4 of 3 looks can't be"):
        AlarmRule(looks=4, of=3)
