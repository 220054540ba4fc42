"""What a page has sent is sent again by somebody else: with their proof, of the session that is on, else the same."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from greenroom.drivers.web.page_writes import PageWrite, PageWrites

HEADERS = (("apikey", "key"), ("authorization", "Bearer hers"), ("content-type", "application/json"), ("origin", "x"))


def test_a_json_request_without_its_proof() -> None:
    write = PageWrite("data_api", "PATCH", "/sessions?id=eq.old", HEADERS, '{"session": "old", "n": 1}')
    operation = write.operation({"Authorization": "Bearer hers"}, {"old": "new"})
    assert (operation.service, operation.method, operation.path) == ("data_api", "PATCH", "/sessions?id=eq.new")
    assert operation.json_ == {"session": "new", "n": 1}
    assert operation.headers == {"apikey": "key", "content-type": "application/json"}
    assert write.words == "PATCH /sessions"


def test_a_form() -> None:
    headers = (("content-type", "application/x-www-form-urlencoded"), ("cookie", "sid=1"))
    operation = PageWrite("web", "POST", "/end", headers, "room=7&why=").operation({}, {})
    assert operation.form == {"room": "7", "why": ""} and operation.json_ is None
    assert "cookie" not in operation.headers


def test_whoever_sends_it_again_has_a_csrf_token_of_their_own() -> None:
    form = (("content-type", "application/x-www-form-urlencoded"),)
    assert PageWrite("web", "POST", "/end", form, "t=hers&room=7").operation({}, {}, "t").form == {
        "t": "{csrf}",
        "room": "7",
    }
    operation = PageWrite("api", "POST", "/end", HEADERS, '{"t": "hers", "room": 7}').operation({}, {}, "t")
    assert operation.json_ == {"t": "{csrf}", "room": 7}
    assert PageWrite("api", "POST", "/end", HEADERS, '{"room": 7}').operation({}, {}, "t").json_ == {"room": 7}


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ('{"id": 1, "method": "end", "room": "r1"}', '{"id": 2, "method": "end", "room": "r2"}', True),
        ('{"id": 1, "method": "end", "room": "r1"}', '{"id": 2, "method": "reset", "room": "r1"}', False),
        ('{"data": [{"stage": "over"}]}', '{"data": [{"stage": "quiet"}]}', False),
        ('{"at": null, "on": true}', '{"at": null, "on": false}', False),
        ("do=end&room=7", "do=end&room=8", True),
        ("do=end&room=7", "do=reset&room=7", False),
        ("", "", True),
    ],
)
def test_one_route_may_do_several_deeds(first: str, second: str, same: bool) -> None:
    deeds = [PageWrite("gateway", "POST", "/rpc", HEADERS, body).deed for body in (first, second)]
    assert (deeds[0] == deeds[1]) is same


def test_no_body() -> None:
    operation = PageWrite("gateway", "POST", "/rooms/7/end", HEADERS, "").operation({"Authorization": ""}, {})
    assert operation.json_ is None and operation.form is None


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/rooms/7/end", "/rooms/7/end"),
        ("/sessions/7/end", "/sessions/12/end"),
        ("/live_sessions?id=eq.7&room=eq.7", "/live_sessions?id=eq.12&room=eq.7"),
        ("/visits?session_id=eq.7", "/visits?session_id=eq.12"),
        ("/sessions/71/end", "/sessions/71/end"),
    ],
)
def test_a_number_is_a_session_where_one_is_spoken_of(path: str, expected: str) -> None:
    assert PageWrite("api", "POST", path, HEADERS, "").operation({}, {"7": "12"}).path == expected


def test_a_number_in_a_body_that_is_no_session_stays() -> None:
    body = '{"room": 7, "sessionId": 7, "capacity": 7, "session_id": "7", "at": "07:07"}'
    sent = PageWrite("api", "POST", "/end", HEADERS, body).operation({}, {"7": "12"})
    assert sent.json_ == {"room": 7, "sessionId": 12, "capacity": 7, "session_id": "12", "at": "07:07"}


def test_a_page_of_somebody_else_sends_their_cookies_also_where_a_header_has_one() -> None:
    headers = (("content-type", "application/json"), ("x-seal", "seal-of-hers"), ("x-kind", "short"))
    write = PageWrite("web", "PUT", "/bff/rooms/7/phase", headers, '{"phase": "0"}')
    hers, theirs = {"sid": "1", "seal": "seal-of-hers", "kind": "short"}, {"sid": "2", "seal": "seal-of-theirs"}
    operation = write.of_cookies(hers).with_cookies(theirs).operation({"Authorization": "Bearer x"}, {})
    assert operation.headers == {
        "content-type": "application/json",
        "x-seal": "seal-of-theirs",
        "x-kind": "short",
        "Cookie": "sid=2; seal=seal-of-theirs",
    }


def test_moments_that_have_passed_are_those_of_whoever_sends_it() -> None:
    json_ = (("content-type", "application/json"),)
    body = '{"left_at": "2026-01-02T03:04:05.678Z", "ends_at": "2999-01-02T03:04:05+02:00", "day": "2026-01-02"}'
    path = "/live_rooms?started_at=lt.2026-01-02T03%3A04%3A05.678%2B00%3A00"
    sent = PageWrite("data_api", "PATCH", path, json_, body).operation({}, {})
    assert "2026-01-02T03" not in f"{sent.json_} {sent.path}" and sent.path.endswith("Z") and "%3A" in sent.path
    assert (sent.json_["ends_at"], sent.json_["day"]) == ("2999-01-02T03:04:05+02:00", "2026-01-02")


def test_what_signs_somebody_in_is_no_write_of_a_page() -> None:
    """Whoever sent it again would be signed in as the host."""
    sends: list[Any] = []
    context = SimpleNamespace(on=lambda _, hears: sends.append(hears))
    target = SimpleNamespace(addresses={"web": "http://127.0.0.1:1"})
    writes = PageWrites(cast(Any, target), cast(Any, context))
    request = SimpleNamespace(method="POST", headers={}, post_data="", service_worker=None)
    with writes.left_out():
        sends[0](SimpleNamespace(**vars(request), url="http://127.0.0.1:1/sign-in"))
    sends[0](SimpleNamespace(**vars(request), url="http://127.0.0.1:1/rooms/1/end"))
    assert [write.words for write in writes.sent] == ["POST /rooms/1/end"]
