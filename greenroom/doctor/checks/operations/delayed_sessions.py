"""Sessions of other kinds: scheduled, in a lobby, cancelled, not public; as far as the limiter lets us."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.checks.operations.shown_state import check_lobby_entry_shown
from greenroom.doctor.checks.operations.told import check_waiting_told
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Condition, Finding, not_reached, ok, wrong
from greenroom.doctor.page_checker import PageChecker
from greenroom.doctor.prerequisites import LISTING_PAGE, ROOM, USABLE_OPERATIONS, VIEWER_PAGE
from greenroom.doctor.sent_operations import SIGNED_OUT, expect_refusal, expect_success, send
from greenroom.drivers.gateway import now
from greenroom.drivers.outcome import CarriedOut, Refused, describe
from greenroom.people.person import Person
from greenroom.scenario.presence import by_call

_DAY_SECONDS = 86_400


@doctor_check(CheckSubject.OPERATIONS, "schedule", needs=(USABLE_OPERATIONS, ROOM), makes=True)
def check_schedule(examination: Examination) -> Iterator[Finding]:
    """A session for tomorrow, which the listing shows as upcoming; then it is cancelled, where that can be."""
    host, offers = examination.host, examination.world.gateway.offers
    if not offers("schedule"):
        return
    if examination.borrows and not examination.went("end"):
        yield not_reached("schedule", "the room is borrowed, and no end was seen to work: it might stay scheduled")
        return
    yield from _begin(examination, "schedule", "scheduling", starts_at=now(_DAY_SECONDS))
    if not examination.went("schedule"):
        return
    yield from _check_upcoming_entry(examination)
    if not offers("cancel"):
        yield from _end_again(examination)
        return
    for person, refusal in ((examination.guest, "not_host"), (SIGNED_OUT, "unauthenticated")):
        finding = expect_refusal(examination, "cancel", refusal, person, room=host.room_id)
        if finding:
            yield finding
    yield expect_success(examination, "cancel", host, room=host.room_id)
    examination.observed["cancelling"] = examination.went("cancel") is not None


@doctor_check(CheckSubject.OPERATIONS, "open_doors", needs=(USABLE_OPERATIONS, ROOM), makes=True)
def check_lobby(examination: Examination) -> Iterator[Finding]:
    """A session that begins in its lobby, where one guest waits and is let in, another turned away; it is ended."""
    yield from _begin_and_end(examination, "open_doors", "lobby", _check_lobby)


@doctor_check(CheckSubject.OPERATIONS, "go_live_privately", needs=(USABLE_OPERATIONS, ROOM), makes=True)
def check_private(examination: Examination) -> Iterator[Finding]:
    """A session that is not public, now and for tomorrow; each is ended."""
    yield from _begin_and_end(examination, "go_live_privately", "private-sessions")
    yield from _begin_and_end(examination, "schedule_privately", "private-sessions", starts_at=now(_DAY_SECONDS))


def _check_lobby(examination: Examination) -> Iterator[Finding]:
    yield from check_lobby_entry_shown(examination)
    yield from _check_host_in_lobby(examination)
    yield from _check_who_waits(examination)


def _check_host_in_lobby(examination: Examination) -> Iterator[Finding]:
    """The host is announced before the session is live, where [presence] says that it can be. No line when it was."""
    target, host = examination.target, examination.host
    if not (target.presence.lobby and by_call(target) and examination.world.gateway.offers("host_present")):
        return
    announced = send(examination, "host_present", host, room=host.room_id)
    if not isinstance(announced, CarriedOut):
        where = examination.where("operations", "host_present")
        hint = "[presence] lobby = false, if a host is announced once the session is live, and not before"
        yield wrong("host in the lobby", f"{where}: {describe(announced)}", hint)


def _check_who_waits(examination: Examination) -> Iterator[Finding]:
    """A guest, who was not banned before, comes to the lobby as often as there is something to decide."""
    host, world = examination.host, examination.world
    offers = world.gateway.offers
    decided = [operation for operation in ("reject", "admit") if offers(operation) and offers("join")]
    if not decided:
        return
    if examination.went("ban") and examination.target.people.source == "pool":
        yield not_reached("admit", "the guest was banned before, and no more people of the pool are reserved")
        return
    guest = world.people.person("Joan") if examination.went("ban") else examination.guest
    for operation in decided:
        came = send(examination, "join", guest, room=host.room_id)
        if isinstance(came, Refused) and examination.went("reject"):  # who was turned away may not ask again
            if examination.target.people.source == "pool":
                yield not_reached(operation, "the guest was turned away, and no more people of the pool are reserved")
                return
            guest = world.people.person("Katherine")
            send(examination, "join", guest, room=host.room_id)
        if operation == "admit":
            yield from check_waiting_told(examination, guest)
            yield from _check_told_to_wait(examination, guest)
        yield expect_success(examination, operation, host, room=host.room_id, guest=guest.account_id)
    examination.observed["admission"] = all(examination.went(operation) is not None for operation in decided)


def _check_told_to_wait(examination: Examination, guest: Person) -> Iterator[Finding]:
    web = examination.target.web
    if web is None or not web.viewer.waits or not examination.has(VIEWER_PAGE):
        return
    browser, values = examination.world.browsers.of(guest), examination.host.values()
    browser.viewer.open(values)
    checker = PageChecker(examination, browser.tab, "waits")
    finding = checker.check_visible(("web", "viewer", "waits"), web.viewer.waits, values)
    yield finding or ok("waits", "the page tells a guest in the lobby to wait")


def _begin_and_end(
    examination: Examination,
    operation: str,
    capability: str,
    meanwhile: Callable[[Examination], Iterator[Finding]] | None = None,
    **values: str,
) -> Iterator[Finding]:
    if not examination.world.gateway.offers(operation):
        return
    if examination.borrows and not examination.went("end"):
        yield not_reached(operation, "the room is borrowed, and no end was seen to work: the session might stay open")
        return
    yield from _begin(examination, operation, capability, **values)
    if examination.went(operation):
        try:
            yield from meanwhile(examination) if meanwhile is not None else ()
        finally:
            ended = [*_end_again(examination)]
        yield from ended


def _begin(examination: Examination, operation: str, capability: str, **values: str) -> Iterator[Finding]:
    host = examination.host
    if not examination.may_go_live():
        yield not_reached(operation, examination.limit_reached)
        return
    host.title = examination.world.naming.title()
    yield expect_success(examination, operation, host, room=host.room_id, title=host.title, topics=["talk"], **values)
    examination.observed[capability] = examination.went(operation) is not None


def _end_again(examination: Examination) -> Iterator[Finding]:
    """End the session; a line only when that does not work."""
    if examination.world.gateway.offers("end"):
        finding = expect_success(examination, "end", examination.host, room=examination.host.room_id)
        if finding.condition is not Condition.OK:
            yield finding


def _check_upcoming_entry(examination: Examination) -> Iterator[Finding]:
    web = examination.target.web
    if web is None or not web.listing.upcoming_entry or not examination.has(LISTING_PAGE):
        return
    browser, values = examination.world.browsers.of(examination.guest), examination.host.values()
    browser.listing.open()
    finding = PageChecker(examination, browser.tab, "upcoming").check_visible(
        ("web", "listing", "upcoming_entry"),
        web.listing.upcoming_entry,
        values,
        within=examination.target.deadlines.listing,
    )
    if finding is None and browser.tab.sees(web.listing.live_entry, values):
        where = examination.where("web", "listing", "live_entry")
        hint = "name a state, a class, or a word that only a live entry has"
        finding = wrong("upcoming", f"{where}: {web.listing.live_entry!r} fits an entry that is upcoming, too", hint)
    yield finding or ok("upcoming", "a session for tomorrow is listed")
