"""What is offended between the steps of a scenario stays offended, also when it is right again at its end."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, cast

import pytest

from greenroom.claims.invariants import INVARIANTS, Violation
from greenroom.core.errors import Inconclusive
from greenroom.record.evidence import Evidence, OpenStep
from greenroom.relations.state import State
from greenroom.scenario import offences
from greenroom.scenario.offences import Offences

PRESENT = {"room_id": "r1", "status": "idle", "session_id": None, "host_present": True}
BROKEN = Violation(next(one for one in INVARIANTS if one.name == "idle-is-empty"), (PRESENT,))


class Room:
    """A world of one room, and what it offends each time that it is looked at; the last for good."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *looks: list[Violation]) -> None:
        self.looks, self.asked_about = list(looks), list[Sequence[str]]()
        self.hindrance: Inconclusive | None = None
        self.world = SimpleNamespace(
            evidence=Evidence(cast(Any, None)),
            people=SimpleNamespace(rooms=["r1"]),
            source=SimpleNamespace(shows=frozenset({"rooms"})),
            database=SimpleNamespace(holds=lambda name: True),
            target=SimpleNamespace(people=SimpleNamespace(source="signup")),
            worker=SimpleNamespace(lateness=SimpleNamespace(is_known=False), in_vain=set()),
            deadlines=SimpleNamespace(settle=0.05),
            browsers=SimpleNamespace(let_pass=lambda seconds: None, hindrance=lambda writes: self.hindrance),
            arranged=State(),
            now=State.of([("rooms", PRESENT)], ("rooms",)),
            is_troubled=False,
            mark="gr1",
            look=State,
            untouched=lambda state: set(),
        )
        monkeypatch.setattr(offences, "violations", self._look)
        self.seen = Offences(cast(Any, self.world))
        self.world.evidence.begin(OpenStep("When", "Ada ends the room", 3))

    def _look(self, database: object, rooms: Sequence[str]) -> list[Violation]:
        self.asked_about.append(rooms)
        found = self.looks.pop(0) if len(self.looks) > 1 else self.looks[0]
        return found if rooms else []

    def next_begins(self) -> None:
        """The step is over, its rows are wrong, and another begins."""
        self.seen.by_the_way()


def test_what_was_wrong_after_a_step_is_told_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room(monkeypatch, [BROKEN])
    room.next_begins()
    room.looks = [[]]
    (found,) = room.seen.ever()
    assert (found.invariant, found.rows[0]["since"]) == (BROKEN.invariant, "step 1, When Ada ends the room")
    assert room.seen.now() == []


def test_what_is_right_a_moment_later_is_not_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room(monkeypatch, [BROKEN], [])
    room.next_begins()
    assert room.seen.ever() == []


def test_what_was_waited_for_in_vain_is_not_waited_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room(monkeypatch, [BROKEN])
    room.next_begins()
    looked = len(room.asked_about)
    room.next_begins()
    assert len(room.asked_about) == looked
    assert len(room.seen.ever()) == 1


def test_rooms_that_were_arranged_may_be_wrong_between_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room(monkeypatch, [BROKEN])
    room.world.arranged = State.of([("rooms", {"room_id": "r1", "host_id": "ada"})])
    room.next_begins()
    room.looks = [[]]
    assert room.seen.ever() == []


def test_nothing_is_kept_while_the_requests_of_a_page_meet_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room(monkeypatch, [BROKEN])
    room.hindrance = Inconclusive("page-request", "a request of Ada's page met 502")
    room.next_begins()
    room.looks = [[]]
    assert room.seen.ever() == []


def test_nothing_is_judged_between_steps_while_something_is_kept_from_working(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = Room(monkeypatch, [BROKEN])
    room.world.is_troubled = True
    room.next_begins()
    assert room.asked_about == []
