"""Ctrl-C while a task of the browser's loop runs is told once, and not again by the loop's log."""

from __future__ import annotations

import asyncio
import logging

import pytest

from greenroom.drivers.web.browser import _is_no_interruption


def told(error: BaseException, caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the log of a loop tells of a task that ended so, and that nobody asks for what came of it."""
    log = logging.getLogger("asyncio")
    log.addFilter(_is_no_interruption)
    loop = asyncio.new_event_loop()
    try:
        context = {"message": "Task exception was never retrieved", "exception": error}
        loop.default_exception_handler(context)
    finally:
        loop.close()
        log.removeFilter(_is_no_interruption)
    return [record.message for record in caplog.records]


def test_an_interruption_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    assert told(KeyboardInterrupt(), caplog) == []


def test_any_other_error_is_told(caplog: pytest.LogCaptureFixture) -> None:
    assert len(told(ValueError("no"), caplog)) == 1
