"""A system without JSON: forms are answered by redirects and pages, and say on them what they refuse."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from greenroom.core.errors import BrokenPromise
from greenroom.core.redact import Redactor
from greenroom.drivers.account import Account
from greenroom.drivers.gateway import Gateway
from greenroom.drivers.http import Http
from greenroom.drivers.outcome import CarriedOut, Outcome, Refused
from greenroom.record.evidence import Evidence
from greenroom.targetfile.model import Target
from tests.support.http_server import Behaviour, Server, serving

ADA = Account("ada", "Ada")
BUSY = {"status": 200, "text": 'class="error">Your room is in use'}
SIGN_IN = {"status": 200, "location": "/sign-in/"}


def page(text: str, status: int = 200, location: str = "") -> Behaviour:
    """An answer that is a page, or leads to one."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", str(len(text)))
        if location:
            handler.send_header("Location", location)
        handler.end_headers()
        handler.wfile.write(text.encode())

    return behave


def gateway(server: Server, **more: Any) -> Gateway:
    form = {"form": {"t": "{title}"}, "follow": True, "html": True}
    go_live = form | {"path": "/rooms/{room}/go", "refusals": {"not_idle": BUSY, "unauthenticated": SIGN_IN}}
    told: dict[str, Any] = {
        "name": "some",
        "environment": "disposable",
        "addresses": {"gateway": server.address},
        "people": {"source": "api"},
        "operations": {
            "go_live": go_live,
            "join": form | {"path": "/rooms/{room}/join"},
            "my_room": form | {"path": "/mine", "location": "/rooms/{room}/"},
            "leave": {"path": "/leave", "form": {}, "success": [302]},
        },
    }
    target = Target.model_validate(told | more)
    return Gateway(target, Http(target, "run"), Evidence(Redactor()))


def outcome(operation: str, *behaviours: Behaviour, **more: Any) -> Outcome:
    with serving(*behaviours) as server:
        driver = gateway(server, **more)
        driver.begun = lambda room, title: "s2"
        return driver.attempt(operation, ADA, room="r1", title="x")


LED_TO_ROOM, LED_TO_SIGN_IN = page("", 302, "/rooms/ada-7/"), page("", 302, "/sign-in/?next=/rooms/r1/")


@pytest.mark.parametrize("operation", ["go_live", "join"])
def test_a_notice_and_the_sign_in_page_refuse_whatever_was_asked_for(operation: str) -> None:
    found = outcome(operation, LED_TO_ROOM, page('<p class="error">Your room is in use.</p>'))
    assert isinstance(found, Refused) and found.name == "not_idle"
    found = outcome(operation, LED_TO_SIGN_IN, page("<form>"))
    assert isinstance(found, Refused) and found.name == "unauthenticated"


def test_without_following_the_redirect_itself_tells() -> None:
    told = {"status": 302, "location": "/sign-in/"}
    operations = {"leave": {"path": "/leave", "form": {}, "success": [302], "refusals": {"unauthenticated": told}}}
    found = outcome("leave", LED_TO_SIGN_IN, operations=operations)
    assert isinstance(found, Refused) and found.name == "unauthenticated"
    assert isinstance(outcome("leave", LED_TO_ROOM, operations=operations), CarriedOut)


def test_any_notice_of_a_failure_refuses() -> None:
    shown = page('<p class="error">You may not come in.</p>')
    found = outcome("join", LED_TO_ROOM, shown, refused_text='class="error"')
    assert isinstance(found, Refused) and found.name == ""
    assert isinstance(outcome("join", LED_TO_ROOM, page("<p>Welcome</p>"), refused_text='class="error"'), CarriedOut)


def test_an_id_is_read_off_where_a_redirect_has_led() -> None:
    found = outcome("my_room", LED_TO_ROOM, page("<h1>Ada</h1>"))
    assert isinstance(found, CarriedOut) and found.answer == {"room": "ada-7"}
    found = outcome("my_room", LED_TO_SIGN_IN, page("<form>"))
    assert isinstance(found, Refused)


def test_a_session_of_which_no_answer_tells_is_looked_up() -> None:
    found = outcome("go_live", LED_TO_ROOM, page("<h1>Ada</h1>"))
    assert isinstance(found, CarriedOut) and found.answer["session"] == "s2"
    with serving(LED_TO_ROOM, page("<h1>Ada</h1>")) as server:
        nothing_began = gateway(server).attempt("go_live", ADA, room="r1", title="x")
    assert isinstance(nothing_began, CarriedOut)
    with pytest.raises(BrokenPromise, match="should be a session"):
        nothing_began.answer["session"]
    with pytest.raises(KeyError):
        nothing_began.answer["room"]
