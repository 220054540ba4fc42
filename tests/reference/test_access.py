"""Nobody gets in where they don't belong: tokens, row level security, tenants (S)."""

from __future__ import annotations

import time
from typing import Any
from uuid import uuid4

import jwt
import pytest

from tests.support.running_reference import Person, Running, moment

TABLES = ("app_users", "live_rooms", "live_room_sessions", "live_room_attendance", "community_live_streams")


def token(stack: Running, secret: str | None = None, **claims: Any) -> str:
    ada = stack.sign_up("Ada")
    good = {"sub": ada.user_id, "role": "authenticated", "aud": "authenticated", "exp": time.time() + 60}
    good["tenant_id"] = "00000000-0000-0000-0000-000000000001"
    wanted = {name: value for name, value in {**good, **claims}.items() if value is not None}
    return jwt.encode(wanted, secret or stack["jwt_secret"], algorithm="HS256")


def test_a_good_token_is_good(stack: Running) -> None:
    assert stack.gateway(token(stack), "GET", "/rooms/me").status == 404
    assert stack.rest(token(stack), "GET", "/live_rooms").status == 200


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": 1},
        {"exp": None},
        {"secret": "x" * 64},
        {"role": "postgres"},
        {"role": None},
        {"sub": None},
        {"sub": "me"},
        {"tenant_id": "mine"},
        {"aud": "somebody else"},
    ],
)
def test_bad_tokens(stack: Running, claims: dict[str, Any]) -> None:
    bad = token(stack, **claims)
    assert stack.gateway(bad, "GET", "/rooms/me").body == {"ok": False, "error": "UNAUTHENTICATED"}
    refused = stack.rest(bad, "GET", "/live_rooms")
    assert (refused.status, refused.body["code"]) == (401, "PGRST301")


def test_tokens_that_are_none(stack: Running) -> None:
    unsigned = jwt.encode({"sub": str(uuid4()), "role": "service_role", "exp": time.time() + 60}, "", algorithm="none")
    for bad in ("nonsense", "a.b.c", unsigned, stack["anon_key"], stack["service_key"]):
        assert stack.gateway(bad, "GET", "/rooms/me").status == 401
    for bad in ("nonsense", "a.b.c", unsigned):
        refused = stack.rest(bad, "GET", "/live_rooms")
        assert (refused.status, refused.body["code"]) == (401, "PGRST301")
    assert stack.rest(None, "GET", "/live_rooms?select=id", apikey="wrong").status == 401


def attempts(stack: Running, room: str, host: Person, by: Person) -> list[tuple[str, str, Any]]:
    """Everything that somebody who is not the host might try on the tables."""
    session = stack.sql("select id::text from live_room_sessions where room_id = %s", room)[0]["id"]
    return [
        ("PATCH", f"/live_rooms?id=eq.{room}", {"status": "idle", "current_session_id": None}),
        ("PATCH", f"/live_rooms?id=eq.{room}", {"host_user_id": by.user_id}),
        ("PATCH", f"/live_room_sessions?id=eq.{session}", {"status": "ended"}),
        ("PATCH", f"/live_room_sessions?id=eq.{session}", {"room_id": str(uuid4())}),
        ("PATCH", f"/live_room_attendance?user_id=eq.{host.user_id}", {"left_at": moment()}),
        ("PATCH", f"/live_room_attendance?user_id=eq.{by.user_id}", {"role": "host"}),
        ("PATCH", f"/live_room_attendance?user_id=eq.{by.user_id}", {"is_banned": False}),
        ("PATCH", f"/community_live_streams?id=eq.{room}", {"status": "ended"}),
        ("PATCH", f"/app_users?user_id=eq.{host.user_id}", {"display_name": "Mallory"}),
        ("PATCH", f"/app_users?user_id=eq.{by.user_id}", {"live_room_id": room}),
        ("PATCH", f"/app_users?user_id=eq.{by.user_id}", {"tenant_id": str(uuid4())}),
        ("POST", "/live_rooms", {"title": "x", "host_user_id": by.user_id}),
        ("POST", "/live_room_sessions", {"room_id": room, "starts_at": moment(), "status": "ended"}),
        ("POST", "/live_room_attendance", {"live_room_id": room, "session_id": session, "user_id": by.user_id}),
        ("POST", "/community_live_streams", {"id": room, "title": "x", "created_by": by.user_id, "status": "live"}),
        ("POST", "/community_live_streams", {"title": "x", "created_by": by.user_id, "status": "live"}),
        ("POST", "/app_users", {"user_id": str(uuid4()), "display_name": "x"}),
        ("POST", "/rpc/reset_live_room", {"p_room_id": room}),
        ("POST", "/rpc/end_live_room", {"p_room_id": room}),
        *[("DELETE", f"/{table}?created_at=not.is.null", None) for table in TABLES],
    ]


@pytest.mark.parametrize("who", ["guest", "another host", "another tenant", "visitor"])
def test_others_change_nothing_through_the_data_api(stack: Running, who: str) -> None:
    host, room, (guest,) = stack.live(guests=1)
    if who == "another host":
        guest = stack.live("Alan")[0]
    elif who == "another tenant":
        guest = stack.host("Mallory", tenant=str(uuid4()))[0]
    caller = None if who == "visitor" else guest
    everything = {table: stack.sql(f"select * from {table} order by 1") for table in TABLES}
    for method, path, body in attempts(stack, room, host, guest):
        answer = stack.rest(caller, method, path, body, prefer="return=representation")
        harmless = answer.status == 200 and answer.body == []
        assert harmless or answer.status in (401, 403), (method, path, answer)
        assert answer.status != 401 or caller is None
    assert {table: stack.sql(f"select * from {table} order by 1") for table in TABLES} == everything


def test_a_guest_closes_their_own_attendance_once(stack: Running) -> None:
    host, _, (guest,) = stack.live(guests=1)
    path = f"/live_room_attendance?user_id=eq.{guest.user_id}"
    assert stack.rest(guest, "PATCH", path, {"left_at": moment()}, prefer="return=representation").body
    assert stack.rest(guest, "PATCH", path, {"left_at": None}, prefer="return=representation").body == []
    assert stack.rest(host, "PATCH", path, {"left_at": moment()}, prefer="return=representation").body == []


def test_another_tenant_sees_nothing(stack: Running) -> None:
    stack.live(guests=1)
    foreigner = stack.sign_up("Mallory", tenant=str(uuid4()))
    for table in TABLES:
        seen = stack.rest(foreigner, "GET", f"/{table}").body
        assert seen == [] or (table == "app_users" and [row["user_id"] for row in seen] == [foreigner.user_id])


def test_what_visitors_see(stack: Running) -> None:
    host, room, _ = stack.live()
    hidden, elsewhere = stack.host("Alan")
    stack.go_live(hidden, elsewhere, access_level="group")
    never, unlisted = stack.host("Katherine")
    listed = {row["id"] for row in stack.rest(None, "GET", "/community_live_streams").body}
    assert room in listed and elsewhere not in listed
    rooms = stack.rest(None, "GET", "/live_rooms?select=id,title,status,host_user_id").body
    assert {room} <= {row["id"] for row in rooms} and not {elsewhere, unlisted} & {row["id"] for row in rooms}
    people = {row["user_id"] for row in stack.rest(None, "GET", "/app_users?select=user_id,display_name").body}
    assert host.user_id in people and not {hidden.user_id, never.user_id} & people
    for path in (
        "/live_rooms",
        "/app_users",
        "/live_room_sessions",
        "/live_room_attendance",
        "/live_rooms?select=metadata",
    ):
        refused = stack.rest(None, "GET", path)
        assert (refused.status, refused.body["code"]) == (401, "42501")
    stack.gateway(host, "POST", f"/rooms/{room}/end")
    assert stack.rest(None, "GET", f"/live_rooms?select=status&id=eq.{room}").body == [{"status": "idle"}]


def test_the_service_key_passes(stack: Running) -> None:
    host, room, _ = stack.live()
    key = stack["service_key"]
    seen = stack.rest(key, "GET", f"/live_rooms?id=eq.{room}", apikey=key)
    assert [row["id"] for row in seen.body] == [room]
    renamed = stack.rest(key, "PATCH", f"/app_users?user_id=eq.{host.user_id}", {"display_name": "Countess"})
    assert renamed.status == 204
    assert stack.rest(key, "POST", "/rpc/reset_live_room", {"p_room_id": room}).body["changed"]


def test_a_room_points_to_its_own_sessions_only(stack: Running) -> None:
    host, room, _ = stack.live()
    _, other, _ = stack.live("Alan")
    session = stack.sql("select current_session_id::text as id from live_rooms where id = %s", other)[0]["id"]
    refused = stack.rest(host, "PATCH", f"/live_rooms?id=eq.{room}", {"current_session_id": session})
    assert (refused.status, refused.body["code"]) == (403, "42501")


def test_the_schema_refuses_a_second_room(stack: Running) -> None:
    host, _ = stack.host()
    with pytest.raises(Exception, match="unique"):
        stack.sql("insert into live_rooms (title, host_user_id) values ('x', %s)", host.user_id)
    second = stack.rest(stack["service_key"], "POST", "/live_rooms", {"title": "x", "host_user_id": host.user_id})
    assert (second.status, second.body["code"]) == (409, "23505")
