"""Every selector of the target file is one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from playwright.sync_api import Error as PlaywrightError

from greenroom.core.placeholders import fill_text
from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, ok, wrong
from greenroom.doctor.page_checker import selector_of
from greenroom.doctor.prerequisites import BROWSER, SELECTORS
from greenroom.drivers.web.frames import into_frames
from greenroom.targetfile.model import Target
from greenroom.targetfile.operations import SEEN
from greenroom.targetfile.toml_lines import Path as KeyPath
from greenroom.targetfile.web import READY_WITHOUT_MARK, FlowStep

_NO_SELECTORS = ("path", "page")
"""Keys of [web] that hold a text, and no selector."""


@doctor_check(CheckSubject.PAGES, "selectors", needs=(BROWSER,), provides=(SELECTORS,))
def check_selectors(examination: Examination) -> Iterator[Finding]:
    """Each can be read; whether it finds anything is for later checks."""
    selectors = list(_selectors(examination.target))
    context = examination.browsers.context("doctor")
    faults = 0
    try:
        page = context.new_page()
        for key, selector in selectors:
            try:
                page.locator(into_frames(selector)).count()
            except PlaywrightError as error:
                faults += 1
                said = error.message.splitlines()[0].removeprefix("Locator.count: ")
                yield wrong("selectors", f"{examination.where(*key)}: {selector!r} is no selector: {said}")
    finally:
        context.close()
    if not faults:
        examination.establish(SELECTORS)
        yield ok("selectors", f"{len(selectors)} can be read")


def _selectors(target: Target) -> Iterator[tuple[KeyPath, str]]:
    """Every selector with its key, its placeholders filled with something harmless."""
    web, sign_in = target.web, target.browser_sign_in
    assert web is not None
    found: list[tuple[KeyPath, str]] = [(("browser_sign_in", "signed_in"), sign_in.signed_in)]
    found += _of_flow(("browser_sign_in", "flow"), sign_in.flow)
    found += [(("web", "dismiss", number), control) for number, control in enumerate(web.dismiss)]
    for name, part in (("listing", web.listing), ("go_live", web.go_live), ("viewer", web.viewer)):
        for key, value in part:
            if isinstance(value, str) and key not in _NO_SELECTORS:
                found.append((("web", name, key), value))
            elif isinstance(value, list):
                found += _of_flow(("web", name, key), value)
    filled = dict.fromkeys(SEEN, "x")
    for place, selector in found:
        if selector and not (place[-1] == "ready" and selector in READY_WITHOUT_MARK):
            yield place, fill_text(selector, filled)


def _of_flow(key: KeyPath, flow: Sequence[FlowStep]) -> Iterator[tuple[KeyPath, str]]:
    for number, step in enumerate(flow):
        if found := selector_of(step):
            action, selector = found
            yield (*key, number, action), selector
