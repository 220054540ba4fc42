"""A walk over the pages, as a host and a guest go: listing, popup, viewer, listing again, End Room."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.core.deadlines import eventually
from greenroom.core.errors import BrokenPromise, Inconclusive
from greenroom.core.placeholders import holes
from greenroom.doctor.finding import Finding, counted, not_reached, ok, wrong
from greenroom.doctor.looking import Looker, values_of
from greenroom.doctor.patient import Patient
from greenroom.people.person import Browser


def listing(patient: Patient) -> Iterator[Finding]:
    """The listing opens and is ready, for the guest. Gives `the listing`."""
    browser = patient.world.browsers.of(patient.guest)
    look = Looker(patient, browser.tab, "listing")
    finding = look.opens(("web", "listing"), browser.tab.web.listing.ready, browser.listing.open)
    if finding is None:
        patient.things.add("the listing")
        finding = ok("listing", f"{browser.tab.web.listing.path} is ready")
    yield finding


def go_live(patient: Patient) -> Iterator[Finding]:
    """The host goes live on the page: every control is there, and the viewer opens. Gives `a live page`."""
    host = patient.host
    browser = patient.world.browsers.of(host)
    if not patient.may_go_live():
        yield not_reached("go live", patient.limited)
        return
    host.title = patient.world.naming.title()
    finding = filled_in(patient, browser, "go live") or _submitted(patient, browser)
    if finding is not None:
        yield finding
        return
    flow = browser.tab.web.go_live
    patient.things.add("a live page")
    yield ok("go live", f"{counted(len(flow.open) + len(flow.fill) + 1, 'control')}, then the viewer")


def viewer(patient: Patient) -> Iterator[Finding]:
    """The host sees End Room by the room's link, a guest does not. Gives `a viewer`."""
    host, guest = patient.host, patient.guest
    browser = patient.world.browsers.of(host)
    for finding in (_opened(patient, browser, "viewer"), _end_room(patient, browser), _too_early(patient, browser)):
        if finding is not None:
            yield finding
            return
    other = patient.world.browsers.of(guest)
    finding = _opened(patient, other, "viewer")
    if finding is not None:
        yield finding
        return
    if other.viewer.shows_end_now(values_of(host)):
        where = patient.where("web", "viewer", "end_room")
        hint = "is the selector too wide, or does everybody get the control? (H4)"
        yield wrong("viewer", f"{where}: a guest sees {other.tab.web.viewer.end_room!r} too", hint)
        return
    patient.things.add("a viewer")
    yield ok("viewer", "the host sees End Room, a guest does not")


def entry(patient: Patient) -> Iterator[Finding]:
    """The session is on the listing that a guest and, where it is public, a visitor sees."""
    host, described = patient.host, patient.target.web
    assert described is not None
    browser = patient.world.browsers.of(patient.guest)
    page, values, seconds = described.listing, values_of(host), patient.target.deadlines.listing
    look = Looker(patient, browser.tab, "entry")
    browser.listing.open()
    finding = look.sees(("web", "listing", "live_entry"), page.live_entry, values, within=seconds)
    if finding is not None:
        yield finding
        return
    if page.any_entry and not browser.tab.find(page.any_entry, values).count():
        yield look.amiss(("web", "listing", "any_entry"), page.any_entry, values)
        return
    shown = browser.listing.entry(values)
    for key, found, wanted in (("entry_title", shown.title, host.title), ("entry_host", shown.host, host.shown_name)):
        if wanted not in found:
            where = patient.where("web", "listing", key if getattr(page, key) else "live_entry")
            detail = f"{where}: `{key}` shows {' '.join(found.split())[:80]!r}, not {wanted!r}"
            yield wrong("entry", detail, "a selector within the entry")
            return
    yield ok("entry", "with title and host")
    visitor = patient.world.people.visitor("Nemo")
    visited = patient.world.browsers.of(visitor)
    try:
        visited.listing.open()
        patient.observed["public-listing"] = visited.listing.shows_live(values, seconds)
    except (Inconclusive, BrokenPromise):
        patient.observed["public-listing"] = False  # it is hidden from visitors: so be it
    visited.tab.close()
    patient.world.people.forget("Nemo")


def end(patient: Patient) -> Iterator[Finding]:
    """The host ends the room on the page, which says so; the entry goes from a page that is open."""
    host = patient.host
    browser = patient.world.browsers.of(host)
    finding = None
    if "a live page" not in patient.things:
        if not patient.may_go_live():
            yield not_reached("end room", patient.limited)
            return
        host.title = patient.world.naming.title()
        finding = filled_in(patient, browser, "end room") or _submitted(patient, browser)
    web, values = browser.tab.web, values_of(host)
    watcher = patient.world.browsers.of(patient.guest)
    watcher.listing.open()
    watcher.listing.shows_live(values, patient.target.deadlines.listing)
    finding = finding or _opened(patient, browser, "end room") or ended(patient, browser, "end room")
    if finding is not None:
        yield finding
        return
    if watcher.tab.sees(web.listing.live_entry, values) and not watcher.listing.drops(
        values, patient.target.deadlines.listing
    ):
        where = patient.where("web", "listing", "live_entry")
        detail = f"{where}: {web.listing.live_entry!r} is still shown after the end"
        yield wrong("end room", detail, "an entry that is live must be told from one that has ended")
        return
    patient.things.discard("a live page")
    yield ok("end room", f"{counted(1 + len(web.viewer.end_confirm), 'control')}, then it says so")


def filled_in(patient: Patient, browser: Browser, check: str) -> Finding | None:
    """Open the popup, and fill it in; what is amiss with it."""
    web, flow = browser.tab.web, browser.tab.web.go_live
    values, look = values_of(patient.host), Looker(patient, browser.tab, check)
    if flow.page == "listing":
        finding = look.opens(("web", "listing"), web.listing.ready, browser.listing.open)
    else:
        finding = look.opens(("web", "viewer"), web.viewer.ready, lambda: browser.viewer.open(values))
    finding = finding or look.plays(("web", "go_live", "open"), flow.open, values)
    finding = finding or look.plays(("web", "go_live", "fill"), flow.fill, values)
    finding = finding or look.sees(("web", "go_live", "submit"), flow.submit, values)
    if finding is None and not browser.go_live.can_be_pressed_now(values):
        where = patient.where("web", "go_live", "submit")
        detail = f"{where}: {flow.submit!r} can't be pressed once everything is filled in"
        finding = wrong(check, detail, f"is a field left out of `fill`? {look.there()}")
    for key in ("retrying", "failed"):
        finding = finding or look.already(("web", "go_live", key), getattr(flow, key), values)
    return finding


def ended(patient: Patient, browser: Browser, check: str) -> Finding | None:
    """Press End Room and see it through; what is amiss on the way."""
    page, values, look = browser.tab.web.viewer, values_of(patient.host), Looker(patient, browser.tab, check)
    finding = look.already(("web", "viewer", "has_ended"), page.has_ended, values)
    finding = finding or look.sees(("web", "viewer", "end_room"), page.end_room, values)
    if finding is None:
        browser.tab.find(page.end_room, values).first.click()
        finding = look.plays(("web", "viewer", "end_confirm"), page.end_confirm, values)
    return finding or look.sees(("web", "viewer", "has_ended"), page.has_ended, values)


def _submitted(patient: Patient, browser: Browser) -> Finding | None:
    host, web = patient.host, browser.tab.web
    unknown_room = not host.room_id and "room" in holes(web.viewer.path) | holes(web.viewer.ready)
    if unknown_room:
        browser.go_live.press(values_of(host))
        return _room_by_address(patient, browser)
    try:
        went = browser.go_live.submit(values_of(host))
    except BrokenPromise as error:
        browser.tab.check_environment()
        detail = f"{patient.where('web', 'viewer', 'ready')}: {' '.join(str(error).split())}"
        return wrong("go live", detail, Looker(patient, browser.tab, "go live").there())
    if not went.opened:
        browser.tab.check_environment()
        where = patient.where("web", "go_live", "failed")
        return wrong("go live", f"{where}: the page says {went.says!r}", "does `failed` show on success, too?")
    return None


def _room_by_address(patient: Patient, browser: Browser) -> Finding | None:
    """Where nothing else tells, the address of the viewer holds the room's id."""
    seconds = patient.target.deadlines.page
    found, _ = eventually(browser.viewer.room_shown, bool, seconds, pause=browser.tab.let_pass)
    if not found:
        where = patient.where("web", "viewer", "path")
        return wrong("go live", f"{where}: after Go Live the page is {browser.tab.page.url}", "the viewer's path")
    patient.world.people.owns(patient.host, found)
    browser.tab.wait_ready(browser.tab.web.viewer.ready, values_of(patient.host))
    return None


def _opened(patient: Patient, browser: Browser, check: str) -> Finding | None:
    page, values = browser.tab.web.viewer, values_of(patient.host)
    look = Looker(patient, browser.tab, check)
    finding = look.opens(("web", "viewer"), page.ready, lambda: browser.tab.goto(page.path, page.ready, values))
    return finding or look.plays(("web", "viewer", "enter"), page.enter, values)


def _end_room(patient: Patient, browser: Browser) -> Finding | None:
    page = browser.tab.web.viewer
    return Looker(patient, browser.tab, "viewer").sees(
        ("web", "viewer", "end_room"), page.end_room, values_of(patient.host)
    )


def _too_early(patient: Patient, browser: Browser) -> Finding | None:
    look, values = Looker(patient, browser.tab, "viewer"), values_of(patient.host)
    for key in ("has_ended", "end_failed"):
        finding = look.already(("web", "viewer", key), getattr(browser.tab.web.viewer, key), values)
        if finding is not None:
            return finding
    return None
