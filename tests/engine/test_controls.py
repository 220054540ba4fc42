"""A gateway that was stopped is started once: not every one that is up takes a second start."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from types import SimpleNamespace
from typing import Any, cast

import pytest

from greenroom.core.errors import NotApplicable
from greenroom.scenario import faults
from greenroom.scenario.world import World

PAGES = SimpleNamespace(listing=SimpleNamespace(service="web"), viewer=SimpleNamespace(service="web"))


class Stage:
    """As much of a world as stops and starts a gateway; `said` are the controls in their order."""

    def __init__(self, *controls: str) -> None:
        self.said: list[str] = []
        self.end = ExitStack()
        stage: Any = SimpleNamespace(
            target=SimpleNamespace(launch=SimpleNamespace(controls=dict.fromkeys(controls, "")), web=PAGES),
            worker=SimpleNamespace(control=self.said.append),
            browsers=SimpleNamespace(stopped=set[str]()),
            until_end=self.end.enter_context,
            standstill=ExitStack(),
        )
        self.world = cast(World, stage)


BOTH = ("stop-gateway", "start-gateway")


@pytest.fixture(autouse=True)
def silent(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The services that answer nobody while the gateway is down."""
    said: list[str] = []
    monkeypatch.setattr(
        faults, "silent_service", lambda _, *services: ", ".join(one for one in services if one in said)
    )
    yield said


def test_a_gateway_that_stays_down_is_started_at_the_end() -> None:
    stage = Stage(*BOTH)
    faults.stop_gateway(stage.world)
    assert stage.said == ["stop-gateway"]
    stage.end.close()
    assert stage.said == ["stop-gateway", "start-gateway"]


def test_one_that_is_up_again_is_not_started_once_more() -> None:
    stage = Stage(*BOTH)
    for _ in range(2):
        faults.stop_gateway(stage.world)
        faults.start_gateway(stage.world)
    stage.end.close()
    assert stage.said == [*BOTH, *BOTH]


def test_one_that_can_not_be_stopped_is_not_applicable() -> None:
    with pytest.raises(NotApplicable, match="no control 'start-gateway'"):
        faults.stop_gateway(Stage("stop-gateway").world)


def test_pages_that_are_down_with_it_are_not_judged(silent: list[str]) -> None:
    """One server has both: whoever presses End Room then meets a server that is down, as was arranged."""
    silent.append("web")
    stage = Stage(*BOTH)
    with pytest.raises(NotApplicable, match="down with the gateway: web"):
        faults.stop_gateway(stage.world)
    stage.end.close()
    assert stage.said == ["stop-gateway", "start-gateway"]
