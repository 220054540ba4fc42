"""Which room's page is open is read off its address, wherever in it the room stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.viewer_page import ViewerPage
from tests.support.small_page import SmallPage, small_page

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def page(host: BrowserHost) -> Iterator[SmallPage]:
    with small_page(host) as opened:
        yield opened


def viewer(page: SmallPage, path: str) -> ViewerPage:
    """The driver of a room's page at that path."""
    page.tab.web = page.tab.web.model_copy(
        update={"viewer": page.tab.web.viewer.model_copy(update={"path": path, "ready": "main"})}
    )
    return ViewerPage(page.tab)


@pytest.mark.parametrize(
    ("path", "address", "room"),
    [
        ("/rooms/{room}/view", "/rooms/r%201/view", "r 1"),
        ("/rooms/{room}/view", "/rooms/r1/view/?tab=chat#top", "r1"),
        ("/rooms/{room}/view", "/rooms/r1/edit", ""),
        ("/rooms/{room}", "/rooms/r1/view", ""),
        ("/room?id={room}", "/room?id=r1&tab=chat", "r1"),
        ("/#/rooms/{room}", "/#/rooms/r1", "r1"),
        ("/#/rooms/{room}", "/#/rooms", ""),
    ],
)
def test_a_room_is_read_off_the_address(page: SmallPage, path: str, address: str, room: str) -> None:
    driver = viewer(page, path)
    page.tab.goto(address, "main")
    assert driver.room_shown() == room


@pytest.mark.parametrize(
    ("path", "address", "is_room"),
    [
        ("/@{room_page}/live", "/@ada/live", True),
        ("/@{room_page}/live", "/@ada", False),
        ("/live", "/live", True),
        ("/live", "/rooms", False),
    ],
)
def test_a_rooms_page_may_have_another_name_in_its_address(
    page: SmallPage, path: str, address: str, *, is_room: bool
) -> None:
    driver = viewer(page, path)
    page.tab.goto(address, "main")
    assert (driver.is_room(), driver.room_shown()) == (is_room, "")


def test_a_page_behind_a_hash_is_loaded_anew_when_it_is_opened(page: SmallPage) -> None:
    page.tab.goto("/#/rooms/r1", "main")
    page.tab.page.evaluate("document.querySelector('main').textContent = 'of before'")
    page.tab.goto("/#/rooms/r2", "main[data-ready=true]")
    assert not page.tab.sees("text=of before")
    page.tab.page.evaluate("document.querySelector('main').textContent = 'of before'")
    page.tab.goto("/#/rooms/r2", "main[data-ready=true]")
    assert not page.tab.sees("text=of before")
