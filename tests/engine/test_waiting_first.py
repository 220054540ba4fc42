"""With workers, scenarios that do little but wait begin first, so that nobody waits for them at the end."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from fixtures.plugin.keys import RUNNING
from fixtures.plugin.narrowing import waiting_first


def item(name: str, *steps: tuple[str, str]) -> Any:
    return SimpleNamespace(name=name, stash={RUNNING: SimpleNamespace(steps=list(steps))})


def test_what_waits_comes_first_and_all_else_keeps_its_order() -> None:
    ends = item("ends", ("given", "Ada is live"), ("when", "Ada ends the room through the gateway"))
    joins = item("joins", ("given", "Ada is live"), ("when", "Grace joins Ada's room"))
    planned = item("planned", ("given", "Ada is live"), ("when", "the planned end has passed"))
    watched = item("watched", ("given", "Ada is live"), ("then", "Ada stays live in the new session for long"))
    ordered = waiting_first([ends, planned, joins, watched])
    assert [one.name for one in ordered] == ["planned", "watched", "ends", "joins"]
