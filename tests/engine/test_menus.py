"""Controls in a menu that closes when one of them is pressed: it is opened once more before they are looked for."""

from __future__ import annotations

import pytest

from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.viewer_page import ViewerPage
from tests.support.small_page import small_page

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("browser")]

MENU = """
main.innerHTML = "<button id=more>More</button><div id=menu hidden><button id=end>End Room</button></div>";
more.onclick = () => { menu.hidden = !menu.hidden; };
end.onclick = () => { menu.hidden = true; DEED };
"""
SELECTORS = {
    "path": "/r/{room}",
    "ready": "main[data-ready=true]",
    "end_room": "role=button[name='End Room']",
    "enter": [{"click": "role=button[name='More']", "if_present": True}],
    "has_ended": "text=has ended",
}
WEB = {
    "listing": {"path": "/", "ready": "main[data-listing]", "live_entry": "article"},
    "go_live": {"submit": "role=button[name='Go Live']"},
    "viewer": SELECTORS,
}


@pytest.mark.parametrize(("deed", "again"), [("", True), ("end.disabled = true;", False), ("end.remove();", False)])
def test_end_room_can_be_pressed_again_once_its_menu_is_open_again(host: BrowserHost, deed: str, again: bool) -> None:
    with small_page(host, before=MENU.replace("DEED", deed), when="", web=WEB) as page:
        viewer, values = ViewerPage(page.tab), {"room": "r1"}
        viewer.open(values)
        assert viewer.offers_end(values)
        viewer.press_end(values)
        assert viewer.end_is_enabled(values, 0.5) is again
