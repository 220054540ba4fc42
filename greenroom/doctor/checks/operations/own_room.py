"""The host has a room of their own, and the gateway tells of it."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.checks.operations.lent_room import keep_lent
from greenroom.doctor.checks.operations.shown_state import check_room_shown
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, not_reached, wrong
from greenroom.doctor.prerequisites import MEMBERS, READABLE_RELATIONS, ROOM, USABLE_OPERATIONS
from greenroom.doctor.sent_operations import expect_success


@doctor_check(
    CheckSubject.OPERATIONS,
    "own room",
    needs=(USABLE_OPERATIONS, MEMBERS),
    provides=(ROOM,),
    uses=(READABLE_RELATIONS,),
    makes=True,
)
def check_own_room(examination: Examination) -> Iterator[Finding]:
    """The person came with the room, or `create_room` makes it."""
    examination.require_service("gateway")
    host, world = examination.host, examination.world
    offers = world.gateway.offers
    if offers("create_room") and not host.room_id and examination.borrows:
        detail = "the borrowed account has no room, and one that is made could not be removed: make one by hand"
        yield not_reached("own room", detail)
        return
    if offers("create_room") and not host.room_id:
        yield expect_success(examination, "create_room", host, title=world.naming.title())
        if made := examination.went("create_room"):
            world.people.owns(host, str(made.answer["room"]))
    if offers("my_room"):
        yield expect_success(examination, "my_room", host)
        mine = examination.went("my_room")
        if mine is not None and host.room_id and str(mine.answer["room"]) != host.room_id:
            where = examination.where("operations", "my_room", "answer")
            detail = f"{where}: it gives room {mine.answer['room']!r}, and the host's is {host.room_id!r}"
            yield wrong("my_room", detail, "both must give the same id")
        if mine is not None and not host.room_id:
            world.people.owns(host, str(mine.answer["room"]))
    if not host.room_id:
        yield not_reached("own room", "the host has no room")
        return
    yield from check_room_shown(examination)
    if offers("room_state"):
        yield expect_success(examination, "room_state", host, room=host.room_id)
    if examination.borrows:
        keep_lent(examination)
    examination.establish(ROOM)
