"""A page that is opened while the one before is on its way elsewhere by itself; and a sign-in that a cookie keeps."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Error as PlaywrightError

from greenroom.drivers.account import Account
from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.loading import load
from greenroom.targetfile.model import BrowserSignIn
from tests.support.small_page import small_page

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("browser")]


def test_a_load_that_the_page_itself_interrupts_is_tried_again(host: BrowserHost) -> None:
    tries: list[str] = []

    def act() -> None:
        tries.append("r1")
        if len(tries) == 1:
            raise PlaywrightError('Page.goto: Navigation to "/r1" is interrupted by another navigation to "/next"')

    with small_page(host) as page:
        assert load(page.tab.page, act, "/r1", 5, page.tab.let_pass) == 0
    assert len(tries) == 2


def test_a_cookie_keeps_a_table_as_json(host: BrowserHost) -> None:
    how = {"scheme": "cookie", "key": "session", "value": "{answer}"}
    with small_page(host, browser_sign_in=how) as page:
        assert page.target.browser_sign_in == BrowserSignIn.model_validate(how)
        page.tab.sign_in(Account("a1", "Ada", answer={"token": "t", "user": {"id": "a1"}}))
        (cookie,) = page.tab.context.cookies(page.web.address)
        assert json.loads(cookie["value"]) == {"token": "t", "user": {"id": "a1"}}
