"""A control that is replaced while it is pressed is pressed once more; one that answers to the press is not."""

from __future__ import annotations

import pytest

from greenroom.drivers.web.browser import BrowserHost
from greenroom.targetfile.web import FlowStep
from tests.support.small_page import small_page

pytestmark = pytest.mark.integration

BUTTON = """
document.body.insertAdjacentHTML("beforeend", "<section></section><p id=clicks>0</p>");
const place = document.querySelector("section"), clicks = document.querySelector("#clicks");
window.presses = 0;
const clicked = () => { clicks.textContent = +clicks.textContent + 1; };
const draw = () => {
  const button = document.createElement("button");
  button.textContent = "Options";
  button.onclick = clicked;
  button.onmousedown = () => { window.presses++; ON_PRESS };
  button.onpointerup = () => { if (window.presses === 1) { BEFORE_RELEASE } };
  place.replaceChildren(button);
};
draw();
"""


@pytest.mark.parametrize(
    ("on_press", "before_release", "presses", "clicks"),
    [
        ("", "", 1, "1"),
        ("", "draw()", 2, "1"),  # some news came in between
        ("", "place.replaceChildren()", 1, "0"),  # and nothing was put in its place
        ("clicked(); draw()", "", 1, "1"),  # it acts when it is pressed, and not when it is released
    ],
)
def test_a_lost_press_is_made_once_more(
    host: BrowserHost, on_press: str, before_release: str, presses: int, clicks: str
) -> None:
    script = BUTTON.replace("ON_PRESS", on_press).replace("BEFORE_RELEASE", before_release)
    with small_page(host, before=script) as page:
        page.tab.goto("/", "main[data-ready=true]")
        page.tab.play([FlowStep(click="role=button[name='Options']")], {})
        assert page.tab.page.evaluate("window.presses") == presses
        assert page.tab.page.inner_text("#clicks") == clicks
