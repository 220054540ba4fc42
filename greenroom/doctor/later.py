"""Sessions that do not begin at once: scheduled, in a lobby, cancelled; as far as the limiter lets us."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.doctor.finding import Finding, not_reached, ok, wrong
from greenroom.doctor.looking import Looker, values_of
from greenroom.doctor.patient import Patient
from greenroom.doctor.sending import NOBODY, carry_out, refuse
from greenroom.drivers.gateway import now

_DAY_SECONDS = 86_400


def scheduled(patient: Patient) -> Iterator[Finding]:
    """A session for tomorrow, which the listing shows as upcoming; then it is cancelled, where that can be."""
    host, offers = patient.host, patient.world.gateway.offers
    if not offers("schedule"):
        return
    yield from _begin(patient, "schedule", "scheduling", starts_at=now(_DAY_SECONDS))
    if not patient.went("schedule"):
        return
    yield from _upcoming(patient)
    if not offers("cancel"):
        yield from _close(patient, "end")
        return
    for who, refusal in ((patient.guest, "not_host"), (NOBODY, "unauthenticated")):
        finding = refuse(patient, "cancel", refusal, who, room=host.room_id)
        if finding:
            yield finding
    yield carry_out(patient, "cancel", host, room=host.room_id)
    patient.observed["cancelling"] = patient.went("cancel") is not None


def lobby(patient: Patient) -> Iterator[Finding]:
    """A session that begins in its lobby, and is ended."""
    if not patient.world.gateway.offers("open_doors"):
        return
    yield from _begin(patient, "open_doors", "lobby")
    if patient.went("open_doors"):
        yield from _close(patient, "end")


def _begin(patient: Patient, operation: str, capability: str, **values: str) -> Iterator[Finding]:
    host = patient.host
    if not patient.may_go_live():
        yield not_reached(operation, patient.limited)
        return
    host.title = patient.world.naming.title()
    yield carry_out(patient, operation, host, room=host.room_id, title=host.title, topics=["talk"], **values)
    patient.observed[capability] = patient.went(operation) is not None


def _close(patient: Patient, operation: str) -> Iterator[Finding]:
    """End it again; a line only when that does not work."""
    if patient.world.gateway.offers(operation):
        finding = carry_out(patient, operation, patient.host, room=patient.host.room_id)
        if finding.state != "ok":
            yield finding


def _upcoming(patient: Patient) -> Iterator[Finding]:
    web = patient.target.web
    if web is None or not web.listing.upcoming_entry or "the listing" not in patient.things:
        return
    browser, values = patient.world.browsers.of(patient.guest), values_of(patient.host)
    browser.listing.open()
    look, seconds = Looker(patient, browser.tab, "upcoming"), patient.target.deadlines.listing
    finding = look.sees(("web", "listing", "upcoming_entry"), web.listing.upcoming_entry, values, within=seconds)
    if finding is None and browser.tab.sees(web.listing.live_entry, values):
        where = patient.where("web", "listing", "live_entry")
        hint = "name a state, a class, or a word that only a live entry has"
        finding = wrong("upcoming", f"{where}: {web.listing.live_entry!r} fits an entry that is upcoming, too", hint)
    yield finding or ok("upcoming", "a session for tomorrow is listed")
