"""What a selection costs before it runs: people, Go Lives, minutes."""

from __future__ import annotations

import pytest

from fixtures.plugin.bdd_internals import vocabulary
from greenroom.gherkin.cost import Plan, plan
from greenroom.gherkin.people import Step, members_of, people_of
from greenroom.targetfile.model import Limits

LIMITED = Limits(go_live=5, window=900)
LIVE = ("given", "Ada is live")


def planned(scenarios: list[list[Step]], limits: Limits) -> Plan:
    return plan(scenarios, vocabulary(), limits)


@pytest.mark.parametrize(
    ("steps", "people", "members"),
    [
        ([("given", "Ada is live with Grace as a guest"), ("when", "Ada ends the room through the gateway")], "AG", 2),
        ([("given", "Ada's room is stuck in live with no session, and Grace inside")], "AG", 2),
        ([("given", "Ada has a room"), ("when", "Mallory tries to end Ada's room through the gateway")], "AM", 2),
        (
            [("given", "Ada has a room"), ("given", "Joan is signed out"), ("then", "Joan does not see End Room")],
            "AJ",
            1,
        ),
        ([("when", "Ada goes live through the gateway as Seven Seas, with Nemo and Friends")], "A", 1),
        ([("given", "nothing that anybody could bind Ada with")], "", 0),
    ],
)
def test_people_are_those_that_the_vocabulary_binds(steps: list[Step], people: str, members: int) -> None:
    assert [name[0] for name in people_of(steps, vocabulary())] == list(people)
    assert members_of(steps, vocabulary()) == members


@pytest.mark.parametrize(
    ("kind", "step", "go_lives"),
    [
        ("given", "Ada is live with Grace as a guest", 1),
        ("when", "Ada goes live in the browser", 1),
        ("when", "Ada goes live and ends the room 5 times", 5),
        ("when", "Ada double-clicks Go Live in the browser", 1),
        ("when", "Ada goes live 5 times at the same moment, in 3 rounds", 15),
        ("when", "Ada ends the room 3 times at the same moment, in 5 rounds", 4),
        ("when", "Mary goes live while Ada's Go Live waits for a room that is held", 2),
        ("when", "Ada ends the room through the gateway", 0),
        ("then", "Ada is live with exactly one open session", 0),
    ],
)
def test_go_lives_are_counted(kind: str, step: str, go_lives: int) -> None:
    assert planned([[(kind, step)]], Limits()).go_lives == go_lives


@pytest.mark.parametrize(("go_lives", "minutes"), [(0, 0), (1, 0), (5, 0), (6, 15), (10, 15), (11, 30)])
def test_a_limit_makes_minutes(go_lives: int, minutes: int) -> None:
    found = planned([[LIVE]] * go_lives, LIMITED)
    assert (found.scenarios, found.minutes, found.fits) == (go_lives, minutes, minutes == 0)


def test_without_a_limit_everything_fits() -> None:
    found = planned([[LIVE]] * 100, Limits())
    assert (found.minutes, found.fits) == (0, True)
    assert found.sentence(Limits()) == "100 scenarios, about 100 people and 100 Go Lives; the target declares no limit"


def test_a_person_is_told_the_cost() -> None:
    assert planned([[LIVE]], LIMITED).sentence(LIMITED) == (
        "1 scenario, about 1 person and 1 Go Live; the declared limit of 5 Go Lives in 15 min lets them through"
    )
    assert "makes that about 15 min" in planned([[LIVE]] * 6, LIMITED).sentence(LIMITED)
    once = Limits(go_live=1, window=60)
    assert planned([[LIVE]], once).sentence(once).endswith("of 1 Go Live in 1 min lets them through")
