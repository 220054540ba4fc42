"""One person's browser: their context, the page they look at, and what it says by itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any, Literal, TypeVar

from playwright.sync_api import BrowserContext, Locator, Page
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from greenroom.core import ticks
from greenroom.core.deadlines import eventually
from greenroom.core.errors import BrokenPromise, Inconclusive
from greenroom.core.placeholders import fill_text
from greenroom.drivers.account import Account
from greenroom.drivers.web.acts import act_out
from greenroom.drivers.web.added_headers import AddedHeaders
from greenroom.drivers.web.browser import BrowserHost
from greenroom.drivers.web.device import COMPUTER, Device
from greenroom.drivers.web.dialogs import answer_dialogs
from greenroom.drivers.web.foreign_link import follow_from_elsewhere
from greenroom.drivers.web.frames import into_frames, quoted
from greenroom.drivers.web.kept_session import keep_from_the_beginning, keep_session
from greenroom.drivers.web.loading import HIDES, check_opened, failed, load
from greenroom.drivers.web.opened_pages import follow_opened
from greenroom.drivers.web.overlays import put_away_overlays
from greenroom.drivers.web.page_console import PageConsole
from greenroom.drivers.web.page_writes import PageWrites
from greenroom.drivers.web.readiness import not_ready, reload_until_ready, wait_for_mark
from greenroom.drivers.web.shown_text import text_or_name
from greenroom.drivers.web.socket_troubles import SocketTroubles
from greenroom.drivers.web.traffic import PageTraffic
from greenroom.drivers.web.unusable import control_words, why_unusable, with_hidden
from greenroom.drivers.web.whereabouts import is_place, what_is_there
from greenroom.record.evidence import Evidence
from greenroom.targetfile.model import Target
from greenroom.targetfile.web import READY_WITHOUT_MARK, FlowStep

T = TypeVar("T")

_A_MOMENT = 0.5
_GONE_ON = ("Execution context was destroyed", "navigat", "Frame was detached", "in the context they were created")


class Tab:
    """A person's context and current page. `who` is the name the reports use."""

    def __init__(
        self,
        host: BrowserHost,
        target: Target,
        evidence: Evidence,
        who: str,
        user_agent: str,
        stopped: Collection[str] = (),
        device: Device = COMPUTER,
    ) -> None:
        assert target.web is not None
        self.target, self.evidence, self.who = target, evidence, who
        self.web = target.web
        self.is_signed_in, self._signed_in = False, 0  # and how many have signed in here, one after the other
        self.is_troubled = self.form_is_troubled = False  # requests, or a form, meet trouble that the scenario makes
        self._ready_in, self.hides = 0, False  # in which step a page was ready last; whether its status says "not here"
        self._act = partial(act_out, by_keyboard=device.has_no_mouse)
        self.context: BrowserContext = host.context(user_agent, **device.options())
        device.prepare(self.context, self.web.locale)
        self.added_headers = AddedHeaders(self.context, target, device.headers(self.web.locale))
        self.context.set_default_timeout(target.deadlines.control * 1000)
        self.traffic = PageTraffic(target, evidence, who, self.context, stopped)
        self.writes, self.socket_troubles = PageWrites(target, self.context), SocketTroubles(self)
        self._said = PageConsole(self.context, evidence, lambda: self.who, self._origins())
        self.console = self._said.lines
        answer_dialogs(self.context)
        keep_from_the_beginning(self.context, self.web.local_storage, self._origins())
        put_away_overlays(self.context, self.web.dismiss)
        self.page: Page = self.context.new_page()
        follow_opened(self.context, lambda: self.page, partial(setattr, self, "page"))

    def sign_in(self, account: Account, *services: str) -> None:
        """Make this context the account's, for all pages or those of `services`. Raises Inconclusive when it fails."""
        self.is_signed_in = True
        if self.target.browser_sign_in.scheme == "form":
            self.sign_in_by_form(account)
        else:
            self._signed_in += 1
            keep_session(self.context, self.target, account, self._origins(*services), turn=self._signed_in)

    def sign_in_by_form(self, account: Account) -> None:
        """Sign in as a person does, on the sign-in page."""
        how = self.target.browser_sign_in
        with self.writes.left_out():
            self.goto(self.web.sign_in_path)
            self.play(how.flow, account.values())
            if not how.signed_in or self.appears(how.signed_in):
                return
        hint = "is `signed_in` of [browser_sign_in] what the page shows then?"
        raise Inconclusive("sign-in", f"{self.who} could not sign in on the page: it is at {self.there()}", hint=hint)

    def sign_out(self, once_pressed: Callable[[], None] = lambda: None) -> None:
        """Sign out as a person does, on the page that is open; `once_pressed` is called before anything has to show."""
        sign_in = self.target.browser_sign_in
        self.play(sign_in.sign_out, {})
        once_pressed()
        if sign_in.signed_in:  # a form is sent a moment after the press: who goes on before that has not signed out
            self.vanishes(sign_in.signed_in)
        self.traffic.settle(self.page, self.let_pass, self.target.deadlines.page)
        self.is_signed_in = False

    def sign_in_as_well(self, account: Account, who: str) -> None:
        """Somebody else signs in on this page, after whoever was signed in has signed out. `who` is their name."""
        self.who, self.is_signed_in = who, True
        self.sign_in(account)

    def new_tab(self) -> None:
        """A new tab of the same browser; the one before stays open."""
        self.page = self.context.new_page()

    def goto(
        self,
        path: str,
        ready: str = "",
        values: Mapping[str, Any] | None = None,
        *,
        service: str = "web",
        unless: Callable[[], bool] | None = None,
        how: Literal["goto", "follow"] = "goto",
    ) -> None:
        """Open a path of the pages at `service` and wait until it is ready, `unless` another page came instead. It is
        asked for as an address that a person types, or followed from another site."""
        url = self._origin(service) + fill_text(path, values or {})
        if not self._load(how, url, url):  # only what stands behind a # is another: the document was not loaded anew
            self._load("reload", url)
        self.wait_ready(ready, values, unless=unless)

    def reload(
        self, ready: str, values: Mapping[str, Any] | None = None, *, unless: Callable[[], bool] | None = None
    ) -> None:
        """Press F5 and wait until the page is ready again, `unless` another page came instead.

        Raises BrokenPromise where it was ready before, nothing is different since, and it is not again, twice.
        """
        url, was_ready = self.page.url, self._is_still_ready(ready, values)
        reload_until_ready(
            lambda: self._load("reload", url),
            lambda: self.wait_ready(ready, values, unless=unless),
            lambda: was_ready and self.page.url == url,
        )

    def go_back(self) -> None:
        """Back in the browser's history."""
        self._load("go_back", self.page.url)

    def go_forward(self) -> None:
        """Forward in the browser's history."""
        self._load("go_forward", self.page.url)

    def wait_ready(
        self, ready: str, values: Mapping[str, Any] | None = None, *, unless: Callable[[], bool] | None = None
    ) -> None:
        """Wait until the page can be used: until its mark is there, or as `ready` says instead; `unless` it turned out
        to be another page. One that fails to is broken when it threw an error, else we can't tell."""
        if not ready:
            return
        seconds = self.target.deadlines.page
        try:
            if ready in READY_WITHOUT_MARK:
                self._wait_without_mark(ready, seconds)
            else:
                wait_for_mark(self.find(ready, values).first, seconds, unless)
        except PlaywrightTimeout:
            self._check_brought()
            waits = self.traffic.waits_for(self.page)
            mistake = self._said.mistake or self.traffic.own_failure(self.page)
            raise not_ready(self.page.url, seconds, mistake, waits, self.there()) from None
        except PlaywrightError as error:
            raise failed(error) from None
        self._ready_in = len(self.evidence.steps)

    def is_at(self, path: str, mark: str = "", *, service: str = "web") -> bool:
        """Whether the page is that of a path without placeholders, and its mark is there, where it has one."""
        there = is_place(self.page.url, self._origin(service) + path, with_host=len(self._origins()) > 1)
        return there and (not mark or mark in READY_WITHOUT_MARK or bool(self.look(mark, self.find(mark).count)))

    def was_sent_to_sign_in(self) -> bool:
        """Whether nobody is signed in, and the page is the one to do so, on whichever service."""
        if self.is_signed_in or not self.web.sign_in_path:
            return False
        leads_on, field = not self.page.url.startswith(tuple(self._origins())), self.target.browser_sign_in.first_field
        return self.is_at(self.web.sign_in_path) or (leads_on and self.sees(field))

    def check_environment(self) -> None:
        """Raises what the page's own requests met in place of the target since it was loaded, if anything."""
        if (hindrance := self.hindrance()) is not None:
            raise hindrance

    def _check_brought(self) -> None:
        """Raises what kept from the page what it needs to work: what it throws then is none of its own faults."""
        self.check_environment()
        if (lacks := self.traffic.lacks(self.page)) is not None:
            raise lacks

    def hindrance(self) -> Inconclusive | None:
        """What the page's own requests met in place of the target since it was loaded: it could not see all then."""
        return self.traffic.hindrance(self.page)

    def settle(self) -> Inconclusive | None:
        """Wait until the page has all its answers, and the time to show them. What keeps it from being judged, if any:
        that something is not there means nothing on a page which is still on its way."""
        late = self.traffic.settle(self.page, self.let_pass, self.target.deadlines.page)
        return late or self.hindrance()

    def check_shown(
        self, values: Mapping[str, Any], *signs: str, unless: Callable[[], bool] | None = None
    ) -> Inconclusive | None:
        """Wait until one of the signs of a working page is there: on a page that is none of the target's, or that broke
        down, nothing is missing. `unless` it is another one. Raises BrokenPromise when the page threw an error."""
        known = [self.find(sign, values) for sign in signs if sign and sign not in READY_WITHOUT_MARK]
        if not known:
            return None
        seconds = self.target.deadlines.page

        def is_shown() -> bool:
            return any(each.count() for each in known) or (unless is not None and unless())

        _, waited = eventually(is_shown, bool, seconds, pause=self.let_pass)
        if waited < seconds or is_shown():
            return None
        self._check_brought()
        if mistake := self._said.mistake or self.traffic.own_failure(self.page):
            raise BrokenPromise(f"the page should be shown\n  found     {mistake}")
        return Inconclusive("page-elsewhere", f"this is none of the target's pages: {self.there()}")

    def look(self, what: str, read: Callable[[], T]) -> T:
        """What `read` finds on the page; once more when the page went on meanwhile. Raises BrokenPromise when `what` is
        not there within the deadline, naming what is there instead."""
        ends = time.monotonic() + self.target.deadlines.control
        while True:
            try:
                return read()
            except PlaywrightTimeout:
                raise BrokenPromise(f"the page should show {what}\n  found     {self.there()}") from None
            except PlaywrightError as error:
                if time.monotonic() > ends or not any(sign in error.message for sign in _GONE_ON):
                    raise failed(error) from None
                self.let_pass(_A_MOMENT)

    def there(self) -> str:
        """The address of the page, and the beginning of what it shows."""
        return self.evidence.redactor.text(what_is_there(self.page))

    def let_pass(self, seconds: float) -> None:
        """Between two looks of `eventually`: the time passes in the browser's own loop, so that its events arrive."""
        self.page.wait_for_timeout(seconds * 1000)

    def find(self, selector: str, values: Mapping[str, Any] | None = None) -> Locator:
        """What a selector of the target file finds, with its placeholders filled."""
        in_quotes = {key: quoted(value) for key, value in (values or {}).items()}
        return self.page.locator(into_frames(fill_text(selector, in_quotes)))

    def shown(self, selector: str, values: Mapping[str, Any] | None = None) -> Locator:
        """What of that a person sees: a page may hold the same once more for another width, or keep what is over."""
        return self.find(selector, values).filter(visible=True)

    def sees(self, selector: str, values: Mapping[str, Any] | None = None) -> bool:
        """Whether it is visible right now."""
        return bool(selector) and self.look(selector, self.shown(selector, values).first.is_visible)

    def appears(self, selector: str, values: Mapping[str, Any] | None = None, *, within: float | None = None) -> bool:
        """Whether it becomes visible within the deadline."""
        return self._reaches(selector, values, "visible", within)

    def vanishes(self, selector: str, values: Mapping[str, Any] | None = None, *, within: float | None = None) -> bool:
        """Whether it is gone within the deadline."""
        return self._reaches(selector, values, "hidden", within)

    def play(self, flow: list[FlowStep], values: Mapping[str, Any]) -> None:
        """Carry out a flow. Raises BrokenPromise naming the control that is not there or can't be used."""
        for step in flow:
            selector = step.fill or step.click or step.check or step.choose or step.wait or ""
            if step.if_present and not self.sees(selector, values):
                continue
            try:
                self._act(self.page, self.shown(selector, values).first if selector else None, step, values)
            except PlaywrightTimeout as late:
                ticks.in_vain(self.target.deadlines.control)
                hidden = self.find(with_hidden(selector), values)
                why = why_unusable(self.shown(selector, values), hidden, late)
                control = repr(control_words(fill_text(selector, values))) + (f": {why}" if why else "")
                raise BrokenPromise(f"the page has no usable control {control}\n  found     {self.there()}") from None
            except PlaywrightError as error:
                raise failed(error) from None

    def close(self) -> None:
        """Close the context with all its pages."""
        self.context.close()

    def _reaches(self, selector: str, values: Mapping[str, Any] | None, state: Any, within: float | None) -> bool:
        seconds, began = self.target.deadlines.control if within is None else within, time.monotonic()
        try:
            # to Playwright a timeout of 0 is none at all
            self.shown(selector, values).first.wait_for(state=state, timeout=max(seconds * 1000, 1))
        except PlaywrightTimeout:
            ticks.in_vain(time.monotonic() - began)
            return False
        except PlaywrightError as error:
            raise failed(error) from None
        return True

    def _is_still_ready(self, ready: str, values: Mapping[str, Any] | None) -> bool:
        """Whether the page is ready, and no rows have changed since it got so: there is no reason for another page."""
        if not ready or ready in READY_WITHOUT_MARK or self.is_troubled or not self._ready_in:
            return False
        changed = self.evidence.last_change()
        return (changed is None or changed[1] <= self._ready_in) and bool(
            self.look(ready, self.find(ready, values).count)
        )

    def _wait_without_mark(self, ready: str, seconds: float) -> None:
        self.page.wait_for_load_state("load", timeout=seconds * 1000)
        late = self.traffic.settle(self.page, self.let_pass, seconds) if ready == "settled" else None
        if late is not None:
            raise late

    def text_of(self, what: str, place: Locator) -> str:
        """The text of what is there; of a picture, or of a control without text, what it says in place of one. Raises
        BrokenPromise when `what` is not there."""
        return self.look(what, lambda: text_or_name(place, self.target.deadlines.control))

    def _load(self, how: Literal["goto", "follow", "reload", "go_back", "go_forward"], url: str, *given: str) -> int:
        """The status that the document came with, 0 where none was asked for."""
        seconds = self.target.deadlines.page
        self._said.loading()
        go = partial(follow_from_elsewhere, self.page) if how == "follow" else getattr(self.page, how)
        act = partial(go, *given, timeout=seconds * 1000, wait_until="commit")
        status = load(self.page, act, url, seconds, self.let_pass)
        self.hides = status in HIDES
        if status >= 400:
            self.check_environment()
        check_opened(status, url)
        return status

    def _origin(self, service: str = "web") -> str:
        return self.target.addresses[service].rstrip("/")

    def _origins(self, *services: str) -> list[str]:
        named = services or ("web", self.web.listing.service, self.web.viewer.service)
        return list(dict.fromkeys(map(self._origin, named)))
