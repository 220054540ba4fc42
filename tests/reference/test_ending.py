"""Ending, cancelling, and going live again (E, C4, E13)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.running_reference import Running, moment


@pytest.mark.parametrize("way", ["end", "cancel", "rpc"])
@pytest.mark.parametrize("kind", ["live", "lobby", "scheduled"])
def test_an_end_is_complete(stack: Running, kind: str, way: str) -> None:
    host, room = stack.host()
    wanted: dict[str, dict[str, Any]] = {
        "scheduled": {"starts_at": moment(hours=2)},
        "lobby": {"auto_admit": False},
        "live": {},
    }
    made = stack.go_live(host, room, **wanted[kind])
    assert (made.status, made.body["status"]) == (201, kind)
    stack.gateway(host, "POST", f"/rooms/{room}/host-present")
    stayed, left = stack.sign_up("Grace"), stack.sign_up("Linus")
    for guest in (stayed, left):
        assert stack.gateway(guest, "POST", f"/rooms/{room}/join").status == 200
    assert stack.gateway(left, "POST", f"/rooms/{room}/leave").status == 200
    query = "select left_at from live_room_attendance where live_room_id = %s and user_id = %s"
    left_at = stack.sql(query, room, left.user_id)

    if way == "rpc":
        answer = stack.rest(host, "POST", "/rpc/end_live_room", {"p_room_id": room})
        assert answer.body["ended_session_id"] == made.body["session_id"]
    else:
        answer = stack.gateway(host, "POST", f"/rooms/{room}/{way}", {"user_id": host.user_id})
        if way == "end":
            assert answer.body["ended_session_id"] == made.body["session_id"]
            assert answer.body["status"] == "idle" and answer.body["live_room_id"] == room
    assert answer.status == 200

    rows, now = stack.rows(room), datetime.now(UTC)
    (found,) = rows["live_rooms"]
    assert (found["status"], found["current_session_id"], found["host_present"]) == ("idle", None, False)
    (session,) = rows["live_room_sessions"]
    outcome = "cancelled" if way == "cancel" else "ended"
    assert session["status"] == outcome and session["starts_at"] <= session["ends_at"] <= now
    assert len(rows["live_room_attendance"]) == 3
    assert all(row["joined_at"] <= row["left_at"] <= now for row in rows["live_room_attendance"])
    assert stack.sql(query, room, left.user_id) == left_at
    (entry,) = rows["community_live_streams"]
    assert entry["status"] == outcome and entry["ended_at"] is not None and entry["viewer_count"] == 0

    again = stack.go_live(host, room)
    assert again.status == 201 and again.body["session_id"] != made.body["session_id"]
    kept = [row for row in stack.rows(room)["live_room_sessions"] if str(row["id"]) == made.body["session_id"]]
    assert kept == rows["live_room_sessions"]


def test_ending_what_is_not_live(stack: Running) -> None:
    host, room, _ = stack.live(guests=1)
    assert stack.gateway(host, "POST", f"/rooms/{room}/end").status == 200
    before = stack.rows(room)
    for path, error in (("end", "INVALID_STATE"), ("cancel", "NO_ACTIVE_SESSION"), ("open-lobby", "NO_ACTIVE_SESSION")):
        answer = stack.gateway(host, "POST", f"/rooms/{room}/{path}")
        assert (answer.status, answer.error) == (409, error)
    assert stack.gateway(host, "POST", f"/rooms/{room}/host-present").error == "NO_ACTIVE_SESSION"
    assert stack.gateway(host, "POST", f"/rooms/{room}/host-absent").body["host_present"] is False
    assert stack.rest(host, "POST", "/rpc/end_live_room", {"p_room_id": room}).body["changed"] is False
    assert stack.rows(room) == before


def test_bodies_that_name_somebody_else(stack: Running) -> None:
    host, room, (guest,) = stack.live(guests=1)
    before = stack.rows(room)
    for path in ("end", "cancel", "open-lobby", "join", "leave", "disconnect", "host-present"):
        answer = stack.gateway(host, "POST", f"/rooms/{room}/{path}", {"user_id": guest.user_id})
        assert (answer.status, answer.error) == (403, "USER_MISMATCH")
    assert stack.rows(room) == before


def test_an_idempotency_key_sent_again_gives_the_same_session(stack: Running) -> None:
    host, room = stack.host()
    first = stack.go_live(host, room, idempotency_key="one")
    assert first.body["idempotent"] is False
    second = stack.go_live(host, room, idempotency_key="one")
    assert (second.status, second.body["session_id"]) == (201, first.body["session_id"])
    assert second.body["idempotent"] is True
    stack.gateway(host, "POST", f"/rooms/{room}/end")
    before = stack.rows(room)
    replayed = stack.go_live(host, room, idempotency_key="one")
    assert (replayed.body["session_id"], replayed.body["status"]) == (first.body["session_id"], "ended")
    assert stack.rows(room) == before
    other, elsewhere = stack.host("Alan")
    assert stack.go_live(other, elsewhere, idempotency_key="one").body["session_id"] != first.body["session_id"]


def test_the_state_outlives_a_restart_of_the_gateway(stack: Running) -> None:
    host, room, _ = stack.live(guests=1)
    stack.gateway(host, "POST", f"/rooms/{room}/end")
    before = stack.rows(room)
    assert stack.command("restart gateway") == {"done": "restart gateway"}
    assert stack.gateway(host, "GET", f"/rooms/{room}/state").body["room"]["status"] == "idle"
    assert stack.rows(room) == before


def test_the_fallback_works_while_the_gateway_is_down(stack: Running) -> None:
    host, room, _ = stack.live(guests=1)
    assert stack.command("stop gateway") == {"done": "stop gateway"}
    try:
        assert stack.rest(host, "POST", "/rpc/end_live_room", {"p_room_id": room}).body["changed"]
    finally:
        assert stack.command("start gateway") == {"done": "start gateway"}
    assert stack.gateway(host, "GET", f"/rooms/{room}/state").body["room"]["status"] == "idle"
    assert stack.rest(host, "GET", f"/community_live_streams?id=eq.{room}").body[0]["status"] == "ended"


def test_an_older_pages_own_writes(stack: Running) -> None:
    """M11: the page as it was before the fix ends a room by writing to the tables itself."""
    host, room, _ = stack.live(guests=1)
    session = stack.gateway(host, "GET", f"/rooms/{room}/state").body["session"]["id"]
    now = moment()
    for path, change in (
        (f"/live_room_sessions?id=eq.{session}", {"status": "ended", "ends_at": now}),
        (f"/live_room_attendance?session_id=eq.{session}&left_at=is.null", {"left_at": now}),
        (f"/live_rooms?id=eq.{room}", {"status": "idle", "current_session_id": None, "host_present": False}),
        (f"/community_live_streams?id=eq.{room}", {"status": "ended", "ended_at": now}),
    ):
        changed = stack.rest(host, "PATCH", path, change, prefer="return=representation")
        assert changed.status == 200 and changed.body
    assert stack.go_live(host, room).status == 201
