"""A page whose network is gone has no WebSocket either: it is told so, says nothing by them, and opens them again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.cut_sockets import cut_all_sockets, keep_sockets_cut, say_by_sockets
from tests.support.http_server import serving
from tests.support.socket_page import OPEN_SOCKET, Sockets

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("browser")]


@pytest.fixture
def sockets() -> Sockets:
    return Sockets()


@pytest.fixture
def page(host: BrowserHost, sockets: Sockets) -> Iterator[Page]:
    with serving(sockets) as service:
        context = host.context("test")
        page = context.new_page()
        page.goto(service.address)
        page.evaluate(OPEN_SOCKET)
        yield page
        context.close()


def told(page: Page) -> Any:
    page.wait_for_function("() => told.some(one => one.startsWith('close'))")
    return page.evaluate("told")


def test_the_sockets_of_a_page_without_a_network_break_off(page: Page, sockets: Sockets) -> None:
    page.evaluate("socket.send('before')")
    page.context.set_offline(True)
    cut_all_sockets(page.context)
    page.evaluate("socket.send('without a network')")
    assert told(page) == ["open", "error", "close 1006 false"]
    page.context.set_offline(False)
    page.evaluate(OPEN_SOCKET)
    page.evaluate("socket.send('after')")
    page.wait_for_function("() => socket.bufferedAmount === 0")
    page.evaluate("socket.close()")
    assert told(page) == ["open", "close 1005 true"]
    assert sockets.heard == ["before", "after"]


def test_none_can_be_opened_until_that_is_over(page: Page) -> None:
    open_again = keep_sockets_cut(page)
    assert told(page) == ["open", "error", "close 1006 false"]
    page.evaluate(OPEN_SOCKET)
    assert told(page) == ["error", "close 1006 false"]
    assert page.evaluate("fetch('/').then(answer => answer.ok)")
    open_again()
    page.evaluate(OPEN_SOCKET)
    assert page.evaluate("told") == ["open"]


def test_a_browser_that_takes_itself_to_be_offline_still_does(page: Page) -> None:
    page.evaluate("() => { window.told = []; addEventListener('online', () => told.push('online')) }")
    page.context.set_offline(True)
    cut_all_sockets(page.context)
    assert page.evaluate("navigator.onLine") is False
    assert told(page) == ["error", "close 1006 false"]
    page.context.set_offline(False)
    page.wait_for_function("told.includes('online')")


def test_what_a_page_has_said_can_be_said_over_a_socket_of_its_own(page: Page, sockets: Sockets) -> None:
    """What others may say, too: to leave a button out of their page keeps them from nothing (S7)."""
    address = page.url.replace("http", "ws")
    assert say_by_sockets(page, f"{address}?token=another", "end")
    assert not say_by_sockets(page, f"{address}elsewhere", "end")
    page.evaluate("socket.close()")
    told(page)
    assert not say_by_sockets(page, address, "end")
    assert sockets.heard == ["end"]
