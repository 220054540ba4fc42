"""Every kind of trouble that can be caused on purpose is a step, and some scenario goes through it."""

from __future__ import annotations

import pytest

from fixtures.plugin.bdd_internals import step_definitions
from greenroom.drivers.web.troubles import TROUBLES
from greenroom.gherkin.index import read_feature
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
