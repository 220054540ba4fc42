"""Somebody else who is at work in the room of a leased account breaks no promise."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from greenroom.drivers.account import Account
from greenroom.drivers.outcome import CarriedOut
from greenroom.people.person import Person
from greenroom.record.events import Exchange
from greenroom.relations.state import State
from greenroom.scenario.used_by_others import UsedByOthers

MARK = "gr7abc12345678"
EXCHANGE = Exchange(channel="gateway", method="GET", url="http://rooms.test/state", status=200)


def ada(room: str = "r1") -> Person:
    return Person("Ada", Account("a1", "Ada"), room_id=room, session_id="s1", title=f"Ada's own talk {MARK}")


def world(*sessions: tuple[str, str], database: bool = True, source: str = "pool", host: Person | None = None) -> Any:
    """Of one host, in whose room these sessions are on, by id and title."""
    rows = [("sessions", {"session_id": i, "title": t, "room_id": "r1", "status": "live"}) for i, t in sessions]
    told = {"session_or_none": sessions[-1][0], "title_or_none": sessions[-1][1]} if sessions else {}
    state = SimpleNamespace(told=frozenset({"session_or_none", "title_or_none"}))
    return SimpleNamespace(
        target=SimpleNamespace(people=SimpleNamespace(source=source), operations={"room_state": state}),
        people={"Ada": host or ada()},
        mark=MARK,
        deadlines=SimpleNamespace(settle=0.0),
        database=SimpleNamespace(holds=lambda _: True) if database else None,
        look=lambda: State.of(rows),
        gateway=SimpleNamespace(attempt=lambda name, who, room: CarriedOut(name, told, EXCHANGE)),
    )


@pytest.mark.parametrize("database", [True, False])
def test_what_others_have_begun_is_theirs(database: bool) -> None:
    found = UsedByOthers().why(world(("s7", "Morning stand-up"), database=database))
    assert found and found.cause == "used-by-others" and "Morning stand-up" in found.message


@pytest.mark.parametrize("database", [True, False])
@pytest.mark.parametrize(
    "session", [("s2", f"A second one {MARK}"), ("s1", "Untitled"), ("s2", ""), ("s2", "Ada's own t")]
)
def test_what_is_wrong_with_ones_own_is_the_targets(session: tuple[str, str], database: bool) -> None:
    assert UsedByOthers().why(world(session, database=database)) is None


def test_people_who_are_made_for_a_scenario_have_their_rooms_alone() -> None:
    assert UsedByOthers().why(world(("s7", "Morning stand-up"), source="api")) is None


def test_a_room_where_others_were_seen_is_not_judged_any_more() -> None:
    used = UsedByOthers()
    assert used.why(world(("s7", "Morning stand-up")))
    assert used.why(world())
    assert used.why(world(host=ada("r2"))) is None
