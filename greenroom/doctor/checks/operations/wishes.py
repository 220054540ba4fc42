"""What a host may ask for when going live: a planned end, a number of people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, not_reached, ok, wrong
from greenroom.doctor.prerequisites import ROOM, USABLE_OPERATIONS
from greenroom.doctor.sent_operations import answer_text, send
from greenroom.drivers.gateway import now
from greenroom.drivers.outcome import CarriedOut, describe

_AN_HOUR = 3600.0
_WISHES: Mapping[str, tuple[str, Callable[[], object]]] = {
    "planned-end": ("ends_at", lambda: now(_AN_HOUR)),
    "capacity": ("capacity", lambda: 3),
}
"""The capability -> its placeholder in go_live, and what makes a value for it."""


@doctor_check(CheckSubject.OPERATIONS, "wishes", needs=(USABLE_OPERATIONS, ROOM), makes=True)
def check_wishes(examination: Examination) -> Iterator[Finding]:
    """A session with all that the file says can be asked for, and is ended."""
    gateway, host = examination.world.gateway, examination.host
    wanted = [name for name in _WISHES if examination.target.can(name)]
    if not wanted or not gateway.offers("go_live") or not gateway.offers("end"):
        return
    if examination.borrows and not examination.went("end"):
        yield not_reached("wishes", "the room is borrowed, and no end was seen to work: the session might stay open")
        return
    if not examination.may_go_live():
        yield not_reached("wishes", examination.limit_reached)
        return
    values = {placeholder: make() for placeholder, make in (_WISHES[name] for name in wanted)}
    host.title = examination.world.naming.title()
    outcome = send(examination, "go_live", host, room=host.room_id, title=host.title, topics=["talk"], **values)
    for name in wanted:
        examination.observed[name] = isinstance(outcome, CarriedOut)
    if isinstance(outcome, CarriedOut):
        send(examination, "end", host, room=host.room_id)
        yield ok("wishes", f"go_live with {' and '.join(values)}")
    else:
        where = examination.where("operations", "go_live")
        yield wrong("wishes", f"{where}: with {' and '.join(values)}: {describe(outcome)}", answer_text(outcome))
