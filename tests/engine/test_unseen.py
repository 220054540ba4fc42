"""What nobody shows is neither held nor broken, and never taken for empty."""

from __future__ import annotations

import pytest

from greenroom.claims.fact import Claim, Fact, either, every, facts_of, holds, same, seen
from greenroom.claims.failure_message import broken, expected_text, found_text, rows_of, unseen_of
from greenroom.claims.invariants_seen import violations_seen
from greenroom.claims.listing import listed_as, not_listed_live
from greenroom.claims.rooms import at_rest, is_live, points_to, unchanged
from greenroom.claims.sessions import session_over
from greenroom.relations.canonical import RELATIONS
from greenroom.relations.state import PartlySeen, State, Unseen, differences

SHOWS = frozenset({"rooms", "listing"})


def shown(status: str = "idle", session: str | None = None, *entries: dict[str, str]) -> State:
    """What a gateway shows of one room, and the listing of its entries."""
    room = PartlySeen({"room_id": "r1", "host_id": "ada", "status": status, "session_id": session})
    rows = [("listing", PartlySeen({"room_id": "r1", **entry})) for entry in entries]
    return State.of([("rooms", room), *rows], SHOWS)


LISTED = shown("live", "s1", {"status": "live", "title": "T"})


@pytest.mark.parametrize(
    ("claim", "state", "held", "unseen"),
    [
        (at_rest("r1"), shown(), True, ["host present", "sessions"]),
        (at_rest("r1"), shown("live", "s1"), False, ["host present", "sessions"]),
        (at_rest("r1"), shown("idle", "s1"), False, ["host present", "sessions"]),
        (is_live("r1"), shown("live", "s1"), True, ["sessions"]),
        (is_live("r1"), shown("live"), False, ["sessions"]),
        (is_live("r1"), shown(), False, ["sessions"]),
        (points_to("r1", "s1"), shown("live", "s1"), True, []),
        (points_to("r1", "s1"), shown("live", "s2"), False, []),
        (session_over("s1"), shown(), None, ["sessions"]),
        (listed_as("r1", "live", title="T", host_id="ada"), LISTED, True, ["host id"]),
        (listed_as("r1", "live", title="U"), LISTED, False, []),
        (not_listed_live("r1"), shown("idle", None, {"status": "ended"}), True, ["ended at"]),
        (not_listed_live("r1"), shown("idle", None, {"status": "live"}), False, []),
        (every(session_over("s1"), at_rest("r1")), shown(), True, ["sessions", "host present"]),
        (either(is_live("r1"), at_rest("r1")), shown(), True, ["host present", "sessions"]),
    ],
)  # fmt: skip
def test_a_claim_is_judged_by_what_is_shown(claim: Claim, state: State, held: bool | None, unseen: list[str]) -> None:
    facts = facts_of(claim, state)
    assert (holds(facts) if seen(facts) else None) is held
    assert unseen_of(facts) == unseen


def test_what_nobody_shows_can_not_be_read() -> None:
    state = shown()
    for relation in set(RELATIONS) - SHOWS:
        with pytest.raises(Unseen, match=relation):
            state.all(relation)
    with pytest.raises(Unseen, match="accounts"):
        state.rooms_of("ada")
    room = state.room("r1")
    assert room is not None and room["status"] == "idle"
    with pytest.raises(Unseen, match="host present"):
        room["host_present"]
    with pytest.raises(Unseen, match="host present"):
        room.get("host_present")


def test_what_is_unchanged_is_told_of_what_is_shown() -> None:
    before = shown("live", "s1")
    assert holds(unchanged(before, ["r1"])(shown("live", "s1")))
    assert not holds(unchanged(before, ["r1"])(shown()))
    assert unseen_of(unchanged(before, ["r1"])(before)) == ["accounts", "sessions", "attendance"]


def test_differences_and_rows_leave_out_what_is_not_shown() -> None:
    changes = differences(shown("live", "s1"), shown("idle", None, {"status": "ended"}), {})
    assert [(one.relation, one.field) for one in changes] == [
        ("rooms", "session_id"),
        ("rooms", "status"),
        ("listing", ""),
    ]
    (rooms,) = rows_of(shown(), {})
    assert dict(zip(rooms.columns, rooms.rows[0], strict=True))["host_present"] == "?"


def test_words_hold_only_what_was_seen() -> None:
    facts = [same("status", "idle", "live"), Fact("sessions", "", "", False, seen=False)]
    assert (expected_text(facts), found_text(facts)) == ("status idle", "status live")
    assert "sessions" not in broken("so", facts, None, waited=0, deadline="")


def test_another_relation_may_be_joined() -> None:
    joined = State.of([], ["rooms"]).joined("listing", [{"room_id": "r1", "status": "live"}])
    assert joined.sees == SHOWS and len(joined.entries("r1")) == 1


@pytest.mark.parametrize(
    ("state", "offended"),
    [
        (shown(), []),
        (shown("live", "s1", {"status": "live"}), []),
        (shown("idle", "s1"), ["idle-is-empty"]),
        (shown("cancelled"), ["nothing-stuck"]),
        (shown("live", "s1"), ["listing-live-is-true"]),
        (shown("idle", None, {"status": "live"}), ["listing-live-is-true"]),
        (shown("live", "s1", {"status": "live"}, {"status": "live"}), ["listing-once"]),
    ],
)
def test_invariants_are_told_by_what_is_shown(state: State, offended: list[str]) -> None:
    assert [one.invariant.name for one in violations_seen(state, ["r1"], SHOWS)] == offended
    assert not violations_seen(state, ["r1"], frozenset())
    assert not violations_seen(state, ["r2"], SHOWS)
