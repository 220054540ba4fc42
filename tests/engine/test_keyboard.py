"""What is pressed with the keyboard alone: a control that it reaches, whatever part of it is named."""

from __future__ import annotations

import pytest

from greenroom.core.errors import BrokenPromise
from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.device import KEYBOARD
from greenroom.drivers.web.tab import Tab
from greenroom.targetfile.web import FlowStep
from tests.support.small_page import small_page

pytestmark = pytest.mark.integration

CONTROLS = """
document.body.insertAdjacentHTML("beforeend", `
  <button id="button" onclick="pressed('button')"><b>Press</b></button>
  <a id="link" href="#" onclick="pressed('link')">Follow</a>
  <div id="widget" tabindex="0" role="button">Widget</div>
  <label id="label">Agree <input type="checkbox" onchange="pressed('box')"></label>
  <button id="mouse" onpointerup="pressed('mouse')">Only by mouse</button>
  <div id="nothing" onclick="pressed('nothing')">No control</div>
  <p id="said"></p>`);
window.pressed = what => { document.querySelector("#said").textContent = what; };
document.querySelector("#widget").onkeydown = event => event.key === "Enter" && pressed("widget");
"""


def press(host: BrowserHost, selector: str) -> str:
    """What the page says was pressed."""
    with small_page(host, before=CONTROLS) as page:
        tab = Tab(host, page.target, page.evidence, "Ada", "test", device=KEYBOARD)
        tab.goto("/", "main[data-ready=true]")
        tab.play([FlowStep(click=selector)], {})
        said = tab.page.inner_text("#said")
        tab.close()
        return said


@pytest.mark.parametrize(
    ("selector", "said"),
    [
        ("#button", "button"),
        ("#button b", "button"),  # its words
        ("#link", "link"),
        ("#widget", "widget"),
        ("#label", "box"),
        ("#mouse", ""),
    ],
)
def test_a_control_is_pressed_by_its_key(host: BrowserHost, selector: str, said: str) -> None:
    assert press(host, selector) == said


def test_what_the_keyboard_does_not_reach_is_no_control(host: BrowserHost) -> None:
    with pytest.raises(BrokenPromise, match="the keyboard should reach each control"):
        press(host, "#nothing")
