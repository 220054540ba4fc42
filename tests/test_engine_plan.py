"""What a selection costs before it runs: people, Go Lives, minutes."""

from __future__ import annotations

import pytest

from greenroom.plan import members_of, plan
from greenroom.target.model import Limits

LIMITED = Limits(go_live=5, window=900)


@pytest.mark.parametrize(
    ("steps", "people"),
    [
        (["Ada is live with Grace as a guest", "Ada ends the room"], 2),
        (["Ada's room is stuck in live with no session, and Grace inside"], 2),
        (["Ada has a room", "Mallory tries to end Ada's room", "Ada does not see End Room"], 2),
        (["Ada has a room", "Joan is signed out", "Joan opens Ada's room"], 1),
        (["the gateway restarts", "the migration runs"], 0),
    ],
)
def test_people_are_counted_once_a_scenario(steps: list[str], people: int) -> None:
    assert members_of(steps) == people


@pytest.mark.parametrize(
    ("step", "go_lives"),
    [
        ("Ada is live with Grace as a guest", 1),
        ("Ada goes live in the browser", 1),
        ("Ada goes live and ends the room 5 times", 5),
        ("Ada double-clicks Go Live", 1),
        ("Ada ends the room through the gateway", 0),
    ],
)
def test_go_lives_are_counted(step: str, go_lives: int) -> None:
    assert plan([[step]], Limits()).go_lives == go_lives


@pytest.mark.parametrize(("go_lives", "minutes"), [(0, 0), (1, 0), (5, 0), (6, 15), (10, 15), (11, 30)])
def test_a_limit_makes_minutes(go_lives: int, minutes: int) -> None:
    found = plan([["Ada is live"]] * go_lives, LIMITED)
    assert (found.scenarios, found.minutes, found.fits) == (go_lives, minutes, minutes == 0)


def test_without_a_limit_everything_fits() -> None:
    found = plan([["Ada is live"]] * 100, Limits())
    assert (found.minutes, found.fits) == (0, True)
    assert found.sentence(Limits()).endswith("the target declares no limit")


def test_a_person_is_told_the_cost() -> None:
    assert plan([["Ada is live"]], LIMITED).sentence(LIMITED) == (
        "1 scenarios, about 1 people and 1 Go Lives; the declared limit of 5 Go Lives in 15 min lets them through"
    )
    assert "makes that about 15 min" in plan([["Ada is live"]] * 6, LIMITED).sentence(LIMITED)
