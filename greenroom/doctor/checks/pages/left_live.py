"""A room that a page took live and could not end is ended, so that what comes next is judged by itself."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding
from greenroom.doctor.prerequisites import LIVE_PAGE, ROOM, SIGNED_IN_PAGES, USABLE_OPERATIONS


@doctor_check(CheckSubject.PAGES, "left live")
def check_left_live(examination: Examination) -> Iterator[Finding]:
    """Nothing is found here: the check that could not end the room has said so. It needs nothing, so that it is not
    told as one that was not reached."""
    if all(map(examination.has, (USABLE_OPERATIONS, ROOM, SIGNED_IN_PAGES))):
        host, gateway = examination.host, examination.world.gateway
        if gateway.offers("end"):
            gateway.attempt("end", host.account, room=host.room_id)
        examination.withdraw(LIVE_PAGE)
    yield from ()
