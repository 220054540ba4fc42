"""The gateway's contract: what each route answers, and what it refuses."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
import requests

from tests.support.running_reference import Running, moment

ROUTES = [
    ("GET", "/rooms/me"),
    ("POST", "/rooms"),
    ("GET", "/rooms/{room}/state"),
    ("GET", "/rooms/{room}/sessions"),
    ("POST", "/rooms/{room}/sessions"),
    ("POST", "/rooms/{room}/end"),
    ("POST", "/rooms/{room}/cancel"),
    ("POST", "/rooms/{room}/open-lobby"),
    ("POST", "/rooms/{room}/join"),
    ("POST", "/rooms/{room}/leave"),
    ("POST", "/rooms/{room}/disconnect"),
    ("POST", "/rooms/{room}/host-present"),
    ("POST", "/rooms/{room}/host-absent"),
    ("GET", "/rooms/{room}/lobby"),
    ("POST", "/rooms/{room}/admit"),
    ("POST", "/rooms/{room}/admit-all"),
    ("POST", "/rooms/{room}/reject"),
    ("POST", "/rooms/{room}/kick"),
    ("POST", "/rooms/{room}/ban"),
]
OF_A_ROOM = [row for row in ROUTES if "{room}" in row[1]]
HOST_ONLY = [row for row in OF_A_ROOM if not row[1].endswith(("/state", "/join", "/leave", "/disconnect"))]
HOST_ONLY.remove(("GET", "/rooms/{room}/sessions"))


def body_for(path: str, user_id: str) -> dict[str, str] | None:
    if path.endswith("/sessions"):
        return {"starts_at": moment()}
    return {"user_id": user_id} if path.endswith(("/admit", "/reject", "/kick", "/ban")) else None


def test_nobody_gets_in_without_a_token(stack: Running) -> None:
    for method, path in ROUTES:
        answer = stack.gateway(None, method, path.format(room=uuid4()), {})
        assert (answer.status, answer.body) == (401, {"ok": False, "error": "UNAUTHENTICATED"}), path


def test_unknown_rooms_and_malformed_ids(stack: Running) -> None:
    ada = stack.sign_up("Ada")
    for method, path in OF_A_ROOM:
        body = body_for(path, ada.user_id)
        unknown = stack.gateway(ada, method, path.format(room=uuid4()), body)
        assert (unknown.status, unknown.error) == (404, "ROOM_NOT_FOUND"), path
        malformed = stack.gateway(ada, method, path.format(room="not-a-uuid"), body)
        assert (malformed.status, malformed.error) == (400, "INVALID_ID"), path


def test_a_stranger_is_refused_and_nothing_changes(stack: Running) -> None:
    _, room, (guest,) = stack.live(guests=1)
    before = stack.rows(room)
    for method, path in HOST_ONLY:
        answer = stack.gateway(guest, method, path.format(room=room), body_for(path, guest.user_id))
        assert (answer.status, answer.error) == (403, "NOT_HOST"), path
        assert stack.rows(room) == before, path


def test_another_tenants_room_does_not_exist(stack: Running) -> None:
    _, room, _ = stack.live()
    before = stack.rows(room)
    foreigner = stack.sign_up("Mallory", tenant=str(uuid4()))
    for method, path in OF_A_ROOM:
        answer = stack.gateway(foreigner, method, path.format(room=room), body_for(path, foreigner.user_id))
        assert (answer.status, answer.error) == (404, "ROOM_NOT_FOUND"), path
        assert stack.rows(room) == before, path


def test_ones_room(stack: Running) -> None:
    ada = stack.sign_up("Ada")
    assert stack.gateway(ada, "GET", "/rooms/me").error == "NO_ROOM"
    made = stack.gateway(ada, "POST", "/rooms", {"title": "Ada's room", "topic_keys": ["Music"]})
    assert made.status == 201 and made.body["room"]["status"] == "idle"
    again = stack.gateway(ada, "POST", "/rooms", {"title": "Another"})
    assert again.status == 200 and again.body["room"] == made.body["room"]
    mine = stack.gateway(ada, "GET", "/rooms/me")
    assert mine.status == 200 and mine.body["room"]["id"] == made.body["room"]["id"]
    assert mine.body["session"] is None
    linked = stack.sql("select live_room_id::text from app_users where user_id = %s", ada.user_id)
    assert linked == [{"live_room_id": made.body["room"]["id"]}]


def test_going_live_and_the_state(stack: Running) -> None:
    host, room, (guest,) = stack.live(guests=1)
    state = stack.gateway(guest, "GET", f"/rooms/{room}/state").body
    assert state["ok"] and state["room"]["status"] == "live" and state["room"]["host_user_id"] == host.user_id
    assert state["session"]["id"] == state["room"]["current_session_id"]
    assert state["session"]["session_title"] == "Ada live"
    assert state["counts"] == {"lobby_waiting": 0, "in_room": 2}
    assert state["viewer"] == {"role": "guest", "lobby_status": "admitted", "is_banned": False}
    assert stack.gateway(host, "GET", f"/rooms/{room}/state").body["viewer"]["role"] == "host"
    stranger = stack.sign_up("Mallory")
    assert stack.gateway(stranger, "GET", f"/rooms/{room}/state").body["viewer"] is None


def test_sessions_come_newest_first(stack: Running) -> None:
    host, room = stack.host()
    made = []
    for _ in range(3):
        made.append(stack.go_live(host, room).body["session_id"])
        stack.gateway(host, "POST", f"/rooms/{room}/end")
    listed = stack.gateway(host, "GET", f"/rooms/{room}/sessions").body["sessions"]
    assert [session["id"] for session in listed] == made[::-1]


BROKEN: list[dict[str, object]] = [
    {"starts_at": None},
    {"starts_at": "yesterday"},
    {"starts_at": "2026-01-01T00:00:00"},
    {"starts_at": 1},
    {"starts_at": "0001-01-01T00:00:00+14:00"},
    {"session_title": ""},
    {"session_title": "x" * 201},
    {"session_title": 7},
    {"session_title": "a\0b"},
    {"metadata": {"a": "\0"}},
    {"topic_keys": "Music"},
    {"access_level": "secret"},
    {"auto_admit": "yes"},
    {"lobby_buffer_minutes": -1},
    {"max_participants": 0},
    {"ends_at": "2020-01-01T00:00:00Z"},
    {"idempotency_key": ""},
]


def test_a_session_that_breaks_the_schema(stack: Running) -> None:
    host, room = stack.host()
    before = stack.rows(room)
    for change in BROKEN:
        answer = stack.go_live(host, room, **change)
        assert (answer.status, answer.error) == (400, "VALIDATION_ERROR"), change
        assert answer.body["details"] and stack.rows(room) == before


@pytest.mark.parametrize("raw", [b"{", b"[1]", b"null", b'"x"', b'{"a": NaN}', b'{"title": "\\ud800"}', b"\xff", b""])
def test_a_body_that_is_no_object(stack: Running, raw: bytes) -> None:
    ada = stack.sign_up("Ada")
    headers = {"Authorization": f"Bearer {ada.token}", "Content-Type": "application/json"}
    answer = requests.post(stack["gateway"] + "/rooms", raw, headers=headers, timeout=5)
    assert answer.status_code == 400 and answer.json()["error"] == "VALIDATION_ERROR"


def test_a_body_that_is_too_large(stack: Running) -> None:
    host, room = stack.host()
    answer = stack.go_live(host, room, metadata={"a": "x" * 70_000})
    assert (answer.status, answer.error) == (413, "BODY_TOO_LARGE")


@pytest.mark.parametrize(
    "title", ["\"q\" 's' \\", "🎶👩‍👩‍👧", "مرحبا بالعالم", "<b onclick=x>hi</b>", " x ", "x" * 200]
)
def test_titles_are_kept_as_written(stack: Running, title: str) -> None:
    host, room = stack.host()
    assert stack.go_live(host, room, session_title=title).status == 201
    assert stack.gateway(host, "GET", f"/rooms/{room}/state").body["session"]["session_title"] == title
    assert stack.rest(host, "GET", f"/community_live_streams?id=eq.{room}").body[0]["title"] == title


def test_health_and_unknown_routes(stack: Running) -> None:
    for part in ("gateway", "data_api", "auth", "web"):
        assert requests.get(stack[part] + "/health", timeout=5).status_code == 200
        origin = "/".join(stack[part].split("/")[:3])
        assert requests.get(origin + "/health", timeout=5).status_code == 200
    ada = stack.sign_up("Ada")
    assert stack.gateway(ada, "GET", "/nothing").body == {"ok": False, "error": "NOT_FOUND"}
    assert stack.gateway(ada, "DELETE", "/rooms").body == {"ok": False, "error": "METHOD_NOT_ALLOWED"}


def test_any_page_may_call(stack: Running) -> None:
    headers = {
        "Origin": "http://elsewhere.test",
        "Access-Control-Request-Method": "PATCH",
        "Access-Control-Request-Headers": "authorization,apikey,content-type,prefer",
    }
    for part in ("gateway", "data_api", "auth"):
        answer = requests.options(stack[part] + "/anything", headers=headers, timeout=5)
        assert answer.status_code == 200
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["access-control-max-age"] == "600"
        assert "PATCH" in answer.headers["access-control-allow-methods"]


def test_the_log_tells_the_story(stack: Running) -> None:
    host, room = stack.host()
    session = stack.go_live(host, room).body["session_id"]
    stack.gateway(host, "POST", f"/rooms/{room}/end")
    lines = Path(stack["gateway_log"]).read_text("utf-8").splitlines()
    created = next(at for at, line in enumerate(lines) if line.endswith(f"[VTID-01228] Session created: {session}"))
    assert lines[created + 1].endswith("[VTID-01228] Synced session to community_live_streams")
    assert (
        f"POST /api/v1/live/rooms/{room}/sessions 201" in lines[created + 2] and "reference-tests" in lines[created + 2]
    )
    assert lines[created + 3].endswith(f"[VTID-01228] Room ended: {room}")
    assert lines[created + 4].endswith("[VTID-01228] Synced session to community_live_streams")
