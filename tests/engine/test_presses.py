"""A control that is replaced while it is pressed is pressed once more; one that answers to the press is not."""

from __future__ import annotations

import functools

import pytest

from greenroom.drivers.web import presses
from greenroom.drivers.web.browser import BrowserHost
from greenroom.targetfile.web import FlowStep
from tests.support.small_page import small_page

pytestmark = pytest.mark.integration

BUTTON = """
document.body.insertAdjacentHTML("beforeend", "<section></section><p id=clicks>0</p>");
const place = document.querySelector("section"), clicks = document.querySelector("#clicks");
window.presses = window.moves = 0;
const clicked = () => { clicks.textContent = +clicks.textContent + 1; };
const draw = () => {
  const button = document.createElement("button");
  button.textContent = "Options";
  button.onclick = clicked;
  button.onmousemove = () => { if (!window.moves++) { BEFORE_PRESS } };
  button.onmousedown = () => { window.presses++; ON_PRESS };
  button.onpointerup = () => { if (window.presses === 1) { BEFORE_RELEASE } };
  place.replaceChildren(button);
};
draw();
"""
MOMENTS = ("BEFORE_PRESS", "ON_PRESS", "BEFORE_RELEASE")


@pytest.mark.parametrize(("hold", "clicks"), [(0, "0"), (0.4, "1")])
def test_a_button_is_held_down_as_long_as_the_file_says(host: BrowserHost, hold: float, clicks: str) -> None:
    script = """
document.body.insertAdjacentHTML("beforeend", "<button>Hold to end</button><p id=clicks>0</p>");
const button = document.querySelector("button");
let since = 0;
button.onpointerdown = () => { since = Date.now(); };
button.onclick = () => { if (Date.now() - since >= 300) document.querySelector("#clicks").textContent = 1; };
"""
    with small_page(host, before=script) as page:
        page.tab.goto("/", "main[data-ready=true]")
        page.tab.play([FlowStep(click="role=button[name='Hold to end']", hold=hold)], {})
        assert page.tab.page.inner_text("#clicks") == clicks


def test_what_a_busy_page_does_after_a_time_is_done_before_the_button_goes_up(host: BrowserHost) -> None:
    script = """
document.body.insertAdjacentHTML("beforeend", "<button>Hold to end</button><p id=clicks>0</p>");
const button = document.querySelector("button");
let held;
const busy = () => { const since = Date.now(); while (Date.now() - since < 700); };
button.onpointerdown = () => {
  held = setTimeout(() => { document.querySelector("#clicks").textContent = 1; button.disabled = true; }, 300);
  setTimeout(busy, 50);
};
button.onpointerup = () => clearTimeout(held);
"""
    with small_page(host, before=script) as page:
        page.tab.goto("/", "main[data-ready=true]")
        page.tab.play([FlowStep(click="role=button[name='Hold to end']", hold=0.4)], {})  # once: it is disabled now
        assert page.tab.page.inner_text("#clicks") == "1"


@pytest.mark.parametrize(("becomes", "held"), [("link", "1"), ("button", "2")])
def test_what_took_the_place_of_a_held_button_is_not_held(host: BrowserHost, becomes: str, held: str) -> None:
    script = """
document.body.insertAdjacentHTML("beforeend", "<button>Hold to end</button><p id=held>0</p><p id=gone>no</p>");
const [button, count, gone] = ["button", "#held", "#gone"].map(name => document.querySelector(name));
const link = document.createElement("button");
link.textContent = "Back to all that is live";
link.onclick = () => { gone.textContent = "yes"; };
let timer;
button.onpointerdown = () => { timer = setTimeout(() => {
  count.textContent = +count.textContent + 1;
  if ("BECOMES" === "link") button.replaceWith(link);
}, 200); };
button.onpointerup = () => clearTimeout(timer);
""".replace("BECOMES", becomes)
    with small_page(host, before=script) as page:
        page.tab.goto("/", "main[data-ready=true]")
        presses.press_twice(page.tab.page, page.tab.page.get_by_role("button", name="Hold to end"), hold=0.3)
        assert page.tab.page.inner_text("#held") == held
        assert page.tab.page.inner_text("#gone") == "no"


@pytest.mark.parametrize(
    ("before_press", "on_press", "before_release", "pressed", "clicks"),
    [
        ("", "", "", 1, "1"),
        ("draw()", "", "", 1, "1"),  # some news came as the pointer came; Playwright let nobody know of that press
        ("", "", "draw()", 2, "1"),  # or between press and release
        ("", "", "place.replaceChildren()", 1, "0"),  # and nothing was put in its place
        ("", "clicked(); draw()", "", 1, "1"),  # it acts when it is pressed, and not when it is released
    ],
)
def test_a_lost_press_is_made_once_more(
    host: BrowserHost, before_press: str, on_press: str, before_release: str, pressed: int, clicks: str
) -> None:
    happens = dict(zip(MOMENTS, (before_press, on_press, before_release), strict=True))
    script = functools.reduce(lambda text, moment: text.replace(moment, happens[moment]), happens, BUTTON)
    with small_page(host, before=script) as page:
        page.tab.goto("/", "main[data-ready=true]")
        page.tab.play([FlowStep(click="role=button[name='Options']")], {})
        assert page.tab.page.evaluate("window.presses") == pressed
        assert page.tab.page.inner_text("#clicks") == clicks


# As browsers do it with a frame now and then: its window is watched while its first, empty document is still there.
EARLY = """
window.theDocument = document.implementation.createHTMLDocument();
addEventListener("DOMContentLoaded", () => { window.theDocument = document; });
"""


def test_a_press_in_a_window_that_was_watched_before_it_had_its_document_is_made_once(
    host: BrowserHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presses, "_WATCH", EARLY + presses._WATCH.replace("document", "theDocument"))
    script = functools.reduce(lambda text, moment: text.replace(moment, ""), MOMENTS, BUTTON)
    with small_page(host, before=script) as page:
        page.tab.goto("/", "main[data-ready=true]")
        page.tab.play([FlowStep(click="role=button[name='Options']")], {})
        assert page.tab.page.inner_text("#clicks") == "1"
