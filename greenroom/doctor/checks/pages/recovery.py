"""A room is stuck on purpose, and recovers from the page."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.core.errors import BrokenPromise
from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.checks.pages.go_live import fill_in
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, not_reached, ok, wrong
from greenroom.doctor.page_checker import PageChecker
from greenroom.doctor.prerequisites import LISTING_PAGE, SIGNED_IN_PAGES, VIEWER_PAGE, WORKING_ARRANGEMENTS
from greenroom.drivers.logs import in_order
from greenroom.relations.stuck_kinds import Pointer, StuckKind
from greenroom.scenario import stuck_rooms

_CHECK = "recovery"


@doctor_check(
    CheckSubject.PAGES, _CHECK, needs=(SIGNED_IN_PAGES, LISTING_PAGE, WORKING_ARRANGEMENTS, VIEWER_PAGE), makes=True
)
def check_recovery(examination: Examination) -> Iterator[Finding]:
    """The page notices the conflict, says that it retries, and logs what is documented."""
    host, world = examination.host, examination.world
    if not examination.may_go_live(2):
        yield not_reached(_CHECK, examination.limit_reached)
        return
    states = examination.target.states
    kind = StuckKind("lobby", Pointer.ENDED)
    if states.rooms_follow or states.rooms_mirror:
        kind = StuckKind("live", Pointer.ABANDONED)
    stuck_rooms.stuck(world, host, examination.guest, kind)
    browser = world.browsers.of(host)
    host.title = world.naming.title()
    finding = fill_in(examination, browser, _CHECK)
    if finding is not None:
        yield finding
        return
    logged_before = len(browser.tab.console)
    try:
        went = browser.go_live.submit(host.values())
    except BrokenPromise as error:
        where = examination.where("web", "go_live", "retrying")
        detail = f"{where}: {' '.join(str(error).split())}"
        yield wrong(_CHECK, detail, PageChecker(examination, browser.tab, _CHECK).usable_elements())
        return
    examination.observed["conflict-notice"] = went.opened and went.noticed
    logs = examination.target.logs
    if logs.conflict_noticed and logs.reset_succeeded:
        logged = "\n".join(browser.tab.console[logged_before:])
        examination.observed["console-log"] = not in_order(logged, [logs.conflict_noticed, logs.reset_succeeded])
    if not went.opened:
        yield ok(_CHECK, f"the page says {went.says!r}: a promise (R1) is broken here, the file is not wrong")
        return
    yield ok(_CHECK, "the page said that it retries" if went.noticed else "without a word of the page")
    if world.gateway.offers("end"):
        world.gateway.attempt("end", host.account, room=host.room_id)
