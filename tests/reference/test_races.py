"""Many at once (C, D3, E12): real simultaneous requests, and one consistent outcome every time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.running_reference import Running, at_once


def consistent(stack: Running, room: str) -> None:
    """At rest with nothing open, or not at rest with exactly the one open session that the room points to."""
    rows = stack.rows(room)
    (found,) = rows["live_rooms"]
    opened = [row for row in rows["live_room_sessions"] if row["status"] in ("scheduled", "lobby", "live")]
    inside = {row["session_id"] for row in rows["live_room_attendance"] if row["left_at"] is None}
    listed = [row["status"] for row in rows["community_live_streams"]]
    if found["status"] == "idle":
        assert (found["current_session_id"], found["host_present"], opened, inside) == (None, False, [], set())
        assert listed in ([], ["ended"], ["cancelled"])
    else:
        assert [row["id"] for row in opened] == [found["current_session_id"]]
        assert inside <= {found["current_session_id"]}
        assert listed == ["live"]
    for row in rows["live_room_sessions"]:
        assert row["status"] == "live" or row["starts_at"] <= row["ends_at"]


@pytest.mark.parametrize("crowd", [2, 5, 20])
def test_of_many_go_lives_one_succeeds(stack: Running, crowd: int) -> None:
    host, room = stack.host()
    answers = at_once(*[lambda: stack.go_live(host, room)] * crowd)
    assert Counter(answer.status for answer in answers) == {201: 1, 409: crowd - 1}
    assert {answer.error for answer in answers if answer.status == 409} == {"ROOM_NOT_IDLE"}
    consistent(stack, room)
    state = stack.gateway(host, "GET", f"/rooms/{room}/state").body
    assert [state["room"]["current_session_id"]] == [a.body["session_id"] for a in answers if a.status == 201]


def test_one_key_many_times_at_once(stack: Running) -> None:
    host, room = stack.host()
    answers = at_once(*[lambda: stack.go_live(host, room, idempotency_key="k")] * 6)
    assert {answer.status for answer in answers} == {201}
    assert len({answer.body["session_id"] for answer in answers}) == 1
    assert sorted(answer.body["idempotent"] for answer in answers) == [False] + [True] * 5


def test_two_ends_at_once(stack: Running) -> None:
    for _ in range(5):
        host, room, _ = stack.live(guests=2)
        answers = at_once(*[lambda host=host, room=room: stack.gateway(host, "POST", f"/rooms/{room}/end")] * 2)
        assert Counter(answer.status for answer in answers) == {200: 1, 409: 1}
        consistent(stack, room)


def test_everything_at_once(stack: Running) -> None:
    """C3 and more: going live, ending, resetting, joining, leaving; nothing fails with 5xx, nothing is half done."""
    host, room = stack.host()
    guests = [stack.sign_up("Grace") for _ in range(4)]

    def post(who: Any, path: str) -> int:
        return stack.gateway(who, "POST", f"/rooms/{room}/{path}").status

    for _ in range(12):
        statuses = at_once(
            lambda: stack.go_live(host, room).status,
            lambda: stack.go_live(host, room).status,
            lambda: post(host, "end"),
            lambda: post(host, "cancel"),
            lambda: post(host, "host-present"),
            lambda: stack.rest(host, "POST", "/rpc/reset_live_room", {"p_room_id": room}).status,
            *[lambda guest=guest: post(guest, "join") for guest in guests],
            *[lambda guest=guest: post(guest, "leave") for guest in guests],
        )
        assert set(statuses) <= {200, 201, 409}
        consistent(stack, room)


def test_older_pages_writing_past_the_gateway(stack: Running) -> None:
    """Statements of the data API take locks in another order; whoever has to give way is simply done again."""
    host, room, guests = stack.live(guests=6)

    def patch_of_the_older_page(path: str) -> Callable[[], int]:
        return lambda: stack.rest(host, "PATCH", path, {"left_at": "now"}).status

    for _ in range(8):
        session = stack.gateway(host, "GET", f"/rooms/{room}/state").body["room"]["current_session_id"]
        path = f"/live_room_attendance?session_id=eq.{session}&left_at=is.null"
        statuses = at_once(
            lambda: stack.gateway(host, "POST", f"/rooms/{room}/end").status,
            patch_of_the_older_page(path),
            lambda: stack.rest(host, "PATCH", f"/community_live_streams?id=eq.{room}", {"status": "ended"}).status,
            lambda: stack.rest(host, "POST", "/rpc/end_live_room", {"p_room_id": room}).status,
        )
        assert set(statuses) <= {200, 204, 409}
        consistent(stack, room)
        assert stack.go_live(host, room).status == 201
        at_once(*[lambda g=g: stack.gateway(g, "POST", f"/rooms/{room}/join").status for g in guests])


def test_many_first_visits_make_one_room(stack: Running) -> None:
    ada = stack.sign_up("Ada")
    answers = at_once(*[lambda: stack.gateway(ada, "POST", "/rooms", {"title": "Mine"})] * 8)
    assert Counter(answer.status for answer in answers) == {201: 1, 200: 7}
    assert len({answer.body["room"]["id"] for answer in answers}) == 1
    assert len(stack.sql("select 1 from live_rooms where host_user_id = %s", ada.user_id)) == 1


def test_many_hosts_at_once_do_not_touch_each_other(stack: Running) -> None:
    hosts = [stack.host(f"Host {number}") for number in range(8)]
    answers = at_once(*[lambda host=host, room=room: stack.go_live(host, room) for host, room in hosts])
    assert {answer.status for answer in answers} == {201}
    assert stack.gateway(hosts[0][0], "POST", f"/rooms/{hosts[0][1]}/end").status == 200
    for _, room in hosts[1:]:
        assert stack.rows(room)["live_rooms"][0]["status"] == "live"
        consistent(stack, room)


def test_one_guest_joining_many_times_at_once(stack: Running) -> None:
    _, room, _ = stack.live()
    guest = stack.sign_up("Grace")
    answers = at_once(*[lambda: stack.gateway(guest, "POST", f"/rooms/{room}/join")] * 6)
    assert {answer.status for answer in answers} == {200}
    assert len({answer.body["attendance_id"] for answer in answers}) == 1
