"""A listing that follows a moment after rooms and sessions, as a materialised view does: no dry run can see it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from greenroom.core.deadlines import Deadlines
from greenroom.doctor.checks.database.derived_listing import looked_at_later
from greenroom.doctor.finding import Condition, Finding, wrong
from greenroom.isolation.census import census_at_last

WRONG = wrong("derived listing", "a room that is live should have one entry that says so: none")


class Rows:
    """A database whose answers to a query are these, one after the other; the last one for ever."""

    def __init__(self, *answers: list[dict[str, Any]]) -> None:
        self._answers, self.arranged = list(answers), list[str]()

    def arrange(self, name: str, /, **_: Any) -> list[dict[str, Any]]:
        self.arranged.append(name)
        return [{"session_id": "s1"}] if name == "add_session" else []

    def query(self, *_: Any) -> list[dict[str, Any]]:
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


def looked(database: Rows, *, environment: str = "disposable") -> tuple[Finding, list[str]]:
    ended: list[str] = []
    gateway = SimpleNamespace(offers=lambda _: True, attempt=lambda name, *_, **__: ended.append(name))
    naming = SimpleNamespace(title=lambda: "a title")
    target = SimpleNamespace(
        environment=environment, people=SimpleNamespace(source="api"), deadlines=Deadlines(listing=0.2)
    )
    host = SimpleNamespace(room_id="r1", account=None)
    world = SimpleNamespace(gateway=gateway, naming=naming)
    examination = SimpleNamespace(world=world, target=target, host=host, get=lambda _: database)
    return looked_at_later(examination, WRONG), ended  # type: ignore[arg-type]


def test_entries_that_follow_a_moment_later_follow() -> None:
    database = Rows([], [], [{"found": 1}])
    finding, ended = looked(database)
    assert finding.condition is Condition.OK
    assert (database.arranged, ended) == (["add_session", "set_room"], ["end"])


def test_entries_that_never_follow_are_said_not_to() -> None:
    assert looked(Rows([]))[0] is WRONG


def test_nothing_is_tried_on_what_others_use() -> None:
    database = Rows([{"found": 1}])
    assert (looked(database, environment="shared")[0], database.arranged) == (WRONG, [])


def counted(**rows: int) -> list[dict[str, Any]]:
    return [{"relation": name, "found": rows.get(name, 0)} for name in ("rooms", "sessions", "listing")]


@pytest.mark.parametrize(
    ("answers", "left"),
    [
        ((counted(listing=1), counted()), 0),
        ((counted(listing=1),), 1),
        ((counted(rooms=1, listing=1), counted()), 2),  # what was not removed will not go by itself
    ],
)
def test_a_listing_that_is_left_alone_may_follow(answers: tuple[list[dict[str, Any]], ...], left: int) -> None:
    assert sum(census_at_last(Rows(*answers), 0.2, "gr1").values()) == left  # type: ignore[arg-type]
