"""The listing opens, and shows the live session to whom it should."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.core.errors import BrokenPromise, Inconclusive
from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, ok, wrong
from greenroom.doctor.page_checker import PageChecker
from greenroom.doctor.prerequisites import LISTING_PAGE, LIVE_PAGE, SIGNED_IN_PAGES


@doctor_check(CheckSubject.PAGES, "listing", needs=(SIGNED_IN_PAGES,), provides=(LISTING_PAGE,))
def check_listing(examination: Examination) -> Iterator[Finding]:
    """It opens and is ready, for the guest."""
    browser = examination.world.browsers.of(examination.guest)
    page = browser.tab.web.listing
    finding = PageChecker(examination, browser.tab, "listing").check_ready(
        ("web", "listing"), page.ready, browser.listing.open
    )
    if finding is None:
        examination.establish(LISTING_PAGE)
        finding = ok("listing", f"{page.path} is ready")
    yield finding


@doctor_check(CheckSubject.PAGES, "entry", needs=(LIVE_PAGE,))
def check_entry(examination: Examination) -> Iterator[Finding]:
    """The session is on the listing that a guest and, where it is public, a visitor sees."""
    host = examination.host
    browser = examination.world.browsers.of(examination.guest)
    page, values = browser.tab.web.listing, host.values()
    checker = PageChecker(examination, browser.tab, "entry")
    browser.listing.open()
    seconds = examination.target.deadlines.listing
    if not browser.listing.shows_live(values, seconds):
        yield checker.not_visible(("web", "listing", "live_entry"), page.live_entry, values)
        return
    if page.any_entry and not browser.tab.shown(page.any_entry, values).count():
        yield checker.not_visible(("web", "listing", "any_entry"), page.any_entry, values)
        return
    shown = browser.listing.entry(values)
    for key, found, wanted in (("entry_title", shown.title, host.title), ("entry_host", shown.host, host.shown_name)):
        if wanted not in found:
            where = examination.where("web", "listing", key if getattr(page, key) else "live_entry")
            detail = f"{where}: `{key}` shows {' '.join(found.split())[:80]!r}, not {wanted!r}"
            yield wrong("entry", detail, "a selector within the entry")
            return
    yield ok("entry", "with title and host")
    examination.observed["public-listing"] = _visitor_sees_entry(examination)


def _visitor_sees_entry(examination: Examination) -> bool:
    """Whether somebody who is not signed in sees the session as well. Either is fine."""
    world = examination.world
    browser = world.browsers.of(world.people.visitor("Nemo"))
    try:
        browser.listing.open()
        return browser.listing.shows_live(examination.host.values(), examination.target.deadlines.listing)
    except (Inconclusive, BrokenPromise):
        return False  # the page is hidden from visitors
    finally:
        browser.tab.close()
        world.people.forget("Nemo")
