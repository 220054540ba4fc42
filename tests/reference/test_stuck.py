"""Stuck rooms: refused without a trace over HTTP, and healed in one go by the data API's reset (R)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from tests.support.running_reference import Person, Running, at_once, moment

STATUSES = ("scheduled", "lobby", "live", "cancelled", "ended")
POINTERS = ("ended", "cancelled", "none", "missing", "scheduled", "lobby", "live")
STUCK = [(status, pointer) for status in STATUSES for pointer in POINTERS]


def stick(stack: Running, status: str, pointer: str) -> tuple[Person, str]:
    """A host whose room has `status`, and points to a session that is `pointer` (or to none, or a missing one)."""
    host, room, _ = stack.live("Ada", guests=1)
    session = stack.sql("select current_session_id from live_rooms where id = %s", room)[0]["current_session_id"]
    past = moment(hours=-5)
    stack.sql("update live_room_sessions set starts_at = %s where id = %s", past, session)
    if pointer in ("ended", "cancelled"):
        stack.sql("update live_room_sessions set status = %s, ends_at = now() where id = %s", pointer, session)
    elif pointer in ("scheduled", "lobby", "live"):
        stack.sql("update live_room_sessions set status = %s where id = %s", pointer, session)
    elif pointer == "none":
        stack.sql("update live_rooms set current_session_id = null where id = %s", room)
    else:
        stack.sql(
            "begin; set local session_replication_role = replica;"
            f" update live_rooms set current_session_id = gen_random_uuid() where id = '{UUID(room)}'; commit"
        )
    stack.sql("update live_rooms set status = %s where id = %s", status, room)
    return host, room


def assert_at_rest(stack: Running, room: str) -> None:
    rows = stack.rows(room)
    (found,) = rows["live_rooms"]
    assert (found["status"], found["current_session_id"], found["host_present"]) == ("idle", None, False)
    for session in rows["live_room_sessions"]:
        assert session["status"] in ("ended", "cancelled") and session["ends_at"] >= session["starts_at"]
        assert not session["host_present"]
    assert all(row["left_at"] and row["left_at"] >= row["joined_at"] for row in rows["live_room_attendance"])
    for entry in rows["community_live_streams"]:
        assert entry["status"] in ("ended", "cancelled") and entry["ended_at"] >= entry["started_at"]


@pytest.mark.parametrize(("status", "pointer"), STUCK)
def test_go_live_is_refused_and_changes_nothing_then_reset_heals(stack: Running, status: str, pointer: str) -> None:
    host, room = stick(stack, status, pointer)
    before = stack.rows(room)
    refused = stack.go_live(host, room)
    assert (refused.status, refused.error) == (409, "ROOM_NOT_IDLE")
    assert stack.rows(room) == before

    reset = stack.rest(host, "POST", "/rpc/reset_live_room", {"p_room_id": room})
    assert reset.status == 200 and reset.body["status"] == "idle" and reset.body["changed"]
    assert_at_rest(stack, room)

    again = stack.go_live(host, room, session_title="Second")
    assert again.status == 201
    rows = stack.rows(room)
    opened = [str(row["id"]) for row in rows["live_room_sessions"] if row["status"] == "live"]
    assert opened == [again.body["session_id"]] == [str(rows["live_rooms"][0]["current_session_id"])]
    (entry,) = rows["community_live_streams"]
    assert (entry["status"], entry["title"], entry["ended_at"]) == ("live", "Second", None)
    assert stack.gateway(host, "POST", f"/rooms/{room}/end").status == 200
    assert_at_rest(stack, room)


@pytest.mark.parametrize(("status", "pointer"), list(zip(STATUSES * 2, POINTERS, strict=False)))
def test_end_frees_a_stuck_room(stack: Running, status: str, pointer: str) -> None:
    host, room = stick(stack, status, pointer)
    assert stack.gateway(host, "POST", f"/rooms/{room}/end").status == 200
    assert_at_rest(stack, room)


def orphan(stack: Running, status: str = "live") -> tuple[Person, str, str]:
    """A host whose room is idle while a session of it is still open."""
    host, room, _ = stack.live("Ada", guests=1)
    row = stack.sql("update live_room_sessions set status = %s where room_id = %s returning id::text", status, room)[0]
    stack.sql("update live_rooms set status = 'idle', current_session_id = null where id = %s", room)
    return host, room, str(row["id"])


@pytest.mark.parametrize("status", ["scheduled", "lobby", "live"])
def test_an_orphaned_open_session_is_closed_by_the_next_go_live(stack: Running, status: str) -> None:
    host, room, old = orphan(stack, status)
    made = stack.go_live(host, room)
    assert made.status == 201
    sessions = {str(row["id"]): row for row in stack.rows(room)["live_room_sessions"]}
    assert sessions[old]["status"] == "ended" and sessions[old]["ends_at"] is not None
    assert sessions[made.body["session_id"]]["status"] == "live"
    assert all(row["left_at"] for row in stack.rows(room)["live_room_attendance"])


def test_ending_an_idle_room_with_an_orphan_changes_nothing(stack: Running) -> None:
    host, room, _ = orphan(stack)
    before = stack.rows(room)
    assert stack.gateway(host, "POST", f"/rooms/{room}/end").error == "INVALID_STATE"
    assert stack.rows(room) == before
    assert stack.rest(host, "POST", "/rpc/reset_live_room", {"p_room_id": room}).body["changed"]
    assert_at_rest(stack, room)


@pytest.mark.parametrize("function", ["reset_live_room", "end_live_room"])
def test_only_the_host_resets_and_only_once(stack: Running, function: str) -> None:
    host, room = stick(stack, "lobby", "ended")
    stranger = stack.sign_up("Mallory")
    before = stack.rows(room)

    def attempt(who: Person | None) -> tuple[int, Any]:
        answer = stack.rest(who, "POST", f"/rpc/{function}", {"p_room_id": room})
        return answer.status, answer.error

    assert attempt(stranger) == (403, "42501")
    assert attempt(None) == (401, "42501")
    assert stack.rows(room) == before
    results = at_once(*[lambda: stack.rest(host, "POST", f"/rpc/{function}", {"p_room_id": room}).body] * 5)
    assert sorted(result["changed"] for result in results) == [False] * 4 + [True]
    after = stack.rows(room)
    assert stack.rest(host, "POST", f"/rpc/{function}", {"p_room_id": room}).body["changed"] is False
    assert stack.rows(room) == after


def test_a_reset_that_fails_changes_nothing(stack: Running) -> None:
    host, room = stick(stack, "lobby", "live")
    before = stack.rows(room)
    stack.sql(
        "create function deny() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;"
        f"create trigger deny before update on live_rooms for each row when (old.id = '{room}') execute function deny()"
    )
    try:
        assert stack.rest(host, "POST", "/rpc/reset_live_room", {"p_room_id": room}).status >= 400
        assert stack.rows(room) == before
    finally:
        stack.sql("drop function deny cascade")
    assert stack.rest(host, "POST", "/rpc/reset_live_room", {"p_room_id": room}).body["changed"]


def test_a_recovery_leaves_other_hosts_alone(stack: Running) -> None:
    _, other, _ = stack.live("Alan", guests=1)
    before = stack.rows(other)
    host, room = stick(stack, "scheduled", "none")
    stack.rest(host, "POST", "/rpc/reset_live_room", {"p_room_id": room})
    stack.go_live(host, room)
    assert stack.rows(other) == before
