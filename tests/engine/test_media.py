"""What a page finds in its browser: a camera and a microphone, leave to be left, and what was kept before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.tab import Tab
from greenroom.targetfile.web import FlowStep
from tests.support.small_page import small_page

pytestmark = pytest.mark.integration

LIVE = """
const go = document.createElement("button"), said = document.createElement("p");
go.textContent = "Go Live";
go.onclick = async () => {
  try {
    const [asked] = await Promise.all(["camera"].map(name => navigator.permissions.query({ name })));
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    said.textContent = `${asked.state}: ${stream.getTracks().map(track => track.kind).sort()}`;
  } catch (error) { said.textContent = `${error.name}` }
};
document.body.append(go, said);
addEventListener("beforeunload", event => { event.preventDefault(); event.returnValue = "really?" });
"""


@pytest.fixture
def tab(host: BrowserHost) -> Iterator[Tab]:
    with small_page(host, before=LIVE) as page:
        page.tab.goto("/r/r1", "main[data-ready=true]")
        yield page.tab


def test_camera_and_microphone_are_there(tab: Tab) -> None:
    tab.play([FlowStep(click="role=button[name='Go Live']")], {})
    assert tab.appears("text=granted: audio,video"), tab.there()


def test_a_page_that_asks_whether_to_leave_is_left(tab: Tab) -> None:
    tab.play([FlowStep(click="role=button[name='Go Live']")], {})
    tab.reload("main[data-ready=true]")
    tab.play([FlowStep(click="role=button[name='Go Live']")], {})
    tab.goto("/r/r2", "main[data-ready=true]")
    assert tab.page.url.endswith("/r/r2")


def test_what_every_browser_keeps_from_the_beginning(host: BrowserHost) -> None:
    keep = "globalThis.kept = localStorage.getItem('rooms'); localStorage.setItem('rooms', 'off');"
    with small_page(host, before=keep) as page:
        web = page.target.web
        assert web is not None
        target = page.target.model_copy(update={"web": web.model_copy(update={"local_storage": {"rooms": "on"}})})
        tab = Tab(host, target, page.evidence, "Ada", "test")
        tab.goto("/r/r1", "main[data-ready=true]")
        assert tab.page.evaluate("kept") == "on"
        tab.reload("main[data-ready=true]")
        assert tab.page.evaluate("kept") == "off"
        tab.close()
