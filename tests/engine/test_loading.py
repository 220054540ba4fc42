"""A page that is opened while the one before is on its way elsewhere by itself; and a sign-in that a cookie keeps."""

from __future__ import annotations

import json

import pytest

from greenroom.drivers.account import Account
from greenroom.drivers.web.browser import BrowserHost
from greenroom.targetfile.model import BrowserSignIn
from tests.support.http_server import answers
from tests.support.small_page import small_page

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("browser")]

GOES_ON = "<!doctype html><main data-ready=true></main><script>setTimeout(() => location.assign('/next'))</script>"
STAYS = "<!doctype html><main data-ready=true></main>"


def test_a_load_that_the_page_itself_interrupts_is_tried_again(host: BrowserHost) -> None:
    with small_page(host) as page:
        html = [answers(200, each, Content_Type="text/html") for each in (GOES_ON, STAYS)]
        for _ in range(5):
            page.web.behaviours[:] = list(html)
            page.tab.goto("/")
            page.tab.goto("/r/r1", "main[data-ready=true]")
            assert page.tab.page.url.endswith("/r/r1")


def test_a_cookie_keeps_a_table_as_json(host: BrowserHost) -> None:
    how = {"scheme": "cookie", "key": "session", "value": "{answer}"}
    with small_page(host, browser_sign_in=how) as page:
        assert page.target.browser_sign_in == BrowserSignIn.model_validate(how)
        page.tab.sign_in(Account("a1", "Ada", answer={"token": "t", "user": {"id": "a1"}}))
        (cookie,) = page.tab.context.cookies(page.web.address)
        assert json.loads(cookie["value"]) == {"token": "t", "user": {"id": "a1"}}
