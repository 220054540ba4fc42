"""Every kind of trouble that can be caused on purpose is a step, and some scenario goes through it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from fixtures.plugin.bdd_internals import step_definitions
from greenroom.core.errors import NotApplicable
from greenroom.drivers.web.faults import Faults
from greenroom.drivers.web.troubles import TROUBLES
from greenroom.gherkin.index import read_feature
from greenroom.outcome.capabilities import declared_but_missing
from greenroom.scenario import faults
from greenroom.targetfile.model import PageRequest
from tests.planted.copies import ROOT

STEPS = {
    step.text.replace(f"<{name}>", value)
    for path in (ROOT / "features").rglob("*.feature")
    for scenario in read_feature(path).scenarios
    for step in scenario.steps
    for case in scenario.cases
    for name, value in [*case.values.items(), ("", "")]
}
ON_PURPOSE = [
    "the next write to the ",
    "every write to the ",
    "another write holds ",
    "the gateway restarts",
    "the gateway is down",
    "the gateway is up again",
    "all is well again for ",
]


@pytest.mark.parametrize("trouble", TROUBLES)
def test_trouble_of_a_page_is_met_in_a_feature(trouble: str) -> None:
    assert any(step.startswith((f"the gateway {trouble} when", f"the data API {trouble} when")) for step in STEPS)


@pytest.mark.parametrize("begins", ON_PURPOSE)
def test_trouble_elsewhere_is_met_in_a_feature(begins: str) -> None:
    assert any(step.startswith(begins) for step in STEPS)
    assert any(step.pattern.startswith(begins) for step in step_definitions())


def test_the_vocabulary_tells_every_trouble() -> None:
    (told,) = [
        step.doc
        for step in step_definitions()
        if step.pattern == "the gateway {trouble:Trouble} when {host:Name} ends the room"
    ]
    assert [trouble for trouble in TROUBLES if trouble not in told] == []


def world_asking(*services: str) -> Any:
    asked = [PageRequest(service=service, method="GET", path="/rooms/*") for service in services]
    return SimpleNamespace(target=SimpleNamespace(page_requests={"host_lookup": asked}))


@pytest.mark.parametrize("services", [("gateway", "standby"), ("data_api",), ()])
def test_a_page_that_asks_somebody_else_as_well_goes_past_the_gateway(
    services: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[object] = []
    monkeypatch.setattr(faults, "stop_gateway", stopped.append)
    faults.stop_gateway_past_lookup(world_asking(*services))
    assert len(stopped) == 1


def test_a_page_that_asks_the_gateway_alone_keeps_what_it_declares() -> None:
    with pytest.raises(NotApplicable) as error:
        faults.stop_gateway_past_lookup(world_asking("gateway"))
    assert declared_but_missing(error.value.capability, ["host-lookup"]) == ""


@pytest.mark.parametrize(("sent", "met"), [(0, False), (1, False), (2, True)])
def test_a_page_that_resets_and_goes_live_by_one_request_sends_no_second_go_live(sent: int, met: bool) -> None:
    """Then nothing has met the trouble that a second one was to meet, and nothing was tried."""
    routes: list[Any] = []
    page = SimpleNamespace(wait_for_load_state=lambda *_, **__: None)
    traffic = SimpleNamespace(expect_trouble=lambda _: None)
    target = SimpleNamespace(deadlines=SimpleNamespace(control=1))
    context = SimpleNamespace(route=lambda _, meet: routes.append(meet))
    tab = SimpleNamespace(page=page, traffic=traffic, target=target, context=context, form_is_troubled=False)
    pattern = SimpleNamespace(fits=lambda *_: True)
    requests = SimpleNamespace(
        goes_by_socket=lambda _: False,
        messages=lambda _: [],
        patterns=lambda _: [pattern],
        pattern=lambda _: "",
        noted=lambda *_: None,
    )
    page_faults = Faults(cast(Any, tab), cast(Any, requests))
    cast(Any, page_faults)._note = cast(Any, page_faults)._answer = lambda *_: None
    page_faults.cause("go_live", "answers 503", after=1)
    request = SimpleNamespace(method="POST", url="", post_data="", is_navigation_request=lambda: False)
    for _ in range(sent):
        routes[0](SimpleNamespace(request=request, fallback=lambda: None))
    if met:
        page_faults.check_met_later()
        return
    with pytest.raises(NotApplicable):
        page_faults.check_met_later()
