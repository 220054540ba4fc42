"""Joining, leaving, the lobby, and what a host does about guests."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.support.running_reference import Answer, Person, Running, moment


def post(stack: Running, who: Person, room: str, path: str, body: Any = None) -> Answer:
    return stack.gateway(who, "POST", f"/rooms/{room}/{path}", body)


def counts(stack: Running, who: Person, room: str) -> dict[str, int]:
    return dict(stack.gateway(who, "GET", f"/rooms/{room}/state").body["counts"])


def test_leaving_and_coming_back(stack: Running) -> None:
    _, room, (guest,) = stack.live(guests=1)
    first = post(stack, guest, room, "join").body
    assert post(stack, guest, room, "leave").status == 200
    assert post(stack, guest, room, "leave").error == "NOT_IN_ROOM"
    second = post(stack, guest, room, "join").body
    assert second["attendance_id"] != first["attendance_id"]
    rows = stack.sql("select left_at from live_room_attendance where user_id = %s order by joined_at", guest.user_id)
    assert [row["left_at"] is None for row in rows] == [False, True]


def test_a_lost_connection(stack: Running) -> None:
    _, room, (guest,) = stack.live(guests=1)
    query = "select left_at, disconnected_at from live_room_attendance where user_id = %s"
    assert post(stack, guest, room, "disconnect").status == 200
    (row,) = stack.sql(query, guest.user_id)
    assert row["left_at"] is None and row["disconnected_at"] is not None
    assert post(stack, guest, room, "join").status == 200
    (row,) = stack.sql(query, guest.user_id)
    assert row["left_at"] is None and row["disconnected_at"] is None


def test_nothing_to_join(stack: Running) -> None:
    _, room = stack.host()
    guest = stack.sign_up("Grace")
    for path in ("join", "leave", "disconnect"):
        answer = post(stack, guest, room, path)
        assert (answer.status, answer.error) == (409, "NO_ACTIVE_SESSION")
    assert stack.rows(room)["live_room_attendance"] == []


def test_the_hosts_presence(stack: Running) -> None:
    host, room, _ = stack.live()

    def flags() -> tuple[bool, bool, int]:
        rows = stack.rows(room)
        inside = [row for row in rows["live_room_attendance"] if row["role"] == "host" and row["left_at"] is None]
        return rows["live_rooms"][0]["host_present"], rows["live_room_sessions"][0]["host_present"], len(inside)

    assert flags() == (True, True, 1)
    assert post(stack, host, room, "host-present").status == 200
    assert flags() == (True, True, 1)
    assert post(stack, host, room, "host-absent").body["host_present"] is False
    assert flags() == (False, False, 0)
    joined = post(stack, host, room, "join").body
    assert joined["role"] == "host" and flags() == (True, True, 1)
    assert post(stack, host, room, "leave").status == 200
    assert flags() == (False, False, 0)


def test_the_lobby(stack: Running) -> None:
    host, room = stack.host()
    assert stack.go_live(host, room, auto_admit=False).body["status"] == "lobby"
    guests = [stack.sign_up(name) for name in ("Grace", "Linus", "Mallory", "Niklaus")]
    for guest in guests:
        assert post(stack, guest, room, "join").body["lobby_status"] == "waiting"
    waiting = stack.gateway(host, "GET", f"/rooms/{room}/lobby").body["waiting"]
    assert [row["display_name"] for row in waiting] == ["Grace", "Linus", "Mallory", "Niklaus"]
    assert counts(stack, host, room) == {"lobby_waiting": 4, "in_room": 0}

    assert post(stack, host, room, "admit", {"user_id": guests[0].user_id}).status == 200
    assert post(stack, host, room, "reject", {"user_id": guests[1].user_id}).status == 200
    assert counts(stack, host, room) == {"lobby_waiting": 2, "in_room": 1}
    viewer = stack.gateway(guests[1], "GET", f"/rooms/{room}/state").body["viewer"]
    assert viewer == {"role": "guest", "lobby_status": "rejected", "is_banned": False}
    assert post(stack, host, room, "admit-all").body["admitted"] == 2
    assert counts(stack, host, room) == {"lobby_waiting": 0, "in_room": 3}
    assert post(stack, host, room, "admit", {"user_id": str(uuid4())}).error == "NOT_IN_ROOM"
    assert post(stack, host, room, "admit", {"user_id": host.user_id}).error == "NOT_A_GUEST"
    assert post(stack, host, room, "admit", {}).error == "VALIDATION_ERROR"
    assert post(stack, host, room, "reject", {"user_id": guests[0].user_id}).error == "INVALID_STATE"


def test_kicked_may_come_back_and_banned_may_not(stack: Running) -> None:
    host, room, (kicked, banned) = stack.live(guests=2)
    assert post(stack, host, room, "kick", {"user_id": kicked.user_id}).status == 200
    assert counts(stack, host, room)["in_room"] == 2
    assert post(stack, kicked, room, "join").status == 200

    assert post(stack, host, room, "ban", {"user_id": banned.user_id}).status == 200
    assert stack.gateway(banned, "GET", f"/rooms/{room}/state").body["viewer"]["is_banned"] is True
    refused = post(stack, banned, room, "join")
    assert (refused.status, refused.error) == (403, "BANNED")
    post(stack, host, room, "end")
    stack.go_live(host, room)
    assert post(stack, banned, room, "join").error == "BANNED"


def test_a_full_room(stack: Running) -> None:
    host, room = stack.host()
    stack.go_live(host, room, max_participants=1)
    first, second = stack.sign_up("Grace"), stack.sign_up("Linus")
    assert post(stack, first, room, "join").status == 200
    refused = post(stack, second, room, "join")
    assert (refused.status, refused.error) == (409, "ROOM_FULL")
    assert post(stack, first, room, "join").status == 200
    post(stack, first, room, "leave")
    assert post(stack, second, room, "join").status == 200


def test_an_early_guest_of_a_scheduled_session_waits(stack: Running) -> None:
    host, room = stack.host()
    stack.go_live(host, room, starts_at=moment(hours=1))
    guest = stack.sign_up("Grace")
    assert post(stack, guest, room, "join").body["lobby_status"] == "waiting"
    assert post(stack, host, room, "open-lobby").body["status"] == "lobby"
    assert post(stack, host, room, "open-lobby").body["status"] == "lobby"
    assert post(stack, host, room, "admit-all").body["admitted"] == 1


def test_opening_the_lobby_of_a_live_session(stack: Running) -> None:
    host, room, _ = stack.live()
    assert post(stack, host, room, "open-lobby").error == "INVALID_STATE"


def test_someone_whose_account_is_gone(stack: Running) -> None:
    _, room, _ = stack.live()
    ghost = stack.sign_up("Ghost")
    stack.sql("delete from auth.users where id = %s", ghost.user_id)
    assert post(stack, ghost, room, "join").status == 401
    assert stack.gateway(ghost, "POST", "/rooms", {"title": "x"}).status == 401
