"""A failure notice that still stands while the next try runs is no failure of that try."""

from __future__ import annotations

import pytest

from greenroom.core.errors import NotApplicable
from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.faults import Faults
from greenroom.drivers.web.go_live_popup import GoLivePopup
from greenroom.drivers.web.requests import PageRequests
from tests.support.small_page import small_page

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("browser")]

ROOM = {"room": "r1"}
FLOW = {"submit": "role=button[name='Go Live']", "failed": "[role=alert]:visible"}
POPUP = """<!doctype html><main></main><p role="alert">It failed.</p><button>Go Live</button><script>
const [main, alert, button] = ["main", "p", "button"].map(name => document.querySelector(name));
button.onclick = () => {
  button.disabled = true;
  setTimeout(() => { button.disabled = false; %s }, 300);
};
</script>"""
OPENS = 'main.dataset.ready = "true";'


@pytest.mark.parametrize(
    ("then", "opened", "says"),
    [
        pytest.param(OPENS, True, "", id="the try works, and the old notice is still there"),
        pytest.param(f"alert.remove(); {OPENS}", True, "", id="the try works, and the notice goes"),
        pytest.param("", False, "It failed.", id="the try fails, with the same notice"),
        pytest.param('alert.textContent = "No way.";', False, "No way.", id="the try fails, with another notice"),
    ],
)
def test_a_try_is_judged_by_what_comes_of_it(host: BrowserHost, then: str, opened: bool, says: str) -> None:
    with small_page(host) as page:
        web = page.target.web
        assert web is not None
        page.tab.web = web.model_copy(update={"go_live": web.go_live.model_validate(FLOW)})
        page.tab.page.set_content(POPUP % then)
        went = GoLivePopup(page.tab, PageRequests(page.target)).submit(ROOM)
    assert (went.opened, went.says) == (opened, says)


def test_a_page_that_sends_no_request_for_it_goes_live_all_the_same(host: BrowserHost) -> None:
    """What it wants goes over a WebSocket: an empty list says so, and a scenario that has it fail is not applicable."""
    go_live = {"path": "/rooms/{room}/sessions", "answer": {"session": "id"}}
    with small_page(host, operations={"go_live": go_live}, page_requests={"go_live": []}) as page:
        web, requests = page.target.web, PageRequests(page.target)
        assert web is not None
        page.tab.web = web.model_copy(update={"go_live": web.go_live.model_validate(FLOW)})
        page.tab.page.set_content(POPUP % OPENS)
        assert GoLivePopup(page.tab, requests).submit(ROOM).opened
        with pytest.raises(NotApplicable, match="over a WebSocket"):
            Faults(page.tab, requests).cause("go_live", "answers 503")
