"""The gateway can't tell which room is the host's: the page goes live all the same, or says that it failed."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.core.errors import BrokenPromise
from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.checks.pages.failing_request import failing
from greenroom.doctor.checks.pages.failures import is_described
from greenroom.doctor.checks.pages.go_live import fill_in
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, not_reached, ok, wrong
from greenroom.doctor.page_checker import PageChecker
from greenroom.doctor.prerequisites import LISTING_PAGE, SIGNED_IN_PAGES, VIEWER_PAGE

_CHECK = "failing room lookup"


@doctor_check(CheckSubject.PAGES, _CHECK, needs=(SIGNED_IN_PAGES, LISTING_PAGE, VIEWER_PAGE), makes=True)
def check_failing_room_lookup(examination: Examination) -> Iterator[Finding]:
    """Either is fine; which of the two is the capability `room-fallback`."""
    if not is_described(examination.target, "my_room"):
        return
    if not examination.may_go_live():
        yield not_reached(_CHECK, examination.limit_reached)
        return
    host, world = examination.host, examination.world
    browser = world.browsers.of(host)
    host.title = world.naming.title()
    finding = fill_in(examination, browser, _CHECK)
    if finding is not None:
        yield finding
        return
    with failing(examination, browser, "my_room") as request:
        try:
            went = browser.go_live.submit(host.values())
        except BrokenPromise as error:
            where = examination.where("web", "go_live", "failed")
            detail = f"{where}: {' '.join(str(error).split())}"
            yield wrong(_CHECK, detail, PageChecker(examination, browser.tab, _CHECK).usable_elements())
            return
    if not request.was_sent:
        yield ok(_CHECK, "the page does not ask the gateway for it")
    else:
        examination.observed["room-fallback"] = went.opened
        yield ok(_CHECK, "the page finds it in another way" if went.opened else f"the page says {went.says!r}")
    if went.opened and world.gateway.offers("end"):
        world.gateway.attempt("end", host.account, room=host.room_id)
