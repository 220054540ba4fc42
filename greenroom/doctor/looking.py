"""Looks for a selector of the target file on a page, and says what is there instead."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from playwright.sync_api import Error as PlaywrightError

from greenroom.core.errors import BrokenPromise, Inconclusive
from greenroom.doctor.finding import Finding, wrong
from greenroom.doctor.patient import Patient
from greenroom.drivers.web.tab import Tab
from greenroom.people.person import Person
from greenroom.targetfile.model import FlowStep

Place = tuple[str | int, ...]
Values = dict[str, Any]

_ROLE = re.compile(r"role=(?P<role>\w+)\[name=(?P<quote>['\"])(?P<name>.*?)(?P=quote)")
_NAMED = re.compile(r"^\s*- (?P<role>\w+) \"(?P<name>(?:[^\"\\]|\\.)*)\"", re.MULTILINE)
_ACTS = ("fill", "click", "check", "choose", "wait")


class Looker:
    """Looks at one person's page for one line of the table."""

    def __init__(self, patient: Patient, tab: Tab, check: str) -> None:
        self._patient, self._tab, self._check = patient, tab, check

    def sees(self, place: Place, selector: str, values: Values, *, within: float | None = None) -> Finding | None:
        """None when it becomes visible within the deadline."""
        if self._tab.appears(selector, values, within=within):
            return None
        return self.amiss(place, selector, values)

    def plays(self, place: Place, steps: Sequence[FlowStep], values: Values) -> Finding | None:
        """None when every step of a flow can be carried out; they are."""
        for number, step in enumerate(steps):
            selector = next((text for act in _ACTS if (text := getattr(step, act)) is not None), "")
            act = next((act for act in _ACTS if getattr(step, act) is not None), "press")
            if step.if_present and not self._tab.sees(selector, values):
                continue
            if selector and (finding := self.sees((*place, number, act), selector, values)):
                return finding
            try:
                self._tab.play([step], values)
            except BrokenPromise:
                where = self._patient.where(*place, number, act)
                return wrong(self._check, f"{where}: {selector!r} is there, but can't be used to {act}", self.there())
            except PlaywrightError as error:
                where = self._patient.where(*place, number, act)
                return wrong(self._check, f"{where}: can't {act} {selector!r}: {error.message.splitlines()[0]}")
        return None

    def opens(self, place: Place, ready: str, act: Callable[[], None]) -> Finding | None:
        """None when opening a page, or loading it anew, makes it ready."""
        try:
            act()
        except Inconclusive as error:
            if error.cause != "page-slow":
                raise
            seconds = self._patient.target.deadlines.page
            where = self._patient.where(*place, "ready")
            detail = f"{where}: {ready!r} was not there {seconds:g} s after opening {self._tab.page.url}"
            return wrong(self._check, detail, self.there())
        return None

    def already(self, place: Place, selector: str, values: Values) -> Finding | None:
        """Wrong when something that only an event should show is visible before it."""
        if not selector or not self._tab.sees(selector, values):
            return None
        shown = " ".join((self._tab.find(selector, values).first.text_content() or "").split())[:80]
        detail = f"{self._patient.where(*place)}: {selector!r} is visible before it should be: {shown!r}"
        return wrong(self._check, detail, "it must tell this moment from any other")

    def amiss(self, place: Place, selector: str, values: Values) -> Finding:
        """The selector that finds nothing, with what it could be instead."""
        where, url = self._patient.where(*place), self._tab.page.url
        found = self._tab.find(selector, values).count()
        detail = f"is on {url}, but not visible" if found else f"is not on {url}"
        return wrong(self._check, f"{where}: {selector!r} {detail}", self._instead(selector))

    def there(self) -> str:
        """What a person can use on the page."""
        names = [f"{role} {name!r}" for role, name in self._named() if role in ("button", "link", "textbox", "radio")]
        return f"on the page: {', '.join(names[:8]) or 'nothing to use'}"

    def _instead(self, selector: str) -> str:
        wanted = _ROLE.search(selector)
        if wanted is None:
            return self.there()
        names = list(dict.fromkeys(name for role, name in self._named() if role == wanted["role"]))
        if not names:
            return f"there is no {wanted['role']} on the page; {self.there()}"
        close = difflib.get_close_matches(wanted["name"], names, n=1, cutoff=0.5)
        if close:
            return f"did you mean {close[0]!r}?"
        return f"the page's {wanted['role']}s: {', '.join(map(repr, names[:8]))}"

    def _named(self) -> Iterator[tuple[str, str]]:
        try:
            snapshot = self._tab.page.locator("body").aria_snapshot(timeout=2000)
        except PlaywrightError:
            return
        for match in _NAMED.finditer(snapshot):
            yield match["role"], match["name"].replace('\\"', '"')


def values_of(person: Person) -> Values:
    """What placeholders in selectors may say, as drivers are given it."""
    return person.values()
