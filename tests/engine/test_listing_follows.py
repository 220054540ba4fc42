"""What was done before a When is awaited in a listing that is written a moment later."""

from __future__ import annotations

import pytest

from greenroom.claims.listing import not_followed
from greenroom.relations.state import State


def state(room: str, entry: str) -> State:
    """One room with that status, and its entry; "" for none."""
    is_room = {"room_id": "r", "host_id": "h", "status": room, "session_id": "s", "host_present": False}
    is_entry = {"room_id": "r", "status": entry, "title": "", "host_id": "h"}
    return State({"rooms": (is_room,), "listing": (is_entry,) if entry else ()})


@pytest.mark.parametrize(
    ("room", "entry", "waits"),
    [
        ("live", "", True),
        ("live", "upcoming", True),
        ("live", "live", False),
        ("idle", "live", True),
        ("idle", "ended", False),
        ("idle", "", False),
        ("scheduled", "", True),
        ("scheduled", "upcoming", False),
    ],
)
def test_a_listing_is_waited_for_while_it_says_otherwise(room: str, entry: str, waits: bool) -> None:
    assert not_followed(state(room, entry), ["r"]) is waits


def test_nobodys_room_is_waited_for() -> None:
    assert not not_followed(state("live", ""), [])
