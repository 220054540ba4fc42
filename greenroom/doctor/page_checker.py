"""Looks for the selectors of the target file on a page, and says what is there instead."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from playwright.sync_api import Error as PlaywrightError

from greenroom.core.errors import BrokenPromise, Inconclusive
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, wrong
from greenroom.drivers.web.readiness import NOT_READY, SLOW
from greenroom.drivers.web.tab import Tab
from greenroom.targetfile.toml_lines import Path as KeyPath
from greenroom.targetfile.web import FlowStep

Values = Mapping[str, Any]
"""What fills the placeholders of selectors."""

ACTIONS = ("fill", "click", "check", "choose", "wait")
"""The keys of a step of a flow that hold a selector."""

_ROLE = re.compile(r"role=(?P<role>\w+)\[name=(?P<quote>['\"])(?P<name>.*?)(?P=quote)")
_ROLES = re.compile(r"((?:^|>>\s*)role=\w+)")
_NAMED_ELEMENT = re.compile(r"^\s*- (?P<role>\w+) \"(?P<name>(?:[^\"\\]|\\.)*)\"", re.MULTILINE)


class PageChecker:
    """Checks one person's page for one line of the table. Each `check_` returns what is wrong, or None."""

    def __init__(self, examination: Examination, tab: Tab, check: str) -> None:
        """`check` is the name of the line."""
        self._examination, self._tab, self._check = examination, tab, check

    def check_visible(
        self, key: KeyPath, selector: str, values: Values, *, within: float | None = None
    ) -> Finding | None:
        """Whether it becomes visible within so many seconds; by default those of the deadline for controls."""
        if self._tab.appears(selector, values, within=within):
            return None
        return self.not_visible(key, selector, values)

    def check_flow(self, key: KeyPath, steps: Sequence[FlowStep], values: Values) -> Finding | None:
        """Whether every step of a flow can be carried out; they are, up to the first that can't."""
        for number, step in enumerate(steps):
            action, selector = selector_of(step) or ("press", "")
            if step.if_present and not self._tab.sees(selector, values):
                continue
            if selector and (finding := self.check_visible((*key, number, action), selector, values)):
                return finding
            where = self._examination.where(*key, number, action)
            try:
                self._tab.play([step], values)
            except BrokenPromise:
                detail = f"{where}: {selector!r} is there, but can't be used to {action}"
                return wrong(self._check, detail, self.usable_elements())
            except PlaywrightError as error:
                return wrong(self._check, f"{where}: can't {action} {selector!r}: {error.message.splitlines()[0]}")
        return None

    def check_ready(self, key: KeyPath, ready: str, open_page: Callable[[], None]) -> Finding | None:
        """Whether the page that `open_page` opens becomes ready."""
        try:
            open_page()
        except Inconclusive as error:
            if error.cause not in (SLOW, NOT_READY):
                raise
            seconds = self._examination.target.deadlines.page
            where = self._examination.where(*key, "ready")
            detail = f"{where}: {ready!r} was not there {seconds:g} s after opening {self._tab.page.url}"
            return wrong(self._check, detail, self.usable_elements())
        return None

    def check_not_yet_visible(self, key: KeyPath, selector: str, values: Values) -> Finding | None:
        """Whether what only an event should show is hidden before it."""
        if not selector or not self._tab.sees(selector, values):
            return None
        shown = " ".join((self._tab.shown(selector, values).first.text_content() or "").split())[:80]
        detail = f"{self._examination.where(*key)}: {selector!r} is visible before it should be: {shown!r}"
        return wrong(self._check, detail, "it must tell this moment from any other")

    def not_visible(self, key: KeyPath, selector: str, values: Values) -> Finding:
        """The finding about a selector that shows nothing, with what it could be instead."""
        where, url = self._examination.where(*key), self._tab.page.url
        found = self._tab.find(selector, values).count()
        detail = f"is on {url}, but not visible" if found else f"is not on {url}"
        hint, whatever_role = self._alternatives(selector), _ROLES.sub(r"\1[include-hidden=true]", selector)
        if not found and whatever_role != selector and self._tab.sees(whatever_role, values):
            hint = "it is shown where aria-hidden hides it, as beside a dialog: role= finds nothing there, CSS does"
        return wrong(self._check, f"{where}: {selector!r} {detail}", hint)

    def usable_elements(self) -> str:
        """What a person can use on the page, for a hint."""
        usable = ("button", "link", "textbox", "radio")
        names = [f"{role} {name!r}" for role, name in self._named_elements() if role in usable]
        return f"on the page: {', '.join(names[:8]) or 'nothing to use'}"

    def _alternatives(self, selector: str) -> str:
        wanted = _ROLE.search(selector)
        if wanted is None:
            return self.usable_elements()
        names = list(dict.fromkeys(name for role, name in self._named_elements() if role == wanted["role"]))
        if not names:
            return f"there is no {wanted['role']} on the page; {self.usable_elements()}"
        close = difflib.get_close_matches(wanted["name"], names, n=1, cutoff=0.5)
        if close:
            return f"did you mean {close[0]!r}?"
        return f"the page's {wanted['role']}s: {', '.join(map(repr, names[:8]))}"

    def _named_elements(self) -> Iterator[tuple[str, str]]:
        """Role and accessible name of everything that has both."""
        try:
            snapshot = self._tab.page.locator("body").aria_snapshot(timeout=2000)
        except PlaywrightError:
            return
        for match in _NAMED_ELEMENT.finditer(snapshot):
            yield match["role"], match["name"].replace('\\"', '"')


def selector_of(step: FlowStep) -> tuple[str, str] | None:
    """The action of a flow's step and its selector; None for one that has none, such as a key to press."""
    for action in ACTIONS:
        selector: str | None = getattr(step, action)
        if selector is not None:
            return action, selector
    return None
