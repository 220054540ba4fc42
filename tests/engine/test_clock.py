"""The target's clocks against this machine's: how far they are apart, and what follows from it."""

from __future__ import annotations

import datetime as dt
import email.utils
import time
from collections.abc import Iterator

import pytest

from greenroom.claims.fact import holds
from greenroom.claims.sessions import session_over
from greenroom.core import clock
from greenroom.core.clock import Ahead
from greenroom.drivers.clocks import is_outvoted, of_answer
from greenroom.drivers.gateway import now
from greenroom.relations.state import State, moment

NOON = 1_750_000_000.0


@pytest.fixture(autouse=True)
def agreeing() -> Iterator[None]:
    yield
    clock.correct(Ahead())


def date(seconds: float) -> str:
    return email.utils.formatdate(seconds, usegmt=True)


@pytest.mark.parametrize(
    ("headers", "ahead"),
    [
        ({"Date": date(NOON + 3600)}, 3600.0),
        ({"Date": date(NOON - 3600)}, -3600.0),
        ({"Date": date(NOON + 1)}, 0.0),
        ({"Date": date(NOON - 1)}, 0.0),
        ({"Date": date(NOON - 600), "Age": "600"}, 0.0),
        ({"Date": date(NOON + 3600).replace("GMT", "-0000")}, 3600.0),
        ({"Date": "soon"}, None),
        ({"Date": date(NOON), "Age": "old"}, None),
        ({}, None),
    ],
)
def test_an_answer_says_what_time_it_is(headers: dict[str, str], ahead: float | None) -> None:
    found = of_answer(headers, NOON + 0.4, NOON + 0.6)
    assert found == (None if ahead is None else pytest.approx(ahead))


@pytest.mark.parametrize(
    ("by_date", "by_database", "outvoted"),
    [
        (-NOON, 0.0, True),
        (-7200.0, 1.0, True),
        (-7200.0, -7200.0, False),  # this machine's is the wrong one
        (-30.0, 0.0, False),
        (7200.0, 0.0, False),  # what is sent is of the one that is behind
    ],
)
def test_a_date_far_behind_two_clocks_that_agree_counts_for_nothing(
    by_date: float, by_database: float, outvoted: bool
) -> None:
    assert is_outvoted(by_date, by_database) is outvoted


def test_a_slow_answer_is_measured_in_its_middle() -> None:
    assert of_answer({"Date": date(NOON + 5)}, NOON, NOON + 10) == 0.0


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (Ahead(), ""),
        (Ahead(4.0, -4.0), ""),
        (Ahead(3600.0, 3600.2), "this machine's clock is 3,600 s behind the target's: "),
        (Ahead(-60.0, None), "this machine's clock is 60 s ahead of the target's: "),
        (Ahead(0.0, 90.0), "this machine's clock is 90 s behind the target's database: "),
    ],
)
def test_what_matters_is_said(ahead: Ahead, words: str) -> None:
    assert ahead.sentence == (words + "times are judged and sent by the target's" if words else "")


@pytest.mark.parametrize("seconds", [3600.0, -3600.0])
def test_what_is_sent_and_judged_is_the_targets_time(seconds: float) -> None:
    clock.correct(Ahead(seconds, seconds))
    there = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds)
    assert abs((moment(now()) or there) - there) < dt.timedelta(seconds=5)
    assert abs(clock.database_now() - there) < dt.timedelta(seconds=5)

    def over(ended: dt.datetime) -> bool:
        row = {"session_id": "s", "room_id": "r", "title": "t", "status": "ended"}
        times = {"starts_at": (there - dt.timedelta(minutes=1)).isoformat(), "ended_at": ended.isoformat()}
        return holds(session_over("s")(State.of([("sessions", row | times)])))

    assert over(there), "it has just ended"
    assert not over(there + dt.timedelta(minutes=1)), "its end is in the future"
    assert not over(there - dt.timedelta(minutes=2)), "it ended before it began"


@pytest.mark.parametrize(("services", "database", "sent"), [(3600.0, 0.0, 0), (-3600.0, 0.0, -3600), (None, 60.0, 60)])
def test_what_is_sent_is_in_the_future_for_none_of_the_clocks(
    services: float | None, database: float, sent: float
) -> None:
    clock.correct(Ahead(services, database))
    there = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=sent)
    assert abs((moment(now()) or there) - there) < dt.timedelta(seconds=5)


def test_the_end_is_in_the_future_only_for_all_of_the_targets_clocks() -> None:
    clock.correct(Ahead(0.0, 60.0))
    assert abs(clock.latest() - clock.database_now()) < dt.timedelta(seconds=1)


def test_a_machine_whose_clock_is_set_goes_on_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    clock.correct(Ahead(30.0, 30.0))
    before, real = clock.now(), time.time
    monkeypatch.setattr(time, "time", lambda: real() + 7200)
    assert abs(clock.now() - before) < dt.timedelta(seconds=5) and 7190 < clock.stepped() < 7210
    clock.correct(Ahead(30.0 - 7200, 30.0 - 7200))  # compared anew
    assert abs(clock.now() - before) < dt.timedelta(seconds=5) and abs(clock.stepped()) < 5
