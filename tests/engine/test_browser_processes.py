"""A browser that stands still is ended from outside, and nobody waits for it for ever."""

from __future__ import annotations

import os
import signal
import time

import psutil
import pytest
from playwright.sync_api import Error

from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.browser_processes import ended_after
from tests.support.http_server import answers, serving
from tests.support.small_page import target_of

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("browser")]


def browsers() -> list[psutil.Process]:
    found = [child for child in psutil.Process(os.getpid()).children(recursive=True) if "headless" in child.name()]
    return [child for child in found if child.status() != psutil.STATUS_ZOMBIE]


def test_who_waits_for_a_browser_that_stands_still_waits_no_more_and_the_next_one_starts() -> None:
    with serving(answers()) as server:
        host = BrowserHost(target_of(server, server))
        page = host.start().new_page()
        stopped = browsers()
        assert stopped
        for process in stopped:
            process.send_signal(signal.SIGSTOP)
        began, timer = time.monotonic(), ended_after(1.0)
        with pytest.raises(Error):
            page.evaluate("1 + 1")
        timer.cancel()
        assert time.monotonic() - began < 15
        assert host.start().new_page().evaluate("1 + 1") == 2
        host.close()


def test_a_browser_that_answers_is_left_alone() -> None:
    with serving(answers()) as server:
        host = BrowserHost(target_of(server, server))
        page = host.start().new_page()
        ended_after(0.3).cancel()
        assert page.evaluate("1 + 1") == 2
        host.close()
