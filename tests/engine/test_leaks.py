"""What a refusal gives away is found; innocent refusals are left alone."""

from __future__ import annotations

import pytest

from greenroom.claims.leaks import leaks
from greenroom.core.redact import HIDDEN
from tests.support.samples import build


def found(body: str, status: int | None = 403, **different: str) -> list[str]:
    return [leak.what for leak in leaks([build.exchange("POST", "/rooms/r1/end", status, body, **different)])]


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ('{"error": "SELECT id FROM live_rooms WHERE id = $1"}', "SQL"),
        ('{"query": "select code, message from live.end_room($1)"}', "SQL"),
        ("select id from rooms where id = $1", "SQL"),
        ("select live.end_room($1)", "SQL"),
        ("insert into live_rooms values (1)", "SQL"),
        ("UPDATE live_rooms SET status", "SQL"),
        ("delete from live_rooms", "SQL"),
        ('syntax error at or near "where"', "SQL"),
        ("psycopg.errors.UniqueViolation", "a database's own words"),
        ("SQLSTATE 23505", "a database's own words"),
        ("new row violates check constraint", "a database's own words"),
        ("Traceback (most recent call last):", "a stack"),
        ('File "app.py", line 12', "a stack"),
        ("Error: no\n    at end (index.js:12:7)", "a stack"),
        ('{"stack": "Error: no\\n    at end (index.js:12:7)"}', "a stack"),
        ('{"stack": "File \\"app.py\\", line 12"}', "a stack"),
        ("cannot open /srv/app/settings", "a path"),
        ('{"message": "/home/gateway/live.ts"}', "a path"),
        (f'{{"key": "{HIDDEN}"}}', "a secret"),
    ],
)
def test_each_sign_is_found(body: str, what: str) -> None:
    assert what in found(body)
    assert what in found(body, 500)


@pytest.mark.parametrize(
    "body",
    [
        '{"ok": false, "error": "NOT_HOST", "message": "Only the host can end this room."}',
        '{"ok": false, "error": "ROOM_NOT_FOUND"}',
        '{"message": "select a title and update your room, then insert a coin from your pocket"}',
        '{"message": "Please select one from the list."}',
        '{"message": "A guest can not delete from this room."}',
        '{"message": "see https://example.org/home/help or /rooms/me"}',
        '{"details": [{"path": "/title", "message": "too long, at most 100 letters"}]}',
        '{"message": "there was an error in line 12 of the form"}',
        "",
    ],
)
def test_an_innocent_refusal(body: str) -> None:
    assert found(body) == []


def test_only_refusals_of_the_target_itself_are_looked_at() -> None:
    body = "Traceback (most recent call last):"
    assert found(body, 200) == found(body, None) == found(body, 503, fault="answers 503") == []


def test_a_leak_says_what_and_where() -> None:
    (leak,) = leaks([build.exchange("GET", "/rooms/me", 404, f"at /srv/{'x' * 200}")])
    assert leak.what == "a path" and leak.text.startswith("/srv/xxx") and len(leak.text) <= 120
    assert leak.exchange.url.endswith("/rooms/me")


def test_headers_give_away_as_well() -> None:
    told = {"X-Debug-Query": "select live.end_room($1)", "Set-Cookie": HIDDEN, "Link": "</app/style.css>"}
    refusal = build.exchange("POST", "/rooms/r1/end", 403, "{}").model_copy(update={"response_headers": told})
    assert [leak.what for leak in leaks([refusal])] == ["SQL"]


def test_a_refusal_with_the_status_of_a_success_gives_nothing_away_either() -> None:
    said = build.exchange(
        "POST", "/rpc", 200, '{"error": {"message": "PL/pgSQL function live.end_room() line 7 at RAISE"}}'
    )
    assert not leaks([said])
    assert [leak.what for leak in leaks([said], lambda exchange: "error" in exchange.response_body)] == [
        "a database's own words"
    ]
