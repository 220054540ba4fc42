"""A limiter's 429: waited out within the patience there is, and told as such beyond it. Nobody really waits."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import SimpleNamespace

import pytest

from greenroom.core.errors import Throttled
from tests.support.http_driver import ask, http_to
from tests.support.http_server import answers, serving


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that were waited; nobody really waits."""
    found: list[float] = []
    clock = SimpleNamespace(monotonic=time.monotonic, time=time.time, sleep=found.append)
    monkeypatch.setattr("greenroom.drivers.throttling.time", clock)
    return found


def test_within_patience_it_is_waited_out(slept: list[float]) -> None:
    with serving(answers(429, {}, Retry_After="7"), answers()) as server:
        answer, exchange = ask(http_to(server.address, patience=10), "POST")
    assert (answer.status, slept, len(server.seen)) == (200, [7.0], 2)
    assert exchange.status == 200


def test_patience_is_used_up_by_what_was_waited(slept: list[float]) -> None:
    limited = answers(429, {}, Retry_After="7")
    with (
        serving(limited, limited, answers()) as server,
        pytest.raises(Throttled, match="it asks to wait 7 s") as refused,
    ):
        ask(http_to(server.address, patience=10), "POST")
    assert slept == [7.0]
    assert refused.value.cause == "throttled" and "--patience 60" in refused.value.hint


def test_without_patience_nothing_is_waited(slept: list[float]) -> None:
    with serving(answers(429, {}, Retry_After="900")) as server, pytest.raises(Throttled) as refused:
        ask(http_to(server.address), "POST")
    assert slept == []
    assert "answered 429, it asks to wait 900 s" in refused.value.message and "--patience 905" in refused.value.hint


def test_the_standard_header_is_understood_too(slept: list[float]) -> None:
    with serving(answers(429, {}, RateLimit_Reset="3", RateLimit_Remaining="0"), answers()) as server:
        ask(http_to(server.address, patience=5))
    assert slept == [3.0]


@pytest.mark.parametrize(
    "headers",
    [
        {"RateLimit": '"default";r=0;t=3'},
        {"X_RateLimit_Reset": "3"},
        {"X_RateLimit_Remaining": "0", "Retry_After": "3"},
    ],
)
def test_whichever_header_tells_how_long_is_understood(slept: list[float], headers: dict[str, str]) -> None:
    with serving(answers(403, {"error": "rate_limited"}, **headers), answers()) as server:
        answer, _ = ask(http_to(server.address, patience=5), "POST")
    assert (answer.status, slept) == (200, [3.0])


def test_a_moment_since_1970_is_understood(slept: list[float]) -> None:
    with serving(answers(429, {}, X_RateLimit_Reset=str(int(time.time()) + 60)), answers()) as server:
        ask(http_to(server.address, patience=100))
    assert len(slept) == 1 and 50 < slept[0] <= 61


def test_a_limiter_without_429_is_told_with_its_own_status(slept: list[float]) -> None:
    with (
        serving(answers(503, {"error": "SLOW_DOWN"})) as server,
        pytest.raises(Throttled, match="503 as a limiter does"),
    ):
        ask(http_to(server.address), "POST")


def test_a_date_is_understood(slept: list[float]) -> None:
    when = format_datetime(datetime.now(UTC) + timedelta(minutes=1), usegmt=True)
    with serving(answers(429, {}, Retry_After=when), answers()) as server:
        ask(http_to(server.address, patience=100))
    assert len(slept) == 1 and 0 < slept[0] <= 60


@pytest.mark.parametrize("said", ["", "soon", "soon, I hope", "-5", "nan", "²", "1e999", "Mon, 99 Foo 99999"])
def test_a_limiter_that_names_no_moment_is_not_waited_for(slept: list[float], said: str) -> None:
    with (
        serving(answers(429, {}, Retry_After=said)) as server,
        pytest.raises(Throttled, match="does not say for how long"),
    ):
        ask(http_to(server.address, patience=1000))
    assert slept == []


def test_a_limiter_that_never_lets_through_ends_the_patience(slept: list[float]) -> None:
    with serving(answers(429, {}, Retry_After="0")) as server, pytest.raises(Throttled):
        ask(http_to(server.address, patience=2))
    assert len(server.seen) <= 6
