"""Who is inside a broadcast: guests who come and go, and the host."""

from __future__ import annotations

from tests.lantern.database import Database
from tests.lantern.people import Member
from tests.lantern.refusal import Kind, Refusal
from tests.lantern.studio import Studio, lock, lock_own


def enter(db: Database, studio_no: int, member: Member) -> int:
    """The member is inside, once; their studio's host is then present. The broadcast's number.

    Raises Refusal when the studio is not known or has nothing going.
    """
    studio = lock(db, studio_no)
    if studio.broadcast_no is None or not studio.going_on:
        raise Refusal(Kind.NOT_ON_AIR)
    hosting = studio.owner_no == member.person_no
    db.execute(
        """insert into visits (broadcast_no, person_no, hosting, stay)
           values (%(broadcast)s, %(me)s, %(hosting)s, tstzrange(clock_timestamp(), null))
           on conflict (broadcast_no, person_no) where upper_inf(stay) do nothing""",
        {"broadcast": studio.broadcast_no, "me": member.person_no, "hosting": hosting},
    )
    if hosting:
        _mark(db, studio, True)
    return studio.broadcast_no


def leave(db: Database, studio_no: int, member: Member) -> None:
    """The member is not inside any more. Raises Refusal when they were not."""
    studio = lock(db, studio_no)
    if not _close(db, studio, member):
        raise Refusal(Kind.NOT_INSIDE)
    if studio.owner_no == member.person_no:
        _mark(db, studio, False)


def host_comes(db: Database, studio_no: int, member: Member) -> None:
    """The host is present. Raises Refusal when the member is not the host, or nothing is going."""
    lock_own(db, studio_no, member)
    enter(db, studio_no, member)


def host_goes(db: Database, studio_no: int, member: Member) -> None:
    """The host is not present, whether they were or not. Raises Refusal when the member is not the host."""
    studio = lock_own(db, studio_no, member)
    _close(db, studio, member)
    _mark(db, studio, False)


def is_inside(db: Database, studio: Studio, member: Member) -> bool:
    """Whether the member is inside the studio's broadcast."""
    query = "select from visits where broadcast_no = %(no)s and person_no = %(me)s and upper_inf(stay)"
    return db.execute(query, {"no": studio.broadcast_no, "me": member.person_no}).fetchone() is not None


def _close(db: Database, studio: Studio, member: Member) -> bool:
    closed = db.execute(
        """update visits set stay = tstzrange(lower(stay), greatest(lower(stay), clock_timestamp()), '[]')
           where upper_inf(stay) and broadcast_no = %(no)s and person_no = %(me)s""",
        {"no": studio.broadcast_no, "me": member.person_no},
    )
    return closed.rowcount > 0


def _mark(db: Database, studio: Studio, present: bool) -> None:
    query = "update studios set owner_in = %(present)s where studio_no = %(no)s and owner_in <> %(present)s"
    db.execute(query, {"no": studio.studio_no, "present": present})
