"""An operation that is never answered while others are is the application's fault; when all hang, the environment's."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from greenroom.core.errors import BrokenPromise, TargetUnavailable
from greenroom.core.redact import Redactor
from greenroom.drivers.gateway import Gateway
from greenroom.drivers.http import Http
from greenroom.drivers.outcome import Broke, CarriedOut, describe
from greenroom.record.evidence import Evidence
from greenroom.targetfile.model import Target
from tests.support.http_server import Behaviour, answers, serving
from tests.support.small_application import OPERATIONS, REFUSED, Application, gateway, sent


@pytest.fixture
def silent() -> Iterator[Behaviour]:
    """No answer, until the test is over."""
    over = threading.Event()

    def wait(handler: BaseHTTPRequestHandler) -> None:
        over.wait(30)
        handler.close_connection = True

    yield wait
    over.set()


def resets(handler: BaseHTTPRequestHandler) -> None:
    """The connection is closed without an answer."""
    handler.close_connection = True


def test_an_operation_that_never_answers_has_broken(silent: Behaviour) -> None:
    with serving(Application(end=silent)) as server:
        driver = gateway(server)
        found = driver.attempt("end", None, room="r1")
        assert isinstance(found, Broke) and found.status == 0 and found.exchange.status is None
        assert describe(found) == (
            f"broke: POST {server.address}/rooms/r1/end did not answer within 0.2 s, 3 times in a row, "
            "while GET /health and POST /rooms/{room}/leave answered"
        )
        assert sent(server, "end") == 3
        asked = [path for _, path, _, _ in server.seen if path.endswith("/leave")]
        assert set(asked) == {"/rooms/00000000-0000-4000-8000-000000000000/leave"}, "nothing of anybody's is touched"


def test_to_need_it_is_a_broken_promise(silent: Behaviour) -> None:
    with serving(Application(end=silent)) as server, pytest.raises(BrokenPromise, match="did not answer within"):
        gateway(server).must("end", None, room="r1")


def test_once_known_it_is_not_tried_again_and_again(silent: Behaviour) -> None:
    with serving(Application(end=silent)) as server:
        driver = gateway(server)
        driver.attempt("end", None, room="r1")
        found = driver.attempt("end", None, room="r2")
        assert isinstance(found, Broke) and "as before" in found.why
        assert sent(server, "end") == 4


def test_what_was_answered_since_has_to_fail_again_and_again() -> None:
    conflict = answers(409, {"error": "ROOM_NOT_IDLE"})
    with serving(Application(sessions=[resets, resets, resets, conflict, resets, conflict])) as server:
        driver = gateway(server)
        assert isinstance(driver.attempt("go_live", None, room="r1"), Broke)
        driver.attempt("go_live", None, room="r2")
        with pytest.raises(TargetUnavailable):
            driver.attempt("go_live", None, room="r3")


def test_a_connection_that_one_operation_always_breaks_off() -> None:
    with serving(Application(sessions=resets)) as server:
        found = gateway(server).attempt("go_live", None, room="r1")
    assert isinstance(found, Broke) and found.why.startswith("broke the connection off, 3 times in a row, while")


@pytest.mark.parametrize("others", [{"health": "silent"}, {"leave": "silent"}, {"health": "502"}, {"leave": "403"}])
def test_when_others_fail_too_it_is_the_environments(silent: Behaviour, others: dict[str, str]) -> None:
    page = "<html><h1>no</h1></html>"
    behaviours: dict[str, Any] = {"silent": silent, "502": answers(502, page), "403": answers(403, page)}
    failing = {word: behaviours[kind] for word, kind in others.items()}
    with serving(Application(end=silent, **failing)) as server, pytest.raises(TargetUnavailable) as unclear:
        gateway(server).attempt("end", None, room="r1")
    assert unclear.value.cause == "timeout" and "did not answer within 0.2 s: POST" in unclear.value.message


@pytest.mark.parametrize("second", [REFUSED, answers(502, ""), resets])
def test_what_happens_once_or_differs_is_the_environments(silent: Behaviour, second: Behaviour) -> None:
    with serving(Application(end=[silent, second])) as server, pytest.raises(TargetUnavailable) as unclear:
        gateway(server).attempt("end", None, room="r1")
    assert unclear.value.cause == "timeout"
    assert sent(server, "end") == 2


def test_trouble_just_before_with_another_operation_is_the_environments(
    silent: Behaviour, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("greenroom.drivers.recent._KEPT", 5)
    with serving(Application(end=silent, sessions=[resets, answers(201, {"session": "s"})])) as server:
        driver = gateway(server)
        for operation in ("go_live", "end"):
            with pytest.raises(TargetUnavailable):
                driver.attempt(operation, None, room="r1")
        assert sent(server, "end") == 1
        for _ in range(5):
            driver.attempt("leave", None, room="r1")
        assert isinstance(driver.attempt("end", None, room="r1"), Broke), "it is over"


def test_without_anything_else_to_ask_nobody_can_tell(silent: Behaviour) -> None:
    with serving(silent) as server:
        target = Target.model_validate(
            {
                "name": "some",
                "environment": "disposable",
                "addresses": {"gateway": server.address},
                "people": {"source": "api"},
                "operations": {"end": OPERATIONS["end"]},
                "deadlines": {"answer": 0.1},
            }
        )
        with pytest.raises(TargetUnavailable):
            Gateway(target, Http(target, "run"), Evidence(Redactor())).attempt("end", None, room="r1")
    assert len(server.seen) == 1


def test_without_a_probe_a_described_read_is_asked(silent: Behaviour) -> None:
    with serving(Application(end=silent)) as server:
        found = gateway(server, probe=False).attempt("end", None, room="r1")
    assert isinstance(found, Broke) and "while GET /rooms/{room} and POST" in found.why


def test_what_only_reads_is_answered_at_a_later_try(silent: Behaviour) -> None:
    well = answers(200, {"status": "idle"})
    with serving(Application(r1=[resets, resets, well])) as server:
        found = gateway(server).attempt("room_state", None, room="r1")
    assert isinstance(found, CarriedOut) and found.answer == {"status": "idle"}


@pytest.mark.parametrize("body", ["It broke", "<html><h1>500</h1></html>", ""])
def test_a_bare_500_every_time_is_the_applications_while_others_are_well(body: str) -> None:
    bare = answers(500, body)
    with serving(Application(end=bare, cancel=bare)) as server:
        driver = gateway(server, cancel=OPERATIONS["leave"] | {"path": "/rooms/{room}/cancel"})
        for operation in ("end", "cancel"):
            found = driver.attempt(operation, None, room="r1")
            assert isinstance(found, Broke) and found.status == 500
            assert found.why.startswith("answered 500 without JSON, 3 times in a row, while GET /health")


@pytest.mark.parametrize("well", [{"end": REFUSED}, {"health": answers(500, "no")}, {"leave": answers(500, "no")}])
def test_a_bare_500_is_the_environments_when_it_comes_once_or_to_others_too(well: dict[str, Behaviour]) -> None:
    bare = answers(500, "<html><h1>500</h1></html>")
    behaviours: dict[str, Any] = {"end": bare} | well
    if "end" in well:
        behaviours["end"] = [bare, well["end"]]
    with serving(Application(**behaviours)) as server, pytest.raises(TargetUnavailable) as unclear:
        gateway(server).attempt("end", None, room="r1")
    assert unclear.value.cause in ("html-page", "not-json")


def test_a_bare_500_of_a_known_gateway_is_the_environments_however_often_it_comes() -> None:
    nginx = answers(500, "<html><body><hr><center>nginx</center></body></html>")
    with serving(Application(end=nginx)) as server, pytest.raises(TargetUnavailable) as unclear:
        gateway(server).attempt("end", None, room="r1")
    assert unclear.value.cause == "proxy-answered" and sent(server, "end") == 1


def test_what_fails_at_first_in_scenario_after_scenario_is_the_applications() -> None:
    """It is carried out, and its answer lost: sent again it is refused, since the room has changed."""
    conflict = answers(409, {"error": "ROOM_NOT_IDLE"})
    with serving(Application(sessions=[resets, conflict, resets, conflict, resets])) as server:
        driver = gateway(server)
        for _ in range(2):
            with pytest.raises(TargetUnavailable):
                driver.attempt("go_live", None, room="r1")
        found = driver.attempt("go_live", None, room="r1")
    assert isinstance(found, Broke) and found.why.startswith("broke the connection off, as before, while")


def test_one_answer_at_once_in_between_makes_it_chance() -> None:
    conflict = answers(409, {"error": "ROOM_NOT_IDLE"})
    with serving(Application(sessions=[resets, conflict, conflict, resets, conflict, resets, conflict])) as server:
        driver = gateway(server)
        for answered in (False, True, False, False):
            if answered:
                driver.attempt("go_live", None, room="r1")
                continue
            with pytest.raises(TargetUnavailable):
                driver.attempt("go_live", None, room="r1")


def test_nobody_answering_at_all_is_the_environments() -> None:
    with serving(answers()) as server:
        driver = gateway(server)
    with pytest.raises(TargetUnavailable) as unclear:
        driver.attempt("end", None, room="r1")
    assert unclear.value.cause == "refused"
