"""Only what a target's rooms and sessions can be is a way to be stuck there, in scenarios and in the migration's."""

from __future__ import annotations

import pytest

from greenroom.migration.population import KINDS, OPEN, draw, possible
from greenroom.relations.canonical import ROOM_STATUSES, SESSION_STATUSES
from greenroom.relations.stuck_kinds import STUCK_KINDS, Pointer, StuckKind
from greenroom.targetfile.rooms import States


@pytest.mark.parametrize("kind", STUCK_KINDS, ids=str)
def test_every_kind_is_possible_where_every_state_is(kind: StuckKind) -> None:
    assert kind.ruled_out(ROOM_STATUSES, SESSION_STATUSES) == ""


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (StuckKind("cancelled", Pointer.NONE), "no room is ever cancelled"),
        (StuckKind("live", Pointer.CANCELLED), "no session is ever cancelled"),
        (StuckKind("lobby", Pointer.ABANDONED), "no session is ever lobby"),
        (StuckKind("live", Pointer.ENDED), ""),
    ],
    ids=str,
)
def test_a_kind_is_ruled_out_by_the_states_it_needs(kind: StuckKind, reason: str) -> None:
    assert kind.ruled_out(("idle", "lobby", "live"), ("live", "ended")) == reason


def test_a_room_that_follows_its_sessions_is_stuck_in_open_ones_only() -> None:
    left = [kind for kind in STUCK_KINDS if not kind.ruled_out(ROOM_STATUSES, SESSION_STATUSES, follows=True)]
    assert [str(kind) for kind in left] == [
        "scheduled with an abandoned session", "lobby with an abandoned session", "live with an abandoned session"
    ]  # fmt: skip


def test_a_population_is_of_kinds_that_the_target_can_hold() -> None:
    assert possible(States(), missing=True) == list(KINDS)
    kinds = possible(States(rooms=["idle", "lobby", "live"], sessions=["lobby", "live", "ended"]), missing=False)
    drawn = {room.kind for room in draw(1, kinds)}
    assert drawn == set(kinds)
    assert {kind.status for kind in drawn} == {"idle", "lobby", "live"}
    assert {kind.pointer for kind in drawn} == {Pointer.NONE, Pointer.ENDED, OPEN}
    assert "at rest, never used" in {kind.name for kind in drawn}


def test_no_room_is_only_listed_where_entries_follow_rooms() -> None:
    left_out = set(KINDS) - set(possible(States(listing="derived"), missing=True))
    assert [kind.name for kind in left_out] == ["idle, but listed"]


def test_a_room_that_is_what_it_points_to_is_stuck_in_what_is_over_as_well() -> None:
    left = [kind for kind in STUCK_KINDS if not kind.ruled_out(ROOM_STATUSES, SESSION_STATUSES, mirrors=True)]
    assert [str(kind) for kind in left] == [
        "scheduled with an abandoned session", "lobby with an abandoned session", "live with an abandoned session",
        "cancelled with a cancelled session", "ended with an ended session", "ended with a missing session",
    ]  # fmt: skip


def test_in_a_population_as_well_a_room_is_what_it_points_to() -> None:
    kinds = possible(States(status="pointed"), missing=True)
    assert {(kind.status, kind.of_session) for kind in kinds if kind.pointer == OPEN} == {
        (status, status) for status in ("scheduled", "lobby", "live")
    }
    over = {(kind.status, str(kind.pointer)) for kind in kinds if kind.pointer not in (OPEN, Pointer.NONE)}
    assert over == {
        ("ended", "an ended session"), ("cancelled", "a cancelled session"), ("ended", "a missing session")
    }  # fmt: skip
    assert {kind.status for kind in kinds if kind.pointer == Pointer.NONE} == {"idle"}
