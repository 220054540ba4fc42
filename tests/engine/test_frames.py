"""What is in a frame of a page is found by selectors that lead there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.frames import count_text, into_frames
from greenroom.drivers.web.tab import Tab
from greenroom.targetfile.web import FlowStep
from tests.support.small_page import small_page

STAGE = """
const stage = document.createElement("iframe");
stage.className = "stage";
stage.srcdoc = "<p>Inside</p><button onclick=\\"this.textContent = 'Ended'\\">End Room</button>";
document.body.append(stage);
await new Promise(loaded => stage.onload = loaded);
"""
END = "frame=iframe.stage >> role=button[name='End Room']"


@pytest.mark.parametrize(
    ("selector", "due"),
    [
        ("role=button", "role=button"),
        ("[title='frame=x'] >> p", "[title='frame=x'] >> p"),
        ("frame=iframe >> p", "iframe >> internal:control=enter-frame >> p"),
        (
            "main >> frame=#one >> frame=#two >> text=Hi",
            "main >> #one >> internal:control=enter-frame >> #two >> internal:control=enter-frame >> text=Hi",
        ),
    ],
)
def test_the_words_of_a_selector(selector: str, due: str) -> None:
    assert into_frames(selector) == due


@pytest.fixture
def tab(host: BrowserHost) -> Iterator[Tab]:
    with small_page(host, before=STAGE) as page:
        page.tab.goto("/r/r1", "main[data-ready=true]")
        yield page.tab


@pytest.mark.integration
def test_a_text_is_found_wherever_it_stands(tab: Tab) -> None:
    assert [count_text(tab.page, text) for text in ("Inside", "End", "Outside")] == [1, 1, 0]


@pytest.mark.integration
def test_what_is_in_a_frame_is_seen_and_pressed(tab: Tab) -> None:
    assert tab.sees(END) and not tab.sees("role=button[name='End Room']")
    tab.play([FlowStep(click=END)], {})
    assert tab.appears("frame=iframe.stage >> text=Ended") and tab.vanishes(END)
    assert "Inside Ended" in tab.there()


FAR_DOWN = """
const stage = document.createElement("iframe");
stage.className = "stage";
stage.style.marginTop = "3000px";
stage.srcdoc = "<dialog open style='position: fixed; top: 40px'><button>Yes</button></dialog>";
document.body.append(stage);
await new Promise(loaded => stage.onload = loaded);
stage.contentDocument.querySelector("button").onclick = () => stage.before("Ended");
"""


@pytest.mark.integration
def test_what_has_a_fixed_place_in_a_frame_out_of_sight_is_scrolled_to(host: BrowserHost) -> None:
    with small_page(host, before=FAR_DOWN) as page:
        page.tab.goto("/r/r1", "main[data-ready=true]")
        page.tab.play([FlowStep(click="frame=iframe.stage >> role=button[name='Yes']")], {})
        assert page.tab.appears("text=Ended")
