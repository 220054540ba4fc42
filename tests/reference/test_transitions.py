"""What happens by itself, on the next request: the lobby opens, a session that is over ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.running_reference import Person, Running, at_once, moment


def expired(stack: Running) -> tuple[Person, str]:
    host, room, _ = stack.live(guests=1)
    stack.sql(
        "update live_room_sessions set starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour'"
        " where room_id = %s",
        room,
    )
    stack.sql(
        "update live_room_attendance set joined_at = now() - interval '90 minutes'"
        " where live_room_id = %s and role = 'guest'",
        room,
    )
    return host, room


REQUESTS: dict[str, Callable[[Running, Person, str], object]] = {
    "me": lambda stack, host, room: stack.gateway(host, "GET", "/rooms/me"),
    "state": lambda stack, host, room: stack.gateway(host, "GET", f"/rooms/{room}/state"),
    "sessions": lambda stack, host, room: stack.gateway(host, "GET", f"/rooms/{room}/sessions"),
    "join": lambda stack, host, room: stack.gateway(host, "POST", f"/rooms/{room}/join"),
    "end": lambda stack, host, room: stack.gateway(host, "POST", f"/rooms/{room}/end"),
    "many": lambda stack, host, room: at_once(*[lambda: stack.gateway(host, "GET", "/rooms/me")] * 6),
}


@pytest.mark.parametrize("request_of", REQUESTS.values(), ids=REQUESTS)
def test_a_session_ends_at_its_time(stack: Running, request_of: Callable[[Running, Person, str], object]) -> None:
    host, room = expired(stack)
    planned = stack.rows(room)["live_room_sessions"][0]["ends_at"]
    request_of(stack, host, room)
    rows = stack.rows(room)
    assert (rows["live_rooms"][0]["status"], rows["live_rooms"][0]["current_session_id"]) == ("idle", None)
    (session,) = rows["live_room_sessions"]
    assert (session["status"], session["ends_at"]) == ("ended", planned)
    assert all(row["left_at"] == max(planned, row["joined_at"]) for row in rows["live_room_attendance"])
    assert rows["community_live_streams"][0]["status"] == "ended"


def test_a_host_whose_session_is_over_goes_live_at_once(stack: Running) -> None:
    host, room = expired(stack)
    assert stack.go_live(host, room).status == 201
    assert [row["status"] for row in stack.rows(room)["live_room_sessions"]].count("live") == 1


def test_the_lobby_opens_before_the_start(stack: Running) -> None:
    host, room = stack.host()
    stack.go_live(host, room, starts_at=moment(minutes=10), lobby_buffer_minutes=5)
    assert stack.gateway(host, "GET", f"/rooms/{room}/state").body["room"]["status"] == "scheduled"
    stack.sql("update live_room_sessions set lobby_buffer_minutes = 15 where room_id = %s", room)
    before = stack.rows(room)
    assert stack.go_live(host, room).error == "ROOM_NOT_IDLE"
    assert stack.rows(room) == before
    state = stack.gateway(host, "GET", f"/rooms/{room}/state").body
    assert (state["room"]["status"], state["session"]["status"]) == ("lobby", "lobby")
    assert state["session"]["lobby_open_at"] is not None
    assert stack.rows(room)["community_live_streams"][0]["status"] == "live"
    guest = stack.sign_up("Grace")
    assert stack.gateway(guest, "POST", f"/rooms/{room}/join").body["lobby_status"] == "admitted"


def test_a_clock_that_is_a_little_ahead_starts_now(stack: Running) -> None:
    host, room = stack.host()
    assert stack.go_live(host, room, starts_at=moment(milliseconds=500)).body["status"] == "live"
    assert stack.gateway(host, "POST", f"/rooms/{room}/end").status == 200
    (session,) = stack.rows(room)["live_room_sessions"]
    assert session["starts_at"] <= session["ends_at"]
