"""A computer is set to another time zone or language, and asks for pages in the language of the target file."""

from __future__ import annotations

from typing import Any

import pytest

from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.device import PHONE, Device
from greenroom.drivers.web.tab import Tab
from tests.support.small_page import small_page

pytestmark = pytest.mark.integration

NOON = "new Date(Date.UTC(2026, 0, 1, 12))"


def told(host: BrowserHost, device: Device, script: str) -> tuple[Any, str]:
    """What a page says there, and the language that it was asked for in."""
    with small_page(host) as page:
        tab = Tab(host, page.target, page.evidence, "Ada", "test", device=device)
        tab.goto("/r/r1", "main[data-ready=true]")
        said = tab.page.evaluate(script)
        tab.close()
        headers = {name.lower(): value for name, value in page.web.seen[-1][2].items()}
        return said, headers["accept-language"]


def test_the_time_zone(host: BrowserHost) -> None:
    said, _ = told(host, Device(time_zone="Asia/Kathmandu"), f"{NOON}.getHours() * 60 + {NOON}.getMinutes()")
    assert said == 17 * 60 + 45


@pytest.mark.parametrize(
    ("language", "script", "due"),
    [
        ("tr-TR", "'live'.toLocaleUpperCase()", "LİVE"),
        ("tr-TR", "'LIVE'.toLocaleLowerCase()", "lıve"),
        ("tr-TR", "'live'.toLocaleUpperCase('en')", "LIVE"),
        ("ar-EG", "(12).toLocaleString()", "١٢"),
        ("th-TH", f"{NOON}.toLocaleDateString()", "1/1/2569"),
    ],
)
def test_the_language_of_numbers_dates_and_capitals(host: BrowserHost, language: str, script: str, due: str) -> None:
    assert told(host, Device(language=language), script)[0] == due


def test_pages_are_asked_for_in_the_language_of_the_target(host: BrowserHost) -> None:
    said, header = told(host, Device(language="tr-TR"), "[navigator.language, ...navigator.languages]")
    assert said == ["en-GB", "en-GB"] and header == "en-GB"
    ordinary = told(host, Device(), "[navigator.language, 'live'.toLocaleUpperCase()]")
    assert ordinary[0] == ["en-GB", "LIVE"]


def test_a_phone(host: BrowserHost) -> None:
    assert told(host, PHONE, "screen.width")[0] == 360


def test_what_moves_is_shown_where_that_is_asked_for_only(host: BrowserHost) -> None:
    script = "matchMedia('(prefers-reduced-motion: reduce)').matches"
    assert told(host, Device(), script)[0] is True
    assert told(host, Device(shows_movement=True), script)[0] is False
