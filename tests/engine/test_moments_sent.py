"""Moments in requests: ISO 8601, or numbers; how long it is until a planned end."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import pytest

from greenroom.core import clock
from greenroom.drivers.moments_sent import as_taken

MOMENT = "2027-03-01T10:00:00.250Z"


@pytest.mark.parametrize(
    ("times", "taken"), [("iso", MOMENT), ("seconds", 1_803_895_200), ("milliseconds", 1_803_895_200_250)]
)
def test_moments_stand_as_the_target_takes_them(
    times: Literal["iso", "seconds", "milliseconds"], taken: object
) -> None:
    assert as_taken({"starts_at": MOMENT, "title": MOMENT}, times) == {"starts_at": taken, "title": MOMENT}


def test_the_clock_of_another_time_zone_tells_the_same_moment() -> None:
    tokyo = "2027-03-01T19:00:00.250+09:00"
    assert as_taken({"starts_at": tokyo}, "milliseconds") == as_taken({"starts_at": MOMENT}, "milliseconds")


@pytest.mark.parametrize("nonsense", ["soon", "2027-13-40", "", 5, None, "2027-03-01T10:00:00"])
def test_nonsense_is_sent_as_it_is(nonsense: object) -> None:
    assert as_taken({"ends_at": nonsense}, "milliseconds") == {"ends_at": nonsense}


def test_a_planned_end_is_so_many_seconds_away() -> None:
    in_a_while = (clock.now() + dt.timedelta(seconds=3)).isoformat()
    assert as_taken({"ends_at": in_a_while}, "iso") == {"ends_at": in_a_while, "lasts": 3}
