"""The data API's dialect: filters, order, paging, writing, and errors that say nothing of the inside."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.running_reference import Person, Running


@pytest.fixture(scope="module")
def three(stack: Running) -> tuple[Person, list[str]]:
    """Somebody who looks, and three live rooms named c, a, b."""
    rooms = []
    for name in ("c", "a", "b"):
        host, room = stack.host(name)
        stack.go_live(host, room, session_title=name, topic_keys=[name])
        rooms.append(room)
    return stack.sign_up("Grace"), rooms


@pytest.fixture(scope="module")
def grace(stack: Running) -> Person:
    return stack.sign_up("Grace")


def titles(stack: Running, who: Person, rooms: list[str], query: str) -> list[str]:
    answer = stack.rest(who, "GET", f"/community_live_streams?id=in.({','.join(rooms)})&{query}")
    assert answer.status in (200, 206), answer
    return [row["title"] for row in answer.body]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("order=title", "abc"),
        ("order=title.desc", "cba"),
        ("order=status.asc,title.desc.nullslast", "cba"),
        ("order=ended_at.asc.nullsfirst,title", "abc"),
        ("order=title&limit=2", "ab"),
        ("order=title&offset=1", "bc"),
        ("order=title&limit=1&offset=2", "c"),
        ("title=eq.a", "a"),
        ("title=neq.a&order=title", "bc"),
        ("title=gt.a&title=lt.c", "b"),
        ("title=gte.b&order=title", "bc"),
        ("title=lte.b&order=title", "ab"),
        ('title=in.(a,"c")&order=title', "ac"),
        ("title=in.()", ""),
        ("title=not.in.(a,c)", "b"),
        ("title=like.*b*", "b"),
        ("title=ilike.B", "b"),
        ("title=not.eq.a&order=title", "bc"),
        ("ended_at=is.null&order=title", "abc"),
        ("ended_at=not.is.null", ""),
        ("started_at=is.not_null&order=title", "abc"),
        ("or=(title.eq.a,title.eq.b)&order=title", "ab"),
        ("or=(title.eq.a,and(title.gt.b,status.eq.live))&order=title", "ac"),
        ("or=(title.in.(a,b),title.is.null)&order=title", "ab"),
        ("status=in.(live,pending)&order=title", "abc"),
        ("viewer_count=eq.0&order=title", "abc"),
    ],
)
def test_reading(stack: Running, three: tuple[Person, list[str]], query: str, found: str) -> None:
    assert "".join(titles(stack, *three, query)) == found


def test_columns_counts_and_single_rows(stack: Running, three: tuple[Person, list[str]]) -> None:
    who, rooms = three
    among = f"id=in.({','.join(rooms)})"
    picked = stack.rest(who, "GET", f"/community_live_streams?select=title,status&{among}&order=title&limit=1")
    assert picked.body == [{"title": "a", "status": "live"}] and picked.headers["content-range"] == "0-0/*"
    counted = stack.rest(who, "GET", f"/live_rooms?{among}&limit=2", prefer="count=exact")
    assert (counted.status, counted.headers["content-range"]) == (206, "0-1/3")
    head = stack.rest(who, "HEAD", f"/live_rooms?{among}", prefer="count=exact")
    assert (head.status, head.headers["content-range"], head.body) == (200, "0-2/3", None)
    empty = stack.rest(who, "GET", f"/live_rooms?{among}&status=eq.idle", prefer="count=exact")
    assert (empty.body, empty.headers["content-range"]) == ([], "*/0")
    accept = "application/vnd.pgrst.object+json"
    one = stack.rest(who, "GET", f"/live_rooms?id=eq.{rooms[0]}", accept=accept)
    assert one.body["id"] == rooms[0] and one.headers["content-type"].startswith(accept)
    many = stack.rest(who, "GET", f"/live_rooms?{among}", accept=accept)
    assert (many.status, many.body["code"]) == (406, "PGRST116")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/live_rooms?id=eq.nonsense", 400, "22P02"),
        ("/live_rooms?nothing=eq.1", 400, "42703"),
        ("/live_rooms?select=nothing", 400, "42703"),
        ("/live_rooms?order=nothing", 400, "42703"),
        ("/live_rooms?id=near.1", 400, "PGRST100"),
        ("/live_rooms?id=", 400, "PGRST100"),
        ("/live_rooms?order=title.sideways", 400, "PGRST100"),
        ("/live_rooms?limit=all", 400, "PGRST100"),
        ("/live_rooms?offset=-1", 400, "PGRST100"),
        ("/live_rooms?or=title.eq.a", 400, "PGRST100"),
        ('/live_rooms?"id"=eq.1', 400, "PGRST100"),
        ("/live_rooms?select=id;drop table x", 400, "PGRST100"),
        ("/live_rooms?title=eq.%00", 400, "22P02"),
        ("/users", 404, "PGRST205"),
        ("/pg_authid", 404, "PGRST205"),
        ("/live_rooms/x", 404, "PGRST125"),
    ],
)
def test_refusals_say_nothing_of_the_inside(stack: Running, grace: Person, path: str, status: int, code: str) -> None:
    answer = stack.rest(grace, "GET", path)
    assert (answer.status, answer.body["code"]) == (status, code)
    assert set(answer.body) == {"code", "message", "details", "hint"}
    said = json.dumps(answer.body).lower()
    assert not any(word in said for word in ("traceback", "select ", "public.", ".py", "psycopg"))


@pytest.mark.parametrize("title", ["x' or '1'='1", 'a"b', "%s %(x)s", "a,b", "مرحبا", "\\"])
def test_values_are_never_sql(stack: Running, title: str) -> None:
    host, room = stack.host()
    stack.go_live(host, room, session_title=title)
    session = stack.rest(host, "GET", f"/live_room_sessions?room_id=eq.{room}").body[0]
    assert session["session_title"] == title
    changed = stack.rest(host, "PATCH", f"/live_rooms?id=eq.{room}", {"title": title, "metadata": {"a": [title]}})
    assert changed.status == 204
    assert stack.rest(host, "GET", f"/live_rooms?id=eq.{room}&select=title,metadata").body == [
        {"title": title, "metadata": {"a": [title]}}
    ]


def test_writing(stack: Running) -> None:
    host, room = stack.host()
    mine = f"/live_rooms?id=eq.{room}"
    changed = stack.rest(host, "PATCH", f"{mine}&select=title", {"title": "New"}, prefer="return=representation")
    assert (changed.status, changed.body) == (200, [{"title": "New"}])
    assert stack.rest(host, "PATCH", mine, {"title": "Newer"}).status == 204
    new = {"room_id": room, "starts_at": "2026-01-01T00:00:00Z", "status": "ended", "topic_keys": ["a", "b"]}
    made = stack.rest(host, "POST", "/live_room_sessions", [new, new], prefer="return=representation")
    assert made.status == 201 and [row["topic_keys"] for row in made.body] == [["a", "b"]] * 2
    assert stack.rest(host, "POST", "/live_room_sessions", new).status == 201
    assert stack.rest(host, "POST", "/live_room_sessions", []).status == 201


def test_upserting_a_listing_entry(stack: Running) -> None:
    host, room = stack.host()
    entry: dict[str, Any] = {"id": room, "title": "One", "created_by": host.user_id, "status": "ended"}
    merge = "resolution=merge-duplicates,return=representation"
    assert stack.rest(host, "POST", "/community_live_streams", entry, prefer=merge).body[0]["title"] == "One"
    assert stack.rest(host, "POST", "/community_live_streams", entry).body["code"] == "23505"
    entry["title"] = "Two"
    assert stack.rest(host, "POST", "/community_live_streams", entry, prefer=merge).body[0]["title"] == "Two"
    entry["title"] = "Three"
    ignore = "resolution=ignore-duplicates,return=representation"
    assert stack.rest(host, "POST", "/community_live_streams?on_conflict=id", entry, prefer=ignore).body == []
    assert len(stack.rows(room)["community_live_streams"]) == 1


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("PATCH", "/live_rooms", {"title": "x"}, 400, "21000"),
        ("DELETE", "/live_rooms", None, 400, "21000"),
        ("PATCH", "/live_rooms?title=eq.x", {}, 400, "PGRST102"),
        ("PATCH", "/live_rooms?title=eq.x", [1], 400, "PGRST102"),
        ("PATCH", "/live_rooms?title=eq.x", {"nothing": 1}, 400, "42703"),
        ("PATCH", "/live_rooms?title=eq.x", {"status": "open"}, 204, None),
        ("POST", "/live_room_sessions", [{"room_id": None}, {}], 400, "PGRST102"),
        ("POST", "/live_room_sessions", "x", 400, "PGRST102"),
        ("POST", "/rpc/nothing", {"p_room_id": "x"}, 404, "PGRST202"),
        ("POST", "/rpc/end_live_room", {"room": "x"}, 404, "PGRST202"),
        ("POST", "/rpc/end_live_room", {"p_room_id": "x"}, 400, "22P02"),
        ("POST", "/rpc/end_live_room", {"p_room_id": None}, 400, "22P02"),
        ("PUT", "/live_rooms", {}, 405, "PGRST125"),
    ],
)
def test_writes_that_are_refused(
    stack: Running, grace: Person, method: str, path: str, body: Any, status: int, code: str | None
) -> None:
    answer = stack.rest(grace, method, path, body)
    assert answer.status == status and (code is None or answer.body["code"] == code)


def test_a_value_the_column_does_not_take(stack: Running) -> None:
    host, room = stack.host()
    refused = stack.rest(host, "PATCH", f"/live_rooms?id=eq.{room}", {"status": "open"})
    assert (refused.status, refused.body["code"]) == (400, "23514")
    single = stack.rest(
        host, "PATCH", "/live_rooms?title=eq.nobody", {"title": "x"}, accept="application/vnd.pgrst.object+json"
    )
    assert (single.status, single.body["code"]) == (406, "PGRST116")
