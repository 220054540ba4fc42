"""A room is stuck on purpose, and recovers from the page."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.core.errors import BrokenPromise
from greenroom.doctor.finding import Finding, not_reached, ok, wrong
from greenroom.doctor.looking import Looker, values_of
from greenroom.doctor.patient import Patient
from greenroom.doctor.walk import filled_in
from greenroom.drivers.logs import in_order
from greenroom.relations.stuck_kinds import Pointer, StuckKind
from greenroom.scenario import stuck_rooms as arrange


def recovery(patient: Patient) -> Iterator[Finding]:
    """The page notices the conflict, says that it retries, and logs what is documented."""
    host, world, check = patient.host, patient.world, "recovery"
    if not patient.may_go_live(2):
        yield not_reached(check, patient.limited)
        return
    arrange.stuck(world, host, patient.guest, StuckKind("lobby", Pointer.ENDED))
    browser = world.browsers.of(host)
    host.title = world.naming.title()
    finding = filled_in(patient, browser, check)
    if finding is not None:
        yield finding
        return
    already = len(browser.tab.console)
    try:
        went = browser.go_live.submit(values_of(host))
    except BrokenPromise as error:
        where = patient.where("web", "go_live", "retrying")
        detail = f"{where}: {' '.join(str(error).split())}"
        yield wrong(check, detail, Looker(patient, browser.tab, check).there())
        return
    patient.observed["conflict-notice"] = went.opened and went.noticed
    logs = patient.target.logs
    if logs.conflict_noticed and logs.reset_succeeded:
        lines = "\n".join(browser.tab.console[already:])
        patient.observed["console-log"] = not in_order(lines, [logs.conflict_noticed, logs.reset_succeeded])
    if not went.opened:
        yield ok(check, f"the page says {went.says!r}: a promise (R1) is broken here, the file is not wrong")
        return
    yield ok(check, "the page said that it retries" if went.noticed else "without a word of the page")
    if went.opened and patient.world.gateway.offers("end"):
        world.gateway.attempt("end", host.account, room=host.room_id)
