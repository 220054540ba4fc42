"""A claim about a page is worth what the page could see: the fate of its own requests is known, and waited for."""

from __future__ import annotations

import threading

import pytest

from greenroom.claims import pages
from greenroom.claims.observation import Observation
from greenroom.core import ticks
from greenroom.core.errors import BadTarget, BrokenPromise, Inconclusive, Throttled
from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.go_live_popup import GoLivePopup
from greenroom.drivers.web.requests import PageRequests
from greenroom.drivers.web.viewer_page import ViewerPage
from greenroom.record.evidence import OpenStep
from tests.support.http_server import Behaviour, answers, serving
from tests.support.small_page import GUEST, HOST, Late, SmallPage, readable, resets, small_page

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("browser")]

ROOM = {"room": "r1"}
SHORT = {"page": 2, "control": 1}


def absence(page: SmallPage) -> Observation:
    viewer = ViewerPage(page.tab)
    return pages.offers_no_end("Grace", viewer, ROOM)


def presence(page: SmallPage) -> Observation:
    return pages.offers_end("Grace", ViewerPage(page.tab), ROOM)


def cause_of(seen: Observation) -> str:
    return seen.hindrance.cause if seen.hindrance is not None else ""


@pytest.mark.parametrize(
    ("behaviour", "cause"),
    [
        (readable(502, "<html><h1>Bad Gateway</h1></html>", Content_Type="text/html"), "proxy-answered"),
        (answers(502, "<html><h1>Bad Gateway</h1></html>", Content_Type="text/html"), "unreachable"),
        (readable(504, "upstream request timeout", Content_Type="text/plain"), "proxy-answered"),
        (readable(429, "slow down", Content_Type="text/plain"), "throttled"),
        (readable(200, "<html><h1>Sign in</h1></html>", Content_Type="text/html"), "html-page"),
        (readable(403, "<html><h1>Request blocked</h1></html>", Content_Type="text/html"), "html-page"),
        (readable(404, "default backend - 404", Content_Type="text/plain"), "proxy-answered"),
        (readable(503, {"message": "Service Unavailable"}, Content_Type="application/json"), "proxy-answered"),
        (resets, "unreachable"),
    ],
    ids=["502", "502 that the page can't read", "504", "429", "sign-in", "firewall", "no backend", "JSON", "reset"],
)
def test_neither_presence_nor_absence_is_judged_when_the_environment_answered(
    host: BrowserHost, behaviour: Behaviour, cause: str
) -> None:
    with small_page(host) as page:
        page.answers_with(behaviour)
        ViewerPage(page.tab).open(ROOM)
        gone, there = absence(page), presence(page)
    assert (cause_of(gone), cause_of(there)) == (cause, cause)
    assert gone.hindrance is not None and "GET" in gone.hindrance.message and "/rooms/r1" in gone.hindrance.message


def test_the_applications_own_error_is_no_hindrance(host: BrowserHost) -> None:
    with small_page(host) as page:
        page.answers_with(readable(500, {"ok": False, "error": "INTERNAL"}))
        ViewerPage(page.tab).open(ROOM)
        gone = absence(page)
    assert gone.held and gone.hindrance is None


def test_an_answer_that_the_browser_no_longer_holds_is_no_empty_one(host: BrowserHost) -> None:
    with small_page(host) as page:
        page.answers_with(readable(403, {"ok": False, "error": "NOT_HOST"}, Content_Type="application/json"))
        viewer = ViewerPage(page.tab)
        viewer.open(ROOM)
        page.answers_with(readable(200, GUEST))
        viewer.reload(ROOM)
        hindrance = page.tab.traffic.hindrance_of_all(writes=False)
    assert hindrance is None


def test_a_page_that_is_loaded_again_and_gets_its_answers_is_judged(host: BrowserHost) -> None:
    with small_page(host) as page:
        page.answers_with(resets)
        viewer = ViewerPage(page.tab)
        viewer.open(ROOM)
        hindered = absence(page)
        page.answers_with(readable(200, HOST))
        viewer.reload(ROOM)
        gone = absence(page)
    assert hindered.hindrance is not None
    assert not gone.held and gone.hindrance is None


def test_an_absence_is_looked_at_when_the_page_has_all_its_answers(host: BrowserHost) -> None:
    with small_page(host, when="setTimeout(ask, 100);") as page:
        late = Late(readable(200, HOST))
        page.answers_with(late)
        ViewerPage(page.tab).open(ROOM)
        timer = threading.Timer(0.5, late.released.set)
        timer.start()
        gone = absence(page)
        timer.join()
    assert not gone.held and gone.hindrance is None


def test_a_page_that_waits_for_ever_is_not_judged_and_the_request_is_named(host: BrowserHost) -> None:
    with small_page(host, deadlines=SHORT) as page:
        late = Late(readable(200, HOST))
        page.answers_with(late)
        ViewerPage(page.tab).open(ROOM)
        gone = absence(page)
        late.released.set()
    assert cause_of(gone) == "page-waits"
    assert gone.hindrance is not None and "/rooms/r1" in gone.hindrance.message


def test_what_a_page_keeps_open_on_purpose_is_not_waited_for(host: BrowserHost) -> None:
    kept_open = {"kept_open": [{"service": "gateway", "method": "GET", "path": "/rooms/*"}]}
    with small_page(host, page_requests=kept_open) as page:
        late = Late(readable(200, GUEST))
        page.answers_with(late)
        ViewerPage(page.tab).open(ROOM)
        gone = absence(page)
        late.released.set()
    assert gone.held and gone.hindrance is None


def test_nothing_is_missing_on_a_page_that_broke_down(host: BrowserHost) -> None:
    with small_page(
        host, when="ask().then(() => { main.remove(); throw new Error('no room') });", deadlines=SHORT
    ) as page:
        late = Late(readable(200, HOST))
        page.answers_with(late)
        viewer = ViewerPage(page.tab)
        viewer.open(ROOM)
        late.released.set()
        with pytest.raises(BrokenPromise, match="no room"):
            viewer.settle(ROOM)


def test_nothing_is_missing_on_a_page_that_is_none_of_the_targets(host: BrowserHost) -> None:
    with small_page(host, when="main.outerHTML = '<h1>Corporate sign-in</h1>';", deadlines=SHORT) as page:
        page.tab.goto("/r/r1")
        gone = absence(page)
    assert cause_of(gone) == "page-elsewhere"
    assert gone.hindrance is not None and "Corporate sign-in" in gone.hindrance.message


def test_a_write_that_did_not_reach_the_target_is_remembered_for_the_whole_scenario(host: BrowserHost) -> None:
    send = "fetch('%s/rooms/r1/end', {method: 'POST'}).catch(() => 0);"
    with serving(resets) as gateway, small_page(host, when=f"ask(); {send % gateway.address}") as page:
        page.target.addresses["gateway2"] = gateway.address
        viewer = ViewerPage(page.tab)
        page.answers_with(readable(200, GUEST))
        viewer.open(ROOM)
        absence(page)
        viewer.reload(ROOM)
        read, written = (page.tab.traffic.hindrance_of_all(writes=writes) for writes in (False, True))
    assert read is not None and written is not None and "POST" in written.message


def test_a_page_may_ask_another_origin_as_it_would_for_anybody(host: BrowserHost) -> None:
    with small_page(host) as page:
        page.answers_with(readable(200, HOST))  # no leave for any header that is not the page's own
        ViewerPage(page.tab).open(ROOM)
        assert presence(page).held
        assert "HeadlessChrome" in page.tab.page.evaluate("navigator.userAgent")


def test_a_page_that_is_not_ready_names_the_request_that_it_waits_for(host: BrowserHost) -> None:
    with small_page(host, before="await fetch(`${location.origin}/slow`);", deadlines=SHORT) as page:
        page.answers_with(readable(200, HOST))
        web = page.web.behaviours[0]
        late = Late(answers(200, "{}"))
        page.web.behaviours[:] = [web, late]
        with pytest.raises(Inconclusive, match=r"still waits for GET .*/slow"):
            ViewerPage(page.tab).open(ROOM)
        late.released.set()


def test_a_limiters_answer_is_throttled_as_everywhere(host: BrowserHost) -> None:
    with small_page(host) as page:
        page.answers_with(readable(429, "slow down", Content_Type="text/plain"))
        ViewerPage(page.tab).open(ROOM)
        assert isinstance(absence(page).hindrance, Throttled)


def test_what_is_not_there_in_time_is_a_finding_that_says_what_is_there(host: BrowserHost) -> None:
    with small_page(host) as page:
        page.answers_with(readable(200, GUEST))
        ViewerPage(page.tab).open(ROOM)
        title = page.tab.find("h3").first
        with pytest.raises(BrokenPromise, match="Welcome"):
            page.tab.look("the title", lambda: title.text_content(timeout=200))


def test_a_selector_that_can_not_be_read_is_the_target_files_fault(host: BrowserHost) -> None:
    with small_page(host) as page:
        page.answers_with(readable(200, GUEST))
        ViewerPage(page.tab).open(ROOM)
        with pytest.raises(BadTarget, match="selector"):
            page.tab.sees("css=p >> nonsense=[")


def test_another_port_that_begins_alike_is_another_service(host: BrowserHost) -> None:
    with small_page(host) as page:
        page.target.addresses["short"] = page.target.addresses["gateway"][:-1]
        page.answers_with(resets)
        ViewerPage(page.tab).open(ROOM)
        gone = absence(page)
    assert gone.hindrance is not None and gone.hindrance.message.startswith("gateway ")


def test_a_flood_on_the_console_is_cut_and_says_so(host: BrowserHost) -> None:
    flood = "for (let i = 0; i < 20000; i++) console.log('line', i); ask();"
    with small_page(host, when=flood) as page:
        page.answers_with(readable(200, HOST))
        page.evidence.begin(OpenStep("When", "a step", 1))
        ViewerPage(page.tab).open(ROOM)
        assert presence(page).held
        notes = page.evidence.current.page
    assert len(page.tab.console) == 1000
    assert len(notes) == 1001 and "left out" in notes[-1].text


@pytest.mark.parametrize(
    ("behaviour", "cause"),
    [
        (answers(502, "<html><h1>502 Bad Gateway</h1></html>", Content_Type="text/html"), "proxy-answered"),
        (answers(429, "slow down", Content_Type="text/plain"), "throttled"),
        (answers(520, "<html>Web server returned an unknown error</html>", Content_Type="text/html"), "proxy-answered"),
        (resets, "reset"),
    ],
    ids=["502", "429", "520", "reset"],
)
def test_a_page_that_something_in_between_answers_for_is_not_judged(
    host: BrowserHost, behaviour: Behaviour, cause: str
) -> None:
    with small_page(host, deadlines=SHORT) as page:
        page.web.behaviours[:] = [behaviour]
        with pytest.raises(Inconclusive) as raised:
            ViewerPage(page.tab).open(ROOM)
    assert raised.value.cause == cause


def test_a_page_that_breaks_itself_is_broken(host: BrowserHost) -> None:
    with small_page(host, deadlines=SHORT) as page:
        page.web.behaviours[:] = [answers(500, "<h1>Internal Server Error</h1>", Content_Type="text/html")]
        with pytest.raises(BrokenPromise, match="500"):
            ViewerPage(page.tab).open(ROOM)


def test_going_live_that_leads_nowhere_is_a_wait_that_a_slow_machine_explains(
    host: BrowserHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(ticks, "in_vain", waited.append)
    with small_page(host, deadlines=SHORT) as page:
        page.tab.goto("/r/{room}", "main[data-ready=true]", ROOM)
        popup = GoLivePopup(page.tab, PageRequests(page.target))
        assert not popup._comes(ROOM, None, "main[data-live]")
    assert len(waited) == 1 and waited[0] > page.target.deadlines.page


def test_what_a_page_throws_that_got_a_proxys_answer_is_none_of_its_faults(host: BrowserHost) -> None:
    before = "delete main.dataset.ready; const asked = fetch('/slow').then(answer => answer.json()); await asked;"
    with small_page(host, before=before, deadlines=SHORT) as page:
        bad_gateway = answers(502, "<html><h1>Bad Gateway</h1></html>", Content_Type="text/html")
        page.web.behaviours[:] = [page.web.behaviours[0], bad_gateway]
        with pytest.raises(Inconclusive, match="502") as raised:
            ViewerPage(page.tab).open(ROOM)
    assert raised.value.cause == "proxy-answered"


def test_what_the_page_before_threw_says_nothing_of_this_one(host: BrowserHost) -> None:
    with small_page(host, deadlines=SHORT) as page:
        shown, elsewhere = page.web.behaviours[0], answers(200, "<h1>Elsewhere</h1>", Content_Type="text/html")
        throws = answers(
            200, "<script>throw new Error('old')</script><main data-ready=true></main>", Content_Type="text/html"
        )
        page.web.behaviours[:] = [throws]
        viewer = ViewerPage(page.tab)
        viewer.open(ROOM)
        page.web.behaviours[:] = [elsewhere, shown]
        with pytest.raises(Inconclusive, match="not ready"):
            viewer.open(ROOM)


@pytest.mark.parametrize("behaviour", [resets, answers(503, "no")], ids=["reset", "503"])
def test_a_page_that_breaks_for_want_of_somebody_elses_script_is_not_judged(
    host: BrowserHost, behaviour: Behaviour
) -> None:
    with serving(behaviour) as elsewhere, small_page(host, deadlines=SHORT) as page:
        html = f"<script src='{elsewhere.address}/library.js'></script><script>Library.start()</script>"
        page.web.behaviours[:] = [answers(200, html, Content_Type="text/html")]
        with pytest.raises(Inconclusive, match=r"did not get the script GET .*/library\.js") as raised:
            ViewerPage(page.tab).open(ROOM)
    assert raised.value.cause == "page-incomplete"


def test_a_page_that_works_needs_nobody_elses_script(host: BrowserHost) -> None:
    with serving(resets) as elsewhere:
        element = f"Object.assign(document.createElement('script'), {{src: '{elsewhere.address}/a.js'}})"
        with small_page(host, when=f"document.head.append({element}); ask();") as page:
            page.answers_with(readable(200, HOST))
            ViewerPage(page.tab).open(ROOM)
            assert presence(page).held


@pytest.mark.parametrize(
    "behaviour",
    [answers(404, "no"), answers(200, "<html>app</html>", Content_Type="text/html")],
    ids=["404", "another page"],
)
def test_a_page_of_another_deployment_than_its_scripts_is_not_judged(host: BrowserHost, behaviour: Behaviour) -> None:
    with small_page(host, deadlines=SHORT) as page:
        html = "<script src='/app.1a2b.js'></script><script>App.start()</script>"
        page.web.behaviours[:] = [answers(200, html, Content_Type="text/html"), behaviour]
        with pytest.raises(Inconclusive, match=r"did not get its script GET .*/app\.1a2b\.js: answered") as raised:
            ViewerPage(page.tab).open(ROOM)
    assert raised.value.cause == "page-incomplete" and "deployment" in raised.value.hint


def test_a_page_that_works_needs_none_of_its_scripts(host: BrowserHost) -> None:
    with small_page(host) as page:
        shown = "<script src='/old.js'></script><main data-ready=true><p>Welcome</p></main>"
        page.web.behaviours[:] = [answers(200, shown, Content_Type="text/html"), answers(404, "no")]
        ViewerPage(page.tab).open(ROOM)
        assert cause_of(absence(page)) == ""  # nor does it ask anybody else


def test_the_same_page_under_another_name_is_not_judged(host: BrowserHost) -> None:
    with small_page(host) as page:
        page.answers_with(readable(200, GUEST))
        there = page.web.address.replace("127.0.0.1", "localhost")
        shown = page.web.behaviours[0]
        page.web.behaviours[:] = [answers(301, "", Location=f"{there}/r/r1"), shown]
        ViewerPage(page.tab).open(ROOM)
        assert cause_of(absence(page)) == "redirected"
