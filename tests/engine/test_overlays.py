"""What lies over a page is put away before something is pressed, where the target file says how."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from greenroom.core.errors import BrokenPromise
from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.tab import Tab
from greenroom.targetfile.web import FlowStep
from tests.support.small_page import small_page

pytestmark = pytest.mark.integration

ACCEPT, CLOSE = "role=button[name='Accept all']", "role=button[name='Close the tour']"
OVER = """
const lie = (words, later) => setTimeout(() => {
  const over = document.createElement("div");
  over.innerHTML = `<button>${words}</button>`;
  Object.assign(over.style, { position: "fixed", inset: "0", background: "#fff" });
  over.firstChild.onclick = () => over.remove();
  document.body.append(over);
}, later);
const end = document.createElement("button"), said = document.createElement("p");
end.textContent = "End";
end.onclick = () => { said.textContent += "pressed " };
document.body.append(end, said);
"""
END = [FlowStep(click="role=button[name='End']")]


@contextmanager
def page_under(host: BrowserHost, over: str, dismiss: Sequence[str]) -> Iterator[Tab]:
    with small_page(host, before=OVER + over) as page:
        web = page.target.web
        assert web is not None
        target = page.target.model_copy(update={"web": web.model_copy(update={"dismiss": list(dismiss)})})
        target = target.model_copy(update={"deadlines": target.deadlines.model_copy(update={"control": 2.0})})
        tab = Tab(host, target, page.evidence, "Ada", "test")
        tab.goto("/r/r1", "main[data-ready=true]")
        yield tab
        tab.close()


@pytest.mark.parametrize(
    "over", ["lie('Accept all', 0)", "lie('Close the tour', 0); lie('Accept all', 0)", "lie('Accept all', 200)", ""]
)
def test_what_lies_over_a_page_is_put_away(host: BrowserHost, over: str) -> None:
    with page_under(host, over, [ACCEPT, CLOSE]) as tab:
        tab.play(END, {})
        tab.let_pass(0.3)
        tab.play(END, {})
        assert tab.sees("text=pressed pressed")


def test_without_a_word_of_it_what_lay_over_the_control_is_told(host: BrowserHost) -> None:
    with (
        page_under(host, "lie('Accept all', 0)", []) as tab,
        pytest.raises(BrokenPromise, match="no usable control") as failure,
    ):
        tab.play(END, {})
    assert "under <div>…</div>: [web] dismiss names what puts such a thing away" in str(failure.value)


def test_what_can_not_be_pressed_now_is_left(host: BrowserHost) -> None:
    below = "lie('Accept all', 0); setTimeout(() => { const over = document.createElement('dialog'); over.append(end); "
    with page_under(host, below + "document.body.append(over); over.showModal() }, 0)", [ACCEPT]) as tab:
        tab.play(END, {})
        assert tab.find("text=pressed").count()


def test_a_new_tab_as_well(host: BrowserHost) -> None:
    with page_under(host, "lie('Accept all', 0)", [ACCEPT]) as tab:
        tab.new_tab()
        tab.goto("/r/r1", "main[data-ready=true]")
        tab.play(END, {})
        assert tab.sees("text=pressed")


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("end.disabled = true", "'button End': it is disabled"),
        ("end.style.display = 'none'", "'button End': it is there and hidden (display: none)"),
        (
            "const box = document.createElement('nav'); box.hidden = true; box.append(end); document.body.append(box)",
            "'button End': it is there and hidden (display: none of the <nav> around it)",
        ),
        ("end.remove()", "'button End': it is not on the page"),
    ],
)
def test_why_a_control_can_not_be_used_is_told(host: BrowserHost, page: str, why: str) -> None:
    with page_under(host, page, []) as tab, pytest.raises(BrokenPromise) as failure:
        tab.play(END, {})
    assert str(failure.value).startswith(f"the page has no usable control {why}\n")
