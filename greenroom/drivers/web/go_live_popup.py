"""Going live on the page, and what a person sees on the way to being live."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial, reduce
from typing import Any

from playwright.sync_api import Locator, Request
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from greenroom.core import ticks
from greenroom.core.deadlines import eventually
from greenroom.core.errors import BrokenPromise, Inconclusive, NotApplicable
from greenroom.core.placeholders import fill_text
from greenroom.drivers.web.input_method import take_word
from greenroom.drivers.web.requests import PageRequests
from greenroom.drivers.web.second_go_live import SecondGoLive, hold_second
from greenroom.drivers.web.shown_text import texts
from greenroom.drivers.web.tab import Tab
from greenroom.targetfile.web import FlowStep

Values = Mapping[str, Any]

_QUESTION = "[role=dialog], [role=alertdialog], dialog[open]"
_WRITTEN = "fields => fields.map(field => field.value ?? field.innerText)"
_A_MOMENT = 0.5
"""Seconds in which a press has begun to do what it does."""


@dataclass(frozen=True)
class WentLive:
    """What a person saw on the way to being live. `noticed` says whether the page said that it retried, `hindrance`
    what kept the page from seeing all."""

    opened: bool
    noticed: bool
    says: str = ""
    hindrance: Inconclusive | None = None


class GoLivePopup:
    """Going live on the page."""

    def __init__(self, tab: Tab, requests: PageRequests) -> None:
        self._tab, self._requests = tab, requests
        self._flow, self._viewer = tab.web.go_live, tab.web.viewer
        self._takes_words = False

    def open(self, values: Values) -> None:
        """Open the popup and fill it in, but do not submit."""
        self.open_page(values)
        self.open_here(values)

    def open_page(self, values: Values) -> None:
        """Load the page on which going live begins."""
        page = self._tab.web.listing if self._flow.page == "listing" else self._viewer
        self._tab.goto(page.path, page.ready, values, service=page.service)

    def open_here(self, values: Values) -> None:
        """The same on the page that is open."""
        self._tab.play(self._flow.open, values)
        for step in self._flow.fill:
            self._write(step, values)
        for step in self._text_fields() if self._takes_words else ():  # Enter could go live only now
            if self._tab.sees(step.fill or "", values):
                self._write(step, values)

    @contextmanager
    def writing_by_input_method(self) -> Iterator[None]:
        """Within it, whoever fills in the form writes by an input method, as in Japanese."""
        self._takes_words = True
        try:
            yield
        finally:
            self._takes_words = False

    def let_page_go_on(self, answers: int = 2, within: float | None = None) -> None:
        """Wait until the page has asked by itself and got more than so many answers; one that asks nothing is waited
        for as long as a state takes to settle, or so many seconds."""
        answered: list[str] = []
        seconds = self._tab.target.deadlines.settle if within is None else within

        def note(request: Request) -> None:
            answered.append(request.url)

        self._tab.page.on("requestfinished", note)
        eventually(lambda: len(answered) > answers, bool, seconds, pause=self._tab.let_pass)
        self._tab.page.remove_listener("requestfinished", note)

    def hindrance(self) -> Inconclusive | None:
        """What kept the page from seeing all, if anything did."""
        return self._tab.hindrance()

    def submit(self, values: Values) -> WentLive:
        """Press the last button and see it through to the viewer or to a failure that the page admits.

        The second Go Live of a recovery is held until the page was seen to say that it retries, so that a notice that
        is there only for a moment is not missed.
        """
        standing = self._standing(values)
        messages = self._requests.messages("go_live")
        if not messages and not self._requests.describes("go_live"):  # a notice of a moment only may be missed then
            self._tab.play([FlowStep(click=self._flow.submit)], values)
            return self._see_through(values, None, standing)
        hold = hold_second(self._requests, self._tab, active=bool(self._flow.retrying))
        try:
            self._tab.play([FlowStep(click=self._flow.submit)], values)
            return self._see_through(values, hold, standing)
        finally:
            hold.end()

    def press_twice(self, values: Values) -> WentLive:
        """Double-click the last button, and see what came of it."""
        standing = self._standing(values)
        self.click_twice(values)
        return self._see_through(values, None, standing)

    def click_twice(self, values: Values) -> None:
        """Double-click the last button and wait for nothing."""
        self._tab.look("the last button of Go Live", self._tab.shown(self._flow.submit, values).first.dblclick)

    def press_enter(self, values: Values) -> None:
        """Press Enter in each field that is there and takes text, as a hand may that is faster than the page."""
        for step in self._flow.fill:
            if step.fill and self._tab.sees(step.fill, values):
                field = self._tab.shown(step.fill, values).first
                if self._tab.look("a field", field.is_enabled):
                    self._tab.look("a field", partial(field.press, "Enter", no_wait_after=True))

    def _write(self, step: FlowStep, values: Values) -> None:
        """An act of the form. By an input method the first word of what is asked for is written and taken by Enter, and
        then all; of a form in parts, the field may be gone with its part later."""
        if self._takes_words and step.fill and not step.if_present:
            whole = str(fill_text(step.value or "", values))
            self._tab.play([step.model_copy(update={"value": whole.partition(" ")[0]})], values)
            self._tab.look("a field", partial(take_word, self._tab.shown(step.fill, values).first))
            self.let_page_go_on()
        self._tab.play([step], values)

    def _text_fields(self) -> list[FlowStep]:
        return [step for step in self._flow.fill if step.fill]

    def press(self, values: Values) -> None:
        """Press the last button and wait for nothing."""
        self._tab.play([FlowStep(click=self._flow.submit)], values)

    def give_up(self, values: Values) -> None:
        """Press Escape, as a person does who has thought better of it, and load the page anew."""
        self._tab.page.keyboard.press("Escape")
        self.let_page_go_on()
        self.open_page(values)

    def change_mind(self, values: Values) -> None:
        """Press Escape, and fill the form in once more; it is opened again where it has closed. Nothing is loaded anew.

        Raises BrokenPromise when it does not open, and NotApplicable where the page is another one after Escape, asks
        something, or keeps a part of what was filled in: then it is not known what is left to do.
        """
        needed = [each for each in self._flow.fill if not each.if_present]
        first = next((at for each in needed if (at := each.fill or each.click or each.check or each.choose)), None)
        first = first or self._flow.submit
        was_at = self._tab.page.url
        self._tab.page.keyboard.press("Escape")
        if self._tab.vanishes(self._flow.submit, values, within=_A_MOMENT):
            if self._tab.page.url != was_at or self._tab.sees(_QUESTION):
                raise NotApplicable("page-stays", "the page does not just close the form of Go Live at Escape")
            self._tab.play(self._flow.open, values)
            if not self._tab.appears(first, values) and not self._tab.sees(self._flow.submit, values):
                raise BrokenPromise(f"the form of Go Live should open once more\n  found     {self._tab.there()}")
        if self._tab.sees(first, values) and not self._holds_title(values):
            self._tab.play(self._flow.fill, values)
        elif not self.can_be_pressed(values, within=_A_MOMENT):
            raise NotApplicable("page-stays", "the form of Go Live keeps the title, and not all of the rest")

    def opens_with(self, text: str, values: Values) -> bool:
        """Whether a field of the form has the text in it when it is opened, and nobody has written anything yet."""
        self.open_page(values)
        self._tab.play(self._flow.open, values)
        there = [step.fill or "" for step in self._text_fields() if self._tab.appears(step.fill or "", values)]
        shown = (self._tab.shown(field, values) for field in there)
        return any(
            text in said for one in shown for said in self._tab.look("a field", partial(one.evaluate_all, _WRITTEN))
        )

    def _holds_title(self, values: Values) -> bool:
        """Whether what was written is still in all of the form's fields."""

        def is_in(step: FlowStep) -> bool:
            field = self._tab.shown(step.fill or "", values)
            wanted = str(fill_text(step.value or "", values))
            return wanted in self._tab.look("a field", partial(field.evaluate_all, _WRITTEN))

        fields = self._text_fields()
        return bool(fields) and all(map(is_in, fields))

    def check_is_no_form(self) -> None:
        """Raises NotApplicable when a form has met trouble: the page is gone, or about to go, and can say nothing."""
        if self._tab.form_is_troubled:
            raise NotApplicable("form", "the page sends a form: the browser tells what becomes of it, and not the page")

    def can_be_pressed_now(self, values: Values) -> bool:
        """Whether the last button is there and can be pressed at this moment."""
        button = self._tab.shown(self._flow.submit, values).first
        seconds = self._tab.target.deadlines.control

        def can() -> bool:
            return button.is_visible() and button.is_enabled(timeout=seconds * 1000)

        return self._tab.look("the last button of Go Live", can)

    def can_be_pressed(self, values: Values, within: float) -> bool:
        """Whether the last button can be pressed within the deadline."""
        button = self._tab.shown(self._flow.submit, values).first
        if not self._tab.appears(self._flow.submit, values, within=within):
            return False
        return self._tab.look("the last button of Go Live", lambda: button.is_enabled(timeout=within * 1000))

    def _see_through(self, values: Values, hold: SecondGoLive | None, standing: _Standing | None) -> WentLive:
        noticed = False
        opened, retrying = self._viewer.opened or self._viewer.ready, self._flow.retrying
        if not self._comes(values, standing, opened, retrying):
            raise BrokenPromise(f"going live should open the viewer or say why not\n  found     {self._tab.there()}")
        if retrying and self._tab.sees(retrying, values):
            noticed = True
            if hold is not None:  # before confirming: a form's click waits for its answer
                hold.release()
            standing = self._standing(values) if self._flow.confirm else standing
            self._tab.play(self._flow.confirm, values)
            if not self._comes(values, standing, opened):
                raise BrokenPromise(
                    "after the retry the viewer should open, or the page say why not\n"
                    f"  found     {self._tab.page.url}, still saying {self._said(retrying, values)!r}"
                )
        # a notice that stood there before may outlive a try that works
        has_opened = standing is not None and self._tab.look("the viewer", self._tab.find(opened, values).count) > 0
        if not has_opened and self._failed_now(values, standing):
            return WentLive(False, noticed, self._said(self._flow.failed, values), self.hindrance())
        if self._flow.was_reset and not noticed:
            noticed = self._tab.sees(self._flow.was_reset, values)
        return WentLive(True, noticed, hindrance=self.hindrance())

    def _comes(self, values: Values, standing: _Standing | None, *signs: str) -> bool:
        """Whether one of these comes within the deadline for pages, or a failure that this press is told of."""

        seconds, began = self._tab.target.deadlines.page, time.monotonic()
        if standing is not None:

            def has_come() -> bool:
                self.check_is_no_form()
                shown = any(self._tab.find(sign, values).count() for sign in signs if sign)
                return shown or self._failed_now(values, standing)

            came, _ = eventually(has_come, bool, seconds, pause=self._tab.let_pass)
            return came
        while not self._is_there(values, signs):
            self.check_is_no_form()
            if time.monotonic() - began > seconds:
                ticks.in_vain(time.monotonic() - began)
                return False
        return True

    def _is_there(self, values: Values, signs: Sequence[str]) -> bool:
        """Whether one of these is there, or a failure is shown, within a moment, on the page in sight by now."""
        wanted = [self._tab.find(sign, values) for sign in signs if sign]
        if self._flow.failed:  # its element may be there all the time
            wanted.append(self._tab.shown(self._flow.failed, values))
        if any("frame=" in sign for sign in (*signs, self._flow.failed)):  # no wait for one of several crosses frames
            return eventually(lambda: any(map(Locator.count, wanted)), bool, _A_MOMENT, pause=self._tab.let_pass)[0]
        any_of = reduce(Locator.or_, wanted)
        try:
            any_of.first.wait_for(state="attached", timeout=_A_MOMENT * 1000)
        except PlaywrightTimeout:
            return False
        return True

    def _standing(self, values: Values) -> _Standing | None:
        """The failure that the page shows before the press, if any."""
        failed = self._flow.failed
        if not failed or not self._tab.sees(failed, values):
            return None
        return _Standing(self._said(failed, values), time.monotonic())

    def _failed_now(self, values: Values, standing: _Standing | None) -> bool:
        """Whether the page shows a failure, of this press: one that stood there before counts once it was gone, says
        something else, or is still there when all is answered and the button can be pressed again."""
        failed = self._flow.failed
        shown = bool(failed) and self._tab.sees(failed, values)
        if standing is None or not shown:
            if standing is not None:
                standing.is_over = True
            return shown
        said = self._tab.look("a failure", partial(texts, self._tab.shown(failed, values)))
        if not said:  # it went at this moment
            standing.is_over = True
            return False
        if standing.is_over or said[0].strip() != standing.says:
            return True
        is_done = time.monotonic() - standing.since > _A_MOMENT and self._tab.traffic.is_quiet(self._tab.page)
        return is_done and self.can_be_pressed_now(values)

    def _said(self, selector: str, values: Values) -> str:
        return self._tab.text_of(selector, self._tab.shown(selector, values).first).strip()


@dataclass
class _Standing:
    """A failure notice that was there before the button was pressed, and since when it is waited for another."""

    says: str
    since: float
    is_over: bool = False
