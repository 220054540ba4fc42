"""A link under a dialog that waits for its answer is none that a person could follow."""

from __future__ import annotations

import pytest

from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.links import go_to_listing
from greenroom.drivers.web.tab import Tab
from greenroom.targetfile.web import FlowStep
from tests.support.small_page import small_page

pytestmark = pytest.mark.integration

PAGE = """
const [link, end, dialog] = ["a", "button", "dialog"].map(name => document.createElement(name));
link.href = "/"; link.textContent = "Back"; end.textContent = "End"; dialog.textContent = "Ending";
link.onclick = pressed => {
  pressed.preventDefault(); history.pushState({}, "", "/"); dialog.close(); main.dataset.listing = "true";
};
document.body.append(link, end, dialog);
"""
END = [FlowStep(click="role=button[name='End']")]


@pytest.mark.parametrize(
    ("on_end", "followed"),
    [("dialog.showModal()", False), ("dialog.showModal(); setTimeout(() => dialog.close(), 300)", True), ("", True)],
)
def test_a_link_is_followed_that_nothing_lies_over(host: BrowserHost, on_end: str, followed: bool) -> None:
    with small_page(host, before=PAGE + f"end.onclick = () => {{ {on_end} }};") as page:
        tab = Tab(host, page.target, page.evidence, "Ada", "test")
        tab.goto("/r/r1", "main[data-ready=true]")
        assert go_to_listing(tab, first=lambda: tab.play(END, {})) is followed
        tab.close()
