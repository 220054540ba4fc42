"""What an operation's answer means: carried out, refused in the target's words, or broken."""

from __future__ import annotations

import json
from typing import Any

import pytest

from greenroom.core.errors import BrokenPromise, NotApplicable
from greenroom.core.redact import Redactor
from greenroom.drivers.account import Account
from greenroom.drivers.gateway import Gateway
from greenroom.drivers.http import Http
from greenroom.drivers.outcome import Broke, CarriedOut, Outcome, Refused
from greenroom.record.evidence import Evidence
from greenroom.targetfile.model import Target
from tests.support.http_server import Server, answers, serving

ADA = Account("ada", "Ada", token="opaque", cookies={"sid": "1"})


def gateway(server: Server) -> Gateway:
    target = Target.model_validate(
        {
            "name": "some",
            "environment": "disposable",
            "addresses": {"gateway": server.address},
            "people": {"source": "api"},
            "operations": {
                "end": {
                    "path": "/rooms/{room}/end",
                    "json": {"by": "{account}"},
                    "answer": {"status": "room.status", "session_or_none": "room.session"},
                    "refusals": {
                        "not_host": {"status": 403, "code": "NOT_HOST"},
                        "not_live": {"status": 409, "code": "INVALID_STATE"},
                        "malformed": {"status": 400},
                    },
                }
            },
        }
    )
    return Gateway(target, Http(target, "run"), Evidence(Redactor()))


def outcome(status: int, body: Any, who: Account | None = ADA) -> Outcome:
    with serving(answers(status, body)) as server:
        return gateway(server).attempt("end", who, room="r1")


def test_carried_out_with_what_the_answer_says() -> None:
    found = outcome(200, {"room": {"status": "idle"}})
    assert isinstance(found, CarriedOut) and found.answer == {"status": "idle", "session_or_none": None}


@pytest.mark.parametrize(
    ("status", "code", "name"),
    [
        (403, "NOT_HOST", "not_host"),
        (409, "INVALID_STATE", "not_live"),
        (400, "WHATEVER", "malformed"),
        (403, "OTHER", ""),
        (409, "NOT_HOST", ""),
        (404, "NOT_HOST", ""),
    ],
)
def test_a_refusal_is_known_by_status_and_code(status: int, code: str, name: str) -> None:
    found = outcome(status, {"ok": False, "error": code})
    assert isinstance(found, Refused) and (found.name, found.status, found.code) == (name, status, code)


def test_a_refusal_whose_json_has_no_code_is_none_of_those_with_one() -> None:
    found = outcome(403, {"detail": "Forbidden"})
    assert isinstance(found, Refused) and (found.name, found.code) == ("", "")


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (500, {"error": "INTERNAL"}, "answered 500"),
        (503, {"error": "BUSY"}, "answered 503"),
        (302, {}, "answered 302"),
        (200, {"ok": True}, "answered 200 without 'status'"),
    ],
)
def test_what_is_neither_broke(status: int, body: Any, why: str) -> None:
    found = outcome(status, body)
    assert isinstance(found, Broke) and found.why == why


def test_what_must_be_carried_out_is_a_promise() -> None:
    with serving(answers(409, {"error": "INVALID_STATE"})) as server, pytest.raises(BrokenPromise) as broken:
        gateway(server).must("end", ADA, room="r1")
    expected = "expected that the operation end is carried out, found: refused: 409 INVALID_STATE\n"
    assert str(broken.value).startswith(expected)


def test_an_operation_that_the_target_does_not_describe_is_not_applicable() -> None:
    with serving(answers()) as server:
        assert not gateway(server).offers("cancel")
        with pytest.raises(NotApplicable, match="describes no operation 'cancel'"):
            gateway(server).attempt("cancel", ADA)
    assert server.seen == []


def test_a_person_is_known_by_their_headers_and_nobody_by_none() -> None:
    with serving(answers(200, {"room": {"status": "idle"}})) as server:
        gateway(server).attempt("end", ADA, room="r1")
        gateway(server).attempt("end", None, room="r1")
    (_, path, mine, body), (_, _, nobodys, nothing) = server.seen
    assert (path, mine["Authorization"], body) == ("/rooms/r1/end", "Bearer opaque", b'{"by": "ada"}')
    assert "Authorization" not in nobodys and nothing == b"{}"
    assert "Cookie" not in mine, "the target does not sign in by cookies"


def test_what_a_signed_out_person_can_not_say_is_left_out() -> None:
    """Their own id is in the path of some routes and in the query of others, where it made a fault of ours."""
    operation = {
        "path": "/hosts/{account}/end",
        "query": {"by": "eq.{account}", "room": "{room}"},
        "headers": {"X-Token": "Own {token}"},
        "json": {"by": "host {account}"},
        "refusals": {"unauthenticated": {"status": 401}},
    }
    with serving(answers(401, {"ok": False})) as server:
        told = {"name": "some", "environment": "disposable", "addresses": {"gateway": server.address}}
        target = Target.model_validate({**told, "people": {"source": "api"}, "operations": {"end": operation}})
        found = Gateway(target, Http(target, "run"), Evidence(Redactor())).attempt("end", None, room="r1")
    ((_, path, headers, body),) = server.seen
    assert isinstance(found, Refused) and found.name == "unauthenticated"
    assert (path, body) == ("/hosts/nobody/end?room=r1", b"{}")
    assert "X-Token" not in headers


def refusing(*answered: Any, refusal: dict[str, Any], **told: Any) -> Outcome:
    """What comes of an operation with this refusal `no`, answered so: status, body, headers."""
    status, body, headers = (*answered, {})[:3]
    with serving(answers(status, body, **headers)) as server:
        about = {"name": "some", "environment": "disposable", "addresses": {"gateway": server.address}}
        operation = {"path": "/end", "json": {}, "success": [200, 204], "refusals": {"no": refusal}}
        given = {**about, "people": {"source": "api"}, "operations": {"end": operation}, **told}
        target = Target.model_validate(given)
        return Gateway(target, Http(target, "run"), Evidence(Redactor())).attempt("end", ADA)


NO_ROW = {"status": 200, "when": "length(@) == `0`"}


@pytest.mark.parametrize(
    ("refusal", "body"),
    [
        (NO_ROW, "[]"),
        ({"status": 200, "when": "!ok"}, '{"ok": false}'),
        ({"status": 200, "when": "errors"}, {"data": None, "errors": [{"message": "no"}]}),
        ({"status": 200, "when": "reason"}, {"reason": "not the host"}),
        ({"status": 200, "code": "NO"}, {"error": "NO"}),
    ],
)
def test_a_refusal_may_have_the_status_of_a_success(refusal: dict[str, Any], body: Any) -> None:
    found = refusing(200, body, refusal=refusal)
    assert isinstance(found, Refused) and (found.name, found.status) == ("no", 200)


@pytest.mark.parametrize(
    ("refusal", "body"),
    [
        (NO_ROW, '[{"id": 1}]'),
        ({"status": 200, "when": "!ok"}, {"ok": True}),
        ({"status": 200}, {"error": "NO"}),
        ({"status": 200, "when": "errors"}, {"errors": []}),
        ({"status": 200, "when": "errors"}, {"errors": None}),
        ({"status": 200, "when": "errors"}, {"data": {}}),
    ],
)
def test_a_success_stays_one(refusal: dict[str, Any], body: Any) -> None:
    assert isinstance(refusing(200, body, refusal=refusal), CarriedOut)


def test_a_code_may_stand_in_a_header_and_the_body_be_empty() -> None:
    header = {"X_Error_Code": "NOT_HOST"}
    found = refusing(403, " ", header, refusal={"status": 403, "code": "NOT_HOST"}, error_header="x-error-code")
    assert isinstance(found, Refused) and (found.name, found.code) == ("no", "NOT_HOST")
    other = refusing(
        403, {"error": "NOT_HOST"}, refusal={"status": 403, "code": "NOT_HOST"}, error_header="x-error-code"
    )
    assert isinstance(other, Refused) and (other.name, other.code) == ("", "")


def test_refusals_that_are_answered_alike_are_each_of_them_and_a_code_tells_one() -> None:
    refusals = {"not_host": {"status": 409}, "not_live": {"status": 409}, "not_found": {"status": 409, "code": "NONE"}}
    for body, names in (({"ok": False}, {"not_host", "not_live"}), ({"error": "NONE"}, {"not_found"})):
        with serving(answers(409, body)) as server:
            told = {"name": "some", "environment": "disposable", "addresses": {"gateway": server.address}}
            operation = {"path": "/end", "refusals": refusals}
            target = Target.model_validate({**told, "people": {"source": "api"}, "operations": {"end": operation}})
            found = Gateway(target, Http(target, "run"), Evidence(Redactor())).attempt("end", ADA)
        assert isinstance(found, Refused) and found.names == names


def test_a_route_may_take_the_id_of_the_rooms_session() -> None:
    with serving(answers(200, {})) as server:
        told = {"name": "some", "environment": "disposable", "addresses": {"gateway": server.address}}
        operations = {"end": {"path": "/sessions/{session}/end"}, "join": {"path": "/rooms/{room}/join"}}
        target = Target.model_validate({**told, "people": {"source": "api"}, "operations": operations})
        driver = Gateway(target, Http(target, "run"), Evidence(Redactor()))
        driver.session_of = {"r1": "s1", "r2": ""}.__getitem__
        driver.attempt("end", ADA, room="r1")
        driver.attempt("join", ADA, room="r2")
        with pytest.raises(NotApplicable, match="takes a session's id"):
            driver.attempt("end", ADA, room="r2")
    assert [path for _, path, _, _ in server.seen] == ["/sessions/s1/end", "/rooms/r2/join"]


def test_whoever_leaves_may_be_named_by_what_coming_in_gave_and_a_guest_by_both() -> None:
    with serving(answers(200, {"visit": "v7"}), answers(200, {})) as server:
        told = {"name": "some", "environment": "disposable", "addresses": {"gateway": server.address}}
        operations = {
            "join": {"path": "/visits", "json": {"room": "{room}"}, "answer": {"guest": "visit"}},
            "leave": {"method": "DELETE", "path": "/visits/{guest}"},
            "ban": {"path": "/bans", "json": {"visit": "{guest}", "who": "{guest_account}"}},
        }
        target = Target.model_validate({**told, "people": {"source": "api"}, "operations": operations})
        driver = Gateway(target, Http(target, "run"), Evidence(Redactor()))
        driver.attempt("join", ADA, room="r1")
        driver.attempt("leave", ADA, room="r1")
        driver.attempt("leave", Account("ada", "Mallory", token="another"), room="r1")
        driver.attempt("ban", Account("eve", "Eve", token="host"), room="r1", guest="ada")
        with pytest.raises(NotApplicable, match="this one has none"):
            driver.attempt("leave", Account("eve", "Eve"), room="r1")
    assert [path for _, path, _, _ in server.seen] == ["/visits", "/visits/v7", "/visits/v7", "/bans"]
    assert json.loads(server.seen[-1][3]) == {"visit": "v7", "who": "ada"}


def test_where_coming_in_gives_no_id_whoever_leaves_is_their_account() -> None:
    with serving(answers(200, {})) as server:
        told = {"name": "some", "environment": "disposable", "addresses": {"gateway": server.address}}
        operations = {"leave": {"path": "/rooms/{room}/guests/{guest}/leave"}}
        target = Target.model_validate({**told, "people": {"source": "api"}, "operations": operations})
        Gateway(target, Http(target, "run"), Evidence(Redactor())).attempt("leave", ADA, room="r1")
    assert [path for _, path, _, _ in server.seen] == ["/rooms/r1/guests/ada/leave"]


def test_what_refuses_with_a_200_need_not_be_listed() -> None:
    found = refusing(200, '{"ok": false, "error": "OTHER"}', refusal={"status": 200, "code": "NO"}, refused_when="!ok")
    assert isinstance(found, Refused) and (found.name, found.code) == ("", "OTHER")
    asked: dict[str, Any] = {"refusal": {"status": 200, "code": "NO"}, "refused_when": "errors"}
    found = refusing(200, {"data": None, "errors": [{"message": "no"}]}, **asked)
    assert isinstance(found, Refused) and found.name == ""
    went = refusing(200, {"ok": True}, refusal={"status": 200, "code": "NO"}, refused_when="!ok")
    assert isinstance(went, CarriedOut)


def test_another_services_answers_are_no_refusals_for_saying_nothing_of_ok() -> None:
    with serving(answers(200, [{"id": 1}])) as server:
        told = {
            "name": "some",
            "environment": "disposable",
            "addresses": {"gateway": server.address, "data": server.address},
        }
        operations = {"reset": {"service": "data", "path": "/rpc/reset"}, "end": {"path": "/end"}}
        target = Target.model_validate(
            {**told, "people": {"source": "api"}, "refused_when": "!ok", "operations": operations}
        )
        driver = Gateway(target, Http(target, "run"), Evidence(Redactor()))
        assert isinstance(driver.attempt("reset", ADA), CarriedOut)
        assert isinstance(driver.attempt("end", ADA), Refused)


@pytest.mark.parametrize(("status", "code", "expected"), [(502, "NOT_HOST", "not_host"), (409, "NOT_HOST", "")])
def test_a_code_says_the_same_in_every_operation_of_a_service(status: int, code: str, expected: str) -> None:
    with serving(answers(status, {"error": code})) as server:
        told = {"name": "some", "environment": "disposable", "addresses": {"gateway": server.address}}
        refusals = {"not_host": {"status": 502, "code": "NOT_HOST"}}
        operations = {"end": {"path": "/end", "refusals": refusals}, "cancel": {"path": "/cancel"}}
        target = Target.model_validate({**told, "people": {"source": "api"}, "operations": operations})
        found = Gateway(target, Http(target, "run"), Evidence(Redactor())).attempt("cancel", ADA)
    assert isinstance(found, Refused) and found.name == expected
