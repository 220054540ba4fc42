"""When looks are due, when nothing is judged, and how long a time is."""

from __future__ import annotations

import datetime as dt

import pytest

from greenroom.claims.watching.schedule import Schedule
from greenroom.core.errors import GreenroomError
from greenroom.core.spans import seconds_of
from greenroom.targetfile.maintenance import read_maintenance
from greenroom.targetfile.watch import Watch


def test_a_day_of_five_minutes_has_288_looks() -> None:
    schedule, at, last, looks = Schedule(1_000, 300, 86_400), 1_000.0, None, 0
    while (due := schedule.next_look(at, last)) is not None:
        looks, last, at = looks + 1, due, due + 12
    assert (looks, last, schedule.end) == (288, 1_000 + 287 * 300, 87_400)


def test_a_look_that_took_long_moves_no_other() -> None:
    schedule = Schedule(0, 60)
    assert schedule.next_look(61, 0) == 61, "this turn has had none: at once"
    assert schedule.next_look(130, 61) == 130
    assert schedule.next_look(62, 61) == 120


def test_turns_that_were_missed_are_not_made_up_for() -> None:
    schedule = Schedule(0, 60, 3_600)
    assert schedule.next_look(1_000, 59) == 1_000
    assert schedule.next_look(1_001, 1_000) == 1_020
    assert schedule.next_look(3_600, 3_540) is None
    assert schedule.next_look(9_999, 59) is None


@pytest.mark.parametrize(
    ("window", "within", "without"),
    [
        ("02:00-04:00", ["2026-02-15T02:00", "2026-02-16T03:59:59"], ["2026-02-15T01:59:59", "2026-02-15T04:00"]),
        ("23:30-00:30", ["2026-02-15T23:45", "2026-02-16T00:29"], ["2026-02-15T00:30", "2026-02-15T23:29"]),
        ("Sun 23:00-01:00", ["2026-02-15T23:30", "2026-02-16T00:30"], ["2026-02-15T00:30", "2026-02-17T00:30"]),
        ("Sunday 02:00-04:00", ["2026-02-15T02:30"], ["2026-02-16T02:30"]),
        ("2026-02-15T10:00/2026-02-15T12:30", ["2026-02-15T10:00"], ["2026-02-15T12:30", "2026-02-16T11:00"]),
        ("2026-02-15T10:00+02:00/2026-02-15T12:00+02:00", ["2026-02-15T08:00"], ["2026-02-15T10:00"]),
    ],
)
def test_times_of_maintenance(window: str, within: list[str], without: list[str]) -> None:
    maintenance = read_maintenance(window)
    for text, so in [*((one, True) for one in within), *((one, False) for one in without)]:
        assert maintenance.covers(dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)) is so, text


@pytest.mark.parametrize(
    ("window", "complaint"),
    [
        ("tonight", "no time of maintenance"),
        ("25:00-26:00", "no time of maintenance"),
        ("Xyz 02:00-04:00", "names no day"),
        ("02:00-02:00", "ends when it begins"),
        ("2026-02-15T12:00/2026-02-15T10:00", "ends before it begins"),
        ("2026-02-15/then", "no time of maintenance"),
    ],
)
def test_what_is_no_time_of_maintenance(window: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        read_maintenance(window)
    with pytest.raises(ValueError, match=complaint):
        Watch(maintenance=[window])


def test_a_figure_has_its_own_rule_or_that_of_all() -> None:
    watch = Watch.model_validate({"looks": 3, "of": 5, "alarms": {"stuck_rooms": {"looks": 1, "of": 1, "minutes": 0}}})
    assert (watch.rule("stuck_rooms").looks, watch.rule("conflict_rate").looks, watch.rule("").of) == (1, 3, 5)
    with pytest.raises(ValueError, match=r"\[watch.alarms.stuk_rooms\] names no figure"):
        Watch.model_validate({"alarms": {"stuk_rooms": {}}})
    with pytest.raises(ValueError, match="4 of 3 looks can't be"):
        Watch(looks=4)


@pytest.mark.parametrize(
    ("text", "seconds"), [("5m", 300), ("24h", 86_400), ("1h30m", 5_400), ("0.5s", 0.5), ("7 d", 604_800)]
)
def test_lengths_of_time(text: str, seconds: float) -> None:
    assert seconds_of(text, "--every") == seconds


@pytest.mark.parametrize("text", ["", "5", "m", "five minutes", "0s", "-5m", "5m!"])
def test_what_is_no_length_of_time(text: str) -> None:
    with pytest.raises(GreenroomError, match="--every"):
        seconds_of(text, "--every")
