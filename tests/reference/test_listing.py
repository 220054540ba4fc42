"""The listing follows the rooms, also when a write to it fails (L)."""

from __future__ import annotations

import threading
from typing import Any

import psycopg
import pytest

from tests.support.running_reference import Running, eventually, moment


def entry(stack: Running, room: str) -> dict[str, Any]:
    return stack.rows(room)["community_live_streams"][0]


def test_one_entry_a_room_that_tells_what_is(stack: Running) -> None:
    host, room = stack.host()
    stack.go_live(host, room, session_title="First", topic_keys=["Music"], metadata={"format": "audio"})
    first = entry(stack, room)
    assert (first["title"], first["status"], first["stream_type"], first["tags"]) == (
        "First",
        "live",
        "audio",
        ["Music"],
    )
    assert str(first["created_by"]) == host.user_id and first["scheduled_for"] is None
    stack.gateway(host, "POST", f"/rooms/{room}/end")
    ended = entry(stack, room)
    assert ended["status"] == "ended" and ended["started_at"] <= ended["ended_at"]
    stack.go_live(host, room, session_title="Second")
    second = entry(stack, room)
    assert (second["title"], second["status"], second["ended_at"]) == ("Second", "live", None)
    assert second["started_at"] > first["started_at"]


def test_without_a_title_the_rooms_own_is_listed(stack: Running) -> None:
    host, room = stack.host()
    stack.go_live(host, room)
    assert entry(stack, room)["title"] == "Ada's room"


def test_a_scheduled_session_is_upcoming(stack: Running) -> None:
    host, room = stack.host()
    assert stack.go_live(host, room, starts_at=moment(hours=1)).body["status"] == "scheduled"
    upcoming = entry(stack, room)
    assert upcoming["status"] == "pending" and upcoming["started_at"] is None
    assert upcoming["scheduled_for"] is not None
    assert stack.gateway(host, "POST", f"/rooms/{room}/open-lobby").body["status"] == "lobby"
    opened = entry(stack, room)
    assert opened["status"] == "live" and opened["started_at"] is not None and opened["scheduled_for"] is None


def test_viewers_are_counted(stack: Running) -> None:
    _, room, guests = stack.live(guests=3)
    assert entry(stack, room)["viewer_count"] == 3
    stack.gateway(guests[0], "POST", f"/rooms/{room}/leave")
    assert entry(stack, room)["viewer_count"] == 2


@pytest.mark.parametrize("times", [1, 2])
def test_a_write_that_fails_is_made_up_for(stack: Running, times: int) -> None:
    host, room = stack.host()
    stack.sql(
        "create sequence failures;"
        "create function fail() returns trigger language plpgsql security definer as $$ begin"
        f" if nextval('public.failures') <= {times} then raise exception 'no'; end if; return new; end $$;"
        "create trigger fail before insert or update on community_live_streams"
        f" for each row when (new.id = '{room}') execute function fail()"
    )
    try:
        assert stack.go_live(host, room).status == 201
        eventually(lambda: [row["status"] for row in stack.rows(room)["community_live_streams"]] == ["live"])
        stack.sql("alter sequence failures restart")
        assert stack.gateway(host, "POST", f"/rooms/{room}/end").status == 200
        eventually(lambda: entry(stack, room)["status"] == "ended")
        stack.sql("alter sequence failures restart")
        stack.go_live(host, room, session_title="Now")
        stack.gateway(host, "POST", f"/rooms/{room}/end")
        eventually(lambda: entry(stack, room)["title"] == "Now" or entry(stack, room)["status"] == "ended")
        eventually(lambda: not stack.sql("select from live.listing_sync_queue where room_id = %s", room))
        assert entry(stack, room)["status"] == "ended"
    finally:
        stack.sql("drop function fail cascade; drop sequence failures")


def test_a_fallback_whose_listing_write_fails(stack: Running) -> None:
    host, room, _ = stack.live()
    stack.sql(
        "create function fail() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;"
        "create trigger fail before update on community_live_streams"
        f" for each row when (new.id = '{room}') execute function fail()"
    )
    try:
        assert stack.rest(host, "POST", "/rpc/end_live_room", {"p_room_id": room}).status == 200
        assert entry(stack, room)["status"] == "live"
    finally:
        stack.sql("drop function fail cascade")
    eventually(lambda: entry(stack, room)["status"] == "ended")


def test_a_locked_listing_does_not_hold_up_an_end(stack: Running) -> None:
    host, room, _ = stack.live()
    release = threading.Event()
    locked = threading.Event()

    def lock() -> None:
        with psycopg.connect(stack["database"]) as connection:
            connection.execute("lock table community_live_streams in share mode")
            locked.set()
            release.wait(10)

    holder = threading.Thread(target=lock)
    holder.start()
    try:
        assert locked.wait(5)
        assert stack.gateway(host, "POST", f"/rooms/{room}/end").status == 200
        assert entry(stack, room)["status"] == "live"
    finally:
        release.set()
        holder.join()
    eventually(lambda: entry(stack, room)["status"] == "ended")


def test_live_entries_are_the_live_rooms_over_many_cycles(stack: Running) -> None:
    host, room = stack.host()
    for _ in range(10):
        stack.go_live(host, room)
        assert entry(stack, room)["status"] == "live"
        stack.gateway(host, "POST", f"/rooms/{room}/end")
        assert entry(stack, room)["status"] == "ended"
    assert len(stack.rows(room)["community_live_streams"]) == 1
