"""What the page says when its requests fail: each request is found by its description, each message by its selector."""

from __future__ import annotations

import re
from collections.abc import Iterator

from greenroom.core.errors import BrokenPromise, Inconclusive
from greenroom.doctor.finding import Finding, ok
from greenroom.doctor.looking import Looker, values_of
from greenroom.doctor.meeting import Meeting
from greenroom.doctor.patient import Patient
from greenroom.doctor.walk import filled_in
from greenroom.people.person import Browser
from greenroom.targetfile.model import FlowStep

_FORM = "it is a form: the browser shows the failure, not the page"


def failed_go_live(patient: Patient) -> Iterator[Finding]:
    """Go Live fails at the gateway: the page says so by `failed`. Nothing reaches the target."""
    web, check = patient.target.web, "failing go live"
    assert web is not None
    if not web.go_live.failed or not _described(patient, "go_live"):
        return
    browser, values = patient.world.browsers.of(patient.host), values_of(patient.host)
    finding = filled_in(patient, browser, check)
    if finding is not None:
        yield finding
        return
    met = Meeting(patient, browser, "go_live")
    browser.go_live.press(values)
    finding = met.missed(check)
    if finding is None and not met.navigated:
        place = ("web", "go_live", "failed")
        finding = Looker(patient, browser.tab, check).sees(place, web.go_live.failed, values)
    met.over()
    yield finding or ok(check, _FORM if met.navigated else "the page says so")


def failed_end(patient: Patient) -> Iterator[Finding]:
    """End Room fails, and so does the fallback where there is one: the page says so by `end_failed`."""
    web, check = patient.target.web, "failing end"
    assert web is not None
    fallback = _described(patient, "end_fallback")
    if not web.viewer.end_failed or not _described(patient, "end"):
        return
    if patient.target.can("client-fallback") and not fallback:
        return  # nothing would fail: the fallback can't be got hold of
    browser, values = patient.world.browsers.of(patient.host), values_of(patient.host)
    browser.viewer.open(values)
    met = [Meeting(patient, browser, name) for name in ("end", *(["end_fallback"] if fallback else []))]
    _press_end(browser)
    finding = met[0].missed(check)
    if finding is None and not met[0].navigated:
        place = ("web", "viewer", "end_failed")
        finding = Looker(patient, browser.tab, check).sees(place, web.viewer.end_failed, values)
        finding = next((missed for one in met if (missed := one.missed(check))), None) or finding
    for one in met:
        one.over()
    yield finding or ok(check, _FORM if met[0].navigated else "the page says so")


def failed_lookup(patient: Patient) -> Iterator[Finding]:
    """The host lookup fails: the page says that it does not know by `unknown_host`."""
    web, check = patient.target.web, "failing host lookup"
    assert web is not None
    if not _described(patient, "host_lookup"):
        return
    browser, values = patient.world.browsers.of(patient.guest), values_of(patient.host)
    met = Meeting(patient, browser, "host_lookup")
    finding = None
    try:
        browser.viewer.open(values)
    except (Inconclusive, BrokenPromise):
        finding = None  # a page that is not ready while it does not know the host: so be it
    if web.viewer.unknown_host:
        place = ("web", "viewer", "unknown_host")
        finding = Looker(patient, browser.tab, check).sees(place, web.viewer.unknown_host, values)
    finding = met.missed(check) or finding
    met.over()
    patient.observed["host-lookup"] = finding is None
    yield finding or ok(check, "the page says so" if web.viewer.unknown_host else "the page asks")


def fallback(patient: Patient) -> Iterator[Finding]:
    """The gateway fails and the fallback works: the page says that the room has ended."""
    target, check = patient.target, "fallback"
    assert target.web is not None
    if not target.can("client-fallback") and not _described(patient, "end_fallback"):
        return
    browser, values, page = patient.world.browsers.of(patient.host), values_of(patient.host), target.web.viewer
    browser.viewer.open(values)
    met = Meeting(patient, browser, "end")
    _press_end(browser)
    said = browser.viewer.says_ended(values)
    finding = met.missed(check)
    if finding is None and not said:
        place = ("web", "viewer", "has_ended")
        finding = Looker(patient, browser.tab, check).amiss(place, page.has_ended, values)
    met.over()
    patient.observed["client-fallback"] = finding is None
    if finding is None:
        patient.things.discard("a live page")
        if target.logs.fallback_succeeded:
            lines = "\n".join(browser.tab.console)
            patient.observed["console-log"] = re.search(target.logs.fallback_succeeded, lines) is not None
    yield finding or ok(check, "the gateway fails, and the page ends the room all the same")


def _press_end(browser: Browser) -> None:
    page = browser.tab.web.viewer
    browser.tab.play([FlowStep(click=page.end_room), *page.end_confirm], {})


def _described(patient: Patient, name: str) -> bool:
    return name in patient.target.page_requests or name in patient.target.operations
