"""What navigation hands over is forged where a page looks for it, whichever router it has."""

from __future__ import annotations

import pytest

from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.viewer_page import ViewerPage
from tests.support.small_page import ROOM_PAGES, small_page

pytestmark = pytest.mark.integration


@pytest.mark.parametrize("where", ["history.state", "history.state?.usr"])
def test_the_page_sees_what_is_forged(host: BrowserHost, where: str) -> None:
    says = f"if (({where})?.isHost) main.append('forged');"
    web = {**ROOM_PAGES, "viewer": {**ROOM_PAGES["viewer"], "forged_state": {"isHost": True}}}
    with small_page(host, when=says, web=web) as page:
        viewer = ViewerPage(page.tab)
        page.tab.goto("/r/r1", "main[data-ready=true]")
        assert not viewer.shows_text("forged")
        viewer.open_forged({"room": "r1"})
        assert viewer.shows_text("forged")
