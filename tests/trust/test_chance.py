"""Trouble by chance: the same for the same seed and scenario, whatever else is run, and never more than a scenario is
due."""

from __future__ import annotations

from collections.abc import Sequence

from tests.trust.by_chance import every_place
from tests.trust.chance import Chance
from tests.trust.wire import Head, Message


def request(scenario: str, path: str = "/api/v1/live/rooms", method: str = "POST") -> Message:
    """A request that says which scenario it belongs to."""
    header = (b"User-Agent", f"greenroom (run r; scenario {scenario})".encode())
    return Message(Head(f"{method} {path} HTTP/1.1".encode(), (header,)), b"")


def met(chance: Chance, scenarios: Sequence[str]) -> dict[str, list[str]]:
    """What these scenarios meet, in turn, with thirty requests and ten statements each."""
    for scenario in scenarios:
        for number in range(30):
            chance.request("gateway", request(scenario, f"/rooms/{number}"))
            if number % 3 == 0:
                chance.statement(b"select")
    return chance.log


def test_the_same_seed_brings_the_same_whatever_else_is_run() -> None:
    several = [f"features/some.feature:{line}" for line in range(1, 40)]
    once, again = met(Chance(7), several), met(Chance(7), several[::-1])
    assert once == again and met(Chance(7), several[5:6]).get(several[5]) == once.get(several[5])
    assert once != met(Chance(8), several)


def test_most_scenarios_meet_some_and_none_meets_three_times() -> None:
    log = met(Chance(1), [f"features/some.feature:{line}" for line in range(200)])
    assert 100 < len(log) < 180
    assert max(map(len, log.values())) <= 2


def test_what_comes_before_all_scenarios_meets_none() -> None:
    assert not met(Chance(1, likely=1), [""])


def test_the_probe_is_not_met_again() -> None:
    chance = Chance(1, likely=1)
    chance.request("gateway", request("features/some.feature:1", "/api/v1/live/health", "GET"))
    assert not chance._again


def test_every_scenario_has_a_place() -> None:
    found = every_place()
    assert len(found) == len(set(found)) > 600
