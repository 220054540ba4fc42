"""An HTML page in place of JSON means that the target is unavailable, though its status is 200: a proxy answered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from greenroom.core.errors import TargetUnavailable
from greenroom.core.redact import Redactor
from greenroom.doctor.examine import examine
from greenroom.doctor.finding import Condition
from greenroom.drivers.gateway import Gateway
from greenroom.drivers.http import Http
from greenroom.drivers.outcome import Broke, CarriedOut, Outcome, Refused
from greenroom.people.accounts import Accounts
from greenroom.record.evidence import Evidence
from greenroom.scenario.worker import Worker
from greenroom.targetfile.load import read_target
from greenroom.targetfile.model import Target
from tests.support.http_server import Server, answers, serving

PAGE = "<!doctype html>\n<html><title>Back soon</title><p>We are working on it.</p></html>"
HTML = {"Content_Type": "text/html; charset=utf-8"}

GO_LIVE = {"path": "/rooms/{room}/sessions", "answer": {"session": "session_id"}}
END = {"path": "/rooms/{room}/end"}


def target(server: Server, **operations: Any) -> Target:
    return Target.model_validate(
        {
            "name": "some",
            "environment": "disposable",
            "addresses": {"gateway": server.address, "web": server.address},
            "people": {"source": "api", "request": {"path": "/people", "answer": {"account": "id"}}},
            "operations": operations,
        }
    )


def outcome(server: Server, operation: str, **operations: Any) -> Outcome:
    described = target(server, **operations)
    return Gateway(described, Http(described, "run"), Evidence(Redactor())).attempt(operation, None, room="r1")


@pytest.mark.parametrize(
    ("page", "headers"),
    [
        (PAGE, HTML),
        (PAGE, {}),
        ("\ufeff\n<!-- cached -->\n<HTML><body>Sign in</body></HTML>", {}),
        ('<?xml version="1.0"?><html xml:lang="en"/>', {"Content_Type": "application/xhtml+xml"}),
        ("<h1>Maintenance</h1>", HTML),
        ("We are back soon.<br>Sorry!", HTML),
    ],
)
@pytest.mark.parametrize("status", [200, 202])
def test_a_page_carries_nothing_out(page: str, headers: dict[str, str], status: int) -> None:
    with serving(answers(status, page, **headers)) as server, pytest.raises(TargetUnavailable) as unclear:
        outcome(server, "end", go_live=GO_LIVE, end=END)
    error = unclear.value
    assert error.cause == "html-page" and "html = true" in error.hint
    assert error.message == (
        f"gateway answered {status} with an HTML page where JSON was due: POST {server.address}/rooms/r1/end"
    )


def test_a_page_is_no_answer_without_words_either() -> None:
    with serving(answers(200, PAGE, **HTML)) as server, pytest.raises(TargetUnavailable, match="an HTML page"):
        outcome(server, "go_live", go_live=GO_LIVE)


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/x", "json": {"title": "{title}"}},
        {"path": "/x", "refusals": {"not_host": {"status": 403, "code": "NOT_HOST"}}},
    ],
)
def test_json_is_due_where_the_service_is_told_or_says_json(other: dict[str, Any]) -> None:
    with serving(answers(200, PAGE, **HTML)) as server:
        page = {"service": "web"}
        with pytest.raises(TargetUnavailable):
            outcome(server, "end", end=END | page, cancel=other | page)
        assert isinstance(outcome(server, "end", end=END | page, cancel=other), CarriedOut), "another service's"


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (204, "", {}),
        (200, "", HTML),
        (200, "OK", HTML),
        (200, '{"ok": true}', HTML),
        (200, "<room><status>idle</status></room>", {"Content_Type": "application/xml"}),
    ],
)
def test_what_is_no_page_stays_an_answer(status: int, body: str, headers: dict[str, str]) -> None:
    with serving(answers(status, body, **headers)) as server:
        assert isinstance(outcome(server, "end", go_live=GO_LIVE, end=END | {"success": [200, 204]}), CarriedOut)


def test_a_form_gets_a_page_or_is_sent_on_to_one() -> None:
    form = END | {"form": {"really": "yes"}, "success": [200, 303]}
    for status in (200, 303):
        with serving(answers(status, PAGE, **HTML)) as server:
            assert isinstance(outcome(server, "end", go_live=GO_LIVE, end=form), CarriedOut)


def test_the_file_has_the_last_word() -> None:
    with serving(answers(200, PAGE, **HTML)) as server:
        assert isinstance(outcome(server, "end", go_live=GO_LIVE, end=END | {"html": True}), CarriedOut)
        with pytest.raises(TargetUnavailable):
            outcome(server, "end", end=END | {"form": {}, "html": False})


def test_a_refusal_may_be_told_by_a_page_where_the_file_says_so_and_a_fault_by_a_framework() -> None:
    by_a_page = END | {"refusals": {"not_host": {"status": 403, "body": "html"}}}
    with serving(answers(403, PAGE, **HTML), answers(500, "Internal Server Error")) as server:
        assert isinstance(outcome(server, "end", go_live=GO_LIVE, end=by_a_page), Refused)
        assert isinstance(outcome(server, "end", go_live=GO_LIVE, end=END), Broke)


def test_nobody_is_made_or_signed_in_by_a_page() -> None:
    with serving(answers(200, PAGE, **HTML)) as server, pytest.raises(TargetUnavailable) as unclear:
        described = target(server)
        Accounts(described, Http(described, "run"), None).new("Ada", "ada", "gr1", "pass-word", Evidence(Redactor()))
    assert unclear.value.cause == "html-page"


PROBED = """\
name = "some"
environment = "disposable"
capabilities = []
addresses = {{ gateway = "{address}" }}
people = {{ source = "pool", pool = [{{ account_id = "1" }}] }}
sign_in = {{ scheme = "none" }}
probe = {{ method = "GET", path = "/health" }}
operations.go_live = {{ path = "/live", answer = {{ session = "id" }} }}
"""


def test_a_maintenance_page_is_no_sign_of_health(tmp_path: Path) -> None:
    with serving(answers(200, PAGE, **HTML)) as server:
        (tmp_path / "target.toml").write_text(PROBED.format(address=server.address), encoding="utf-8")
        file = read_target(str(tmp_path), tmp_path)
        with pytest.raises(TargetUnavailable, match=r"with an HTML page where JSON was due: GET .*/health"):
            Worker.open(file, "20260215-100000-abcd", 1, home=tmp_path, browser=False)
        found = {finding.check: finding.condition for _, finding in examine(file, tmp_path, ["services"])}
    assert (found["gateway"], found["probe"]) == (Condition.OK, Condition.CANT_TELL)


def test_a_redirect_to_a_host_of_somebody_else_carries_nothing_out() -> None:
    away = answers(302, "", Location="https://sign-in.example.test/?next=rooms")
    with serving(away) as server, pytest.raises(TargetUnavailable) as unclear:
        outcome(server, "end", end=END)
    assert unclear.value.cause == "redirected"
    assert "leads to sign-in.example.test, which is none of the target's addresses" in unclear.value.message


def test_a_redirect_within_the_target_is_its_own() -> None:
    with serving(answers(302, "", Location="/sign-in")) as server:
        assert isinstance(outcome(server, "end", end=END), Broke)


@pytest.mark.parametrize("expected", [{"success": [302]}, {"refusals": {"unauthenticated": {"status": 302}}}])
def test_a_redirect_that_the_file_expects_is_an_answer(expected: dict[str, Any]) -> None:
    with serving(answers(302, "", Location="https://sign-in.example.test/")) as server:
        assert isinstance(outcome(server, "end", end=END | expected), CarriedOut | Refused)
