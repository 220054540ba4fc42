"""Each of many rooms is listed once, also while entries go from page to page as others begin and end (L11)."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any, cast

import pytest

from greenroom.claims.pages import lists_each_once
from greenroom.core.errors import NotApplicable
from greenroom.scenario.wishes import check_topics
from greenroom.targetfile.model import Operation

ROOMS: dict[str, dict[str, object]] = {"r1": {}, "r2": {}, "r3": {}}


def seen(*looks: dict[str, int]) -> Any:
    """A listing that shows so many entries of each room, look after look; as in the last one from then on."""
    left = list(looks)

    def count_each(_: object) -> dict[str, int]:
        return left.pop(0) if len(left) > 1 else left[0]

    return SimpleNamespace(count_each=count_each, let_pass=time.sleep, hindrance=lambda: None, blindness=lambda: None)


@pytest.mark.parametrize(
    ("looks", "told"),
    [
        ([{"r1": 1, "r2": 1, "r3": 1}], "each once"),
        ([{"r1": 0, "r2": 2, "r3": 1}, {"r1": 1, "r2": 1, "r3": 0}], "each once"),
        ([{"r1": 1, "r2": 2, "r3": 1}], "0 missing, 1 more than once"),
        ([{"r1": 0, "r2": 2, "r3": 1}, {"r1": 0, "r2": 1, "r3": 2}], "1 missing, 0 more than once"),
    ],
)
def test_only_what_is_wrong_in_every_look_is_wrong(looks: list[dict[str, int]], told: str) -> None:
    observed = lists_each_once("Joan", cast(Any, seen(*looks)), ROOMS, 0.05)
    assert (observed.held, observed.found) == (told == "each once", told)


def test_a_topic_that_an_operation_does_not_take_is_not_asked_for() -> None:
    takes, takes_none = {"form": {"t": "{topics}"}}, {"form": {"t": "{title}"}}
    operations = {
        name: Operation.model_validate({"path": "/x"} | body)
        for name, body in {"go_live": takes, "schedule": takes_none}.items()
    }
    world = cast(Any, SimpleNamespace(target=SimpleNamespace(operations=operations)))
    check_topics(world, "go_live")
    with pytest.raises(NotApplicable, match="schedule has no"):
        check_topics(world, "schedule")
