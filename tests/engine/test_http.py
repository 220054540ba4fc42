"""The HTTP driver: what it sends, what it keeps as evidence, what counts as an answer."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler

import pytest

from greenroom.core.redact import HIDDEN
from greenroom.drivers import connection
from greenroom.drivers.answer import Unanswered
from tests.support.http_driver import ask, http_to
from tests.support.http_server import answers, serving


def test_an_answer_is_taken_whatever_its_status() -> None:
    for status in (200, 201, 400, 401, 404, 409, 500):
        with serving(answers(status, {"ok": status < 300})) as server:
            answer, exchange = ask(http_to(server.address))
            assert (answer.status, answer.body, answer.is_json) == (status, {"ok": status < 300}, True)
            assert (exchange.status, exchange.channel, exchange.who) == (status, "gateway", "Ada")


@pytest.mark.parametrize(("status", "connections"), [(200, 1), (409, 1), (500, 2), (503, 2)])
def test_after_a_fault_of_the_server_its_connection_is_not_used_again(status: int, connections: int) -> None:
    """A server may hang up after it, without a word: what is sent just then would be lost."""
    ports: set[int] = set()

    def noted(handler: BaseHTTPRequestHandler) -> None:
        ports.add(handler.client_address[1])
        answers(status)(handler)

    with serving(noted) as server:
        http = http_to(server.address)
        ask(http)
        ask(http)
    assert len(ports) == connections


def test_placeholders_are_filled_in_path_query_headers_and_body() -> None:
    with serving(answers()) as server:
        ask(
            http_to(server.address + "/api/"),
            "POST",
            {"room": "r 1", "title": "Ruhe, bitte – 静", "n": 3},
            path="/rooms/{room}",
            query={"id": "eq.{room}", "key": "{key}"},
            headers={"X-Room": "{room}"},
            json={"title": "{title}", "n": "{n}", "key": "{key}"},
        )
    ((method, path, headers, body),) = server.seen
    assert (method, headers["X-Room"], headers["Content-Type"]) == ("POST", "r 1", "application/json")
    assert path in ("/api/rooms/r 1?id=eq.r+1", "/api/rooms/r%201?id=eq.r+1")
    assert json.loads(body) == {"title": "Ruhe, bitte – 静", "n": 3}


def test_a_body_may_hold_null_however_deep() -> None:
    with serving(answers()) as server:
        http = http_to(server.address)
        ask(http, "PATCH", {"room": "r1"}, json={"patches": [{"of": "{room}", "merge": {"now": "{nothing}"}}]})
    ((_, _, _, body),) = server.seen
    assert json.loads(body) == {"patches": [{"of": "r1", "merge": {"now": None}}]}


def test_ids_are_numbers_in_a_body_where_the_target_says_so() -> None:
    with serving(answers()) as server:
        for ids in ("text", "number"):
            body = {"room": "{room}", "title": "{title}", "all": ["{account}"], "of": "room {room}"}
            values = {"room": "17", "title": "17", "account": "3"}
            ask(http_to(server.address, ids=ids), "POST", values, path="/rooms/{room}", json=body)
    text, number = (json.loads(body) for _, _, _, body in server.seen)
    assert text == {"room": "17", "title": "17", "all": ["3"], "of": "room 17"}
    assert number == {"room": 17, "title": "17", "all": [3], "of": "room 17"}


@pytest.mark.parametrize(("ids", "path"), [("text", "/people/nobody/room"), ("number", "/people/99/room")])
def test_who_is_signed_out_stands_in_a_path_in_the_form_of_an_id(ids: str, path: str) -> None:
    with serving(answers()) as server:
        ask(http_to(server.address, ids=ids), path="/people/{account}/room")
    assert [asked for _, asked, _, _ in server.seen] == [path]


def test_a_form_is_sent_as_a_form() -> None:
    with serving(answers()) as server:
        ask(http_to(server.address), "POST", {"name": "Ada & co"}, form={"who": "{name}", "key": "{key}"})
    ((_, _, headers, body),) = server.seen
    assert headers["Content-Type"] == "application/x-www-form-urlencoded" and body == b"who=Ada+%26+co"


def test_the_user_agent_names_run_and_scenario() -> None:
    with serving(answers()) as server:
        http = http_to(server.address)
        ask(http)
        http.scenario = "features/end.feature:12"
        ask(http)
    assert [headers["User-Agent"] for _, _, headers, _ in server.seen] == [
        "Greenroom/1 (run 20260215-100000-abcd; scenario -)",
        "Greenroom/1 (run 20260215-100000-abcd; scenario features/end.feature:12)",
    ]


def test_secrets_do_not_reach_the_evidence() -> None:
    secret = "correct horse 7"
    with serving(answers(200, {"access_token": "abc", "note": secret}, Set_Cookie="sid=abc; Path=/")) as server:
        answer, exchange = ask(
            http_to(server.address),
            "POST",
            {"password": secret},
            headers={"apikey": "public-key", "Authorization": "Bearer abc"},
            query={"p": "{password}"},
            json={"password": "{password}", "said": "it is {password}"},
        )
    assert secret in server.seen[0][3].decode(), "it was sent"
    assert answer.body["note"] == secret, "it was received"
    kept = exchange.model_dump_json()
    assert secret not in kept and "correct+horse+7" not in kept and "Bearer" not in kept and "sid=abc" not in kept
    assert exchange.request_headers["authorization"] == exchange.response_headers["set-cookie"] == HIDDEN
    assert json.loads(exchange.request_body) == {"password": HIDDEN, "said": f"it is {HIDDEN}"}


def test_cookies_are_handed_over_and_not_shared() -> None:
    with serving(answers(200, {}, Set_Cookie="sid=abc; Path=/"), answers()) as server:
        http = http_to(server.address)
        first, _ = ask(http)
        ask(http)
    assert dict(first.cookies) == {"sid": "abc"}
    assert "Cookie" not in server.seen[1][2]


def test_a_redirect_is_an_answer_and_not_followed() -> None:
    with serving(answers(302, {}, Location="/elsewhere")) as server:
        answer, _ = ask(http_to(server.address))
    assert (answer.status, answer.headers["Location"], len(server.seen)) == (302, "/elsewhere", 1)


@pytest.mark.parametrize("page", ["<!doctype html><title>Sign in</title>", "", "{half"])
def test_what_is_no_json_is_no_json(page: str) -> None:
    with serving(answers(200, page, Content_Type="application/json")) as server:
        answer, exchange = ask(http_to(server.address))
    assert (answer.status, answer.body, answer.is_json, answer.text) == (200, None, False, page)
    assert exchange.response_body == page


def test_null_is_json() -> None:
    with serving(answers(200, "null\n")) as server:
        answer, _ = ask(http_to(server.address))
    assert answer.body is None and answer.is_json


def test_evidence_of_a_long_answer_is_cut_and_the_answer_is_not() -> None:
    with serving(answers(200, {"text": "x" * 100_000})) as server:
        answer, exchange = ask(http_to(server.address))
    assert len(answer.body["text"]) == 100_000 and len(exchange.response_body) <= 20_000


@pytest.mark.parametrize("kept", [0.0, 60.0])
def test_a_connection_that_was_idle_is_not_used_while_the_server_closes_it(
    kept: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server has closed an idle connection when a request is on its way already: it is not carried out."""
    monkeypatch.setattr(connection, "KEPT_SECONDS", kept)
    known: set[object] = set()

    def closes_what_was_idle(handler: BaseHTTPRequestHandler) -> None:
        if handler.connection in known:
            handler.close_connection = True
            return
        known.add(handler.connection)
        answers()(handler)

    with serving(closes_what_was_idle) as server:
        http = http_to(server.address)
        ask(http, "POST")
        if kept:
            with pytest.raises(Unanswered):
                ask(http, "POST")
        else:
            assert ask(http, "POST")[0].status == 200
