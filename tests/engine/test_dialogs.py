"""The browser's own dialogs are answered, and what they said is found by selectors until the next press."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.tab import Tab
from greenroom.targetfile.web import FlowStep
from tests.support.small_page import small_page

pytestmark = pytest.mark.integration

BUTTONS = """
document.body.insertAdjacentHTML("beforeend", "<button>End</button><button>Title</button><button>Fail</button><p></p>");
const [end, title, fail] = document.querySelectorAll("button"), said = document.querySelector("p");
end.onclick = () => { said.textContent = confirm("End this room?") ? "it has ended" : "it goes on" };
title.onclick = () => { said.textContent = `called ${prompt("Which title?", "Untitled")}` };
fail.onclick = () => { alert("The room could not be ended.") };
"""


@pytest.fixture
def tab(host: BrowserHost) -> Iterator[Tab]:
    with small_page(host, before=BUTTONS) as page:
        page.tab.goto("/r/r1", "main[data-ready=true]")
        yield page.tab


def press(name: str) -> FlowStep:
    return FlowStep(click=f"role=button[name='{name}']")


def test_what_is_asked_is_confirmed(tab: Tab) -> None:
    tab.play([press("End")], {})
    assert tab.appears("text=it has ended") and tab.sees("[data-dialog=confirm] >> text=End this room?")


def test_a_notice_is_there_until_the_next_press(tab: Tab) -> None:
    tab.play([press("Fail")], {})
    assert tab.sees("[data-dialog=alert] >> text=could not be ended")
    assert "after a dialog that said 'The room could not be ended.'" in tab.there()
    tab.play([press("End")], {})
    assert not tab.sees("[data-dialog=alert]")


def test_a_prompt_is_answered_with_what_the_flow_says_or_what_stands_in_it(tab: Tab) -> None:
    tab.play([press("Title")], {})
    assert tab.appears("text=called Untitled")
    tab.play([FlowStep(answer="{title}"), press("Title")], {"title": 'A "talk"'})
    assert tab.appears('text=called A "talk"')
