"""Who signs out by a form has signed out once the form was answered: nobody goes on before that."""

from __future__ import annotations

import time
from http.server import BaseHTTPRequestHandler

import pytest

from greenroom.drivers.web.browser import BrowserHost
from tests.support.http_server import answers
from tests.support.small_page import small_page

pytestmark = pytest.mark.integration

PAGE = (
    "<!doctype html><title>Room</title><main data-ready=true>Room</main>"
    "<form method=post action=/out><button>Sign out</button></form>"
)
SIGN_IN = {
    "scheme": "none",
    "signed_in": "role=button[name='Sign out']",
    "sign_out": [{"click": "role=button[name='Sign out']"}],
}


def test_a_form_that_signs_out_slowly_is_waited_for(host: BrowserHost) -> None:
    def web(handler: BaseHTTPRequestHandler) -> None:
        if handler.command == "POST":
            time.sleep(0.7)  # no browser keeps what a form's answer says once it has gone elsewhere
            answers(200, "<!doctype html><p>Good bye</p>", Content_Type="text/html", Set_Cookie="sid=gone")(handler)
        else:
            answers(200, PAGE, Content_Type="text/html")(handler)

    with small_page(host, browser_sign_in=SIGN_IN) as page:
        page.web.behaviours[:] = [web]
        page.tab.goto("/r/r1", "main[data-ready=true]")
        page.tab.sign_out()
        page.tab.goto("/r/r1", "main[data-ready=true]")
        assert [cookie.get("value") for cookie in page.tab.context.cookies()] == ["gone"]
