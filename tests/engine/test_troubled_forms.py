"""What becomes of a form on its way the browser tells, and not the page: a page is judged by its own requests only."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from greenroom.core.deadlines import eventually
from greenroom.core.errors import NotApplicable
from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.faults import Faults
from greenroom.drivers.web.go_live_popup import GoLivePopup
from greenroom.drivers.web.requests import PageRequests
from greenroom.drivers.web.troubles import Trouble
from tests.support.http_server import answers
from tests.support.small_page import Late, SmallPage, resets, small_page

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("browser")]

ROOM = {"room": "r1"}
SENT = {"go_live": [{"service": "web", "method": "POST", "path": "/live"}]}
FORM = '<form method="post" action="/live"><button>Go Live</button></form>'
SCRIPT = """<button>Go Live</button><p role="alert" hidden>It failed.</p><script>
const failed = () => document.querySelector("[role=alert]").hidden = false;
document.querySelector("button").onclick = () => {
  fetch("/live", {method: "POST"}).then(answer => answer.ok || failed()).catch(failed);
};
</script>"""


@contextmanager
def troubled(host: BrowserHost, html: str, trouble: Trouble) -> Iterator[tuple[SmallPage, Faults, GoLivePopup]]:
    """A page that shows `html` below its own, on which going live meets trouble."""
    html = html.replace("</", "<\\/")  # it stands in a script of the page
    put = f"document.body.append(document.createRange().createContextualFragment(`{html}`));"
    with small_page(host, before=put, page_requests=SENT, deadlines={"page": 3, "control": 2}) as page:
        web = page.target.web
        assert web is not None
        flow = {"submit": "role=button[name='Go Live']", "failed": "[role=alert]:visible"}
        page.tab.web = web.model_copy(
            update={
                "go_live": web.go_live.model_validate(flow),
                "viewer": web.viewer.model_copy(update={"opened": "main[data-live]"}),
            }
        )
        page.tab.goto("/")
        requests = PageRequests(page.target)
        faults, popup = Faults(page.tab, requests), GoLivePopup(page.tab, requests)
        faults.cause("go_live", trouble)
        yield page, faults, popup


@pytest.mark.parametrize("trouble", ["answers 500", "refuses the connection", "loses its answer", "never answers"])
def test_a_form_that_fails_on_its_way_is_not_judged(host: BrowserHost, trouble: Trouble) -> None:
    with troubled(host, FORM, trouble) as (_, _, popup), pytest.raises(NotApplicable, match="form"):
        popup.submit(ROOM)


@pytest.mark.parametrize("trouble", ["answers 500", "refuses the connection"])
def test_a_page_that_asks_by_itself_is_judged(host: BrowserHost, trouble: Trouble) -> None:
    with troubled(host, SCRIPT, trouble) as (_, _, popup):
        went = popup.submit(ROOM)
    assert (went.opened, went.says) == (False, "It failed.")


def test_an_answer_that_never_came_is_lost_all_the_same(host: BrowserHost) -> None:
    with troubled(host, SCRIPT, "loses its answer") as (page, _, popup):
        page.web.behaviours[:] = [resets]
        went = popup.submit(ROOM)
    assert (went.opened, went.says) == (False, "It failed.")


def test_a_form_is_judged_again_once_all_is_well(host: BrowserHost) -> None:
    with troubled(host, FORM, "answers 500") as (page, faults, popup):
        popup.press(ROOM)
        page.tab.let_pass(0.3)
        with pytest.raises(NotApplicable):
            popup.check_is_no_form()
        faults.lift()
        popup.check_is_no_form()


def test_what_is_just_carried_out_is_sent_once(host: BrowserHost) -> None:
    late = Late(answers(201, {}))
    with troubled(host, SCRIPT, "loses its answer") as (page, faults, popup):
        page.web.behaviours[:] = [late]
        popup.press(ROOM)
        sent, _ = eventually(lambda: _posts(page), bool, 5, pause=page.tab.let_pass)
        assert sent == 1
        timer = threading.Timer(0.5, late.released.set)
        timer.start()
        faults.lift()
        timer.join()
        assert page.tab.appears("role=alert >> text=It failed.")
    assert _posts(page) == 1


def _posts(page: SmallPage) -> int:
    return sum(method == "POST" for method, *_ in page.web.seen)
