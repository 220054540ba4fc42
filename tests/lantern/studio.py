"""A studio and its broadcast as they are: looked at, or locked in order to change them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.lantern.database import Database, clock, number, one
from tests.lantern.people import Member
from tests.lantern.refusal import Kind, Refusal
from tests.lantern.stages import Air, Stage

DOORS_BEFORE = timedelta(minutes=15)
"""How long before its beginning the doors of an announced broadcast open."""


@dataclass(frozen=True, slots=True)
class Studio:
    """A studio. `air`, `headline`, `kind` and `begins` are those of the broadcast it points to, if that is open."""

    studio_no: int
    name: str
    owner_no: int
    owner: str
    stage: str
    broadcast_no: int | None
    owner_in: bool
    air: int | None
    headline: str | None
    kind: str | None
    begins: datetime | None

    @property
    def going_on(self) -> bool:
        """Whether a broadcast of it is open."""
        return self.air is not None

    @property
    def at_rest(self) -> bool:
        """Whether a new broadcast may begin without clearing anything away."""
        return self.stage == Stage.REST and self.broadcast_no is None

    def due(self, now: datetime) -> bool:
        """Whether its doors should have opened by now."""
        return self.air == Air.ANNOUNCED and self.begins is not None and self.begins - DOORS_BEFORE <= now


def find(db: Database, studio_no: int) -> Studio:
    """The studio as it is. Raises Refusal when there is none."""
    studio = one(
        db, Studio,
        """select s.studio_no, s.name, s.owner_no, p.called as owner, s.stage, s.broadcast_no, s.owner_in,
                  b.air, b.headline, b.kind, b.begins
           from studios s join people p on p.person_no = s.owner_no
           left join broadcasts b on b.broadcast_no = s.broadcast_no and b.studio_no = s.studio_no and b.air < 8
           where s.studio_no = %(no)s""",
        no=studio_no,
    )  # fmt: skip
    if studio is None:
        raise Refusal(Kind.UNKNOWN)
    return studio


def look(db: Database, studio_no: int) -> Studio:
    """The studio, its doors opened when they are due. Raises Refusal when there is none."""
    studio = find(db, studio_no)
    return lock(db, studio_no) if studio.due(clock(db)) else studio


def lock(db: Database, studio_no: int) -> Studio:
    """The studio, to be changed by nobody else until our transaction ends: whoever changes anything about it begins
    here. Doors that are due are opened. Raises Refusal when there is none."""
    # Two statements: the second sees what the one that held the lock before us has written.
    db.execute("select from studios where studio_no = %(no)s for no key update", {"no": studio_no})
    studio = find(db, studio_no)
    if studio.due(clock(db)):
        enter_stage(db, studio, Air.DOORS)
        return find(db, studio_no)
    return studio


def lock_own(db: Database, studio_no: int, member: Member) -> Studio:
    """The member's own studio, locked. Raises Refusal when there is none, or when it is another's."""
    studio = lock(db, studio_no)
    if studio.owner_no != member.person_no:
        raise Refusal(Kind.NOT_YOURS)
    return studio


def enter_stage(db: Database, studio: Studio, air: Air) -> None:
    """The open broadcast of a locked studio moves on to `air`: doors, or on air. The programme follows."""
    values = {"no": studio.studio_no, "broadcast": studio.broadcast_no, "air": air, "stage": air.stage}
    db.execute(
        """update broadcasts set air = %(air)s, begins = least(begins, clock_timestamp())
           where broadcast_no = %(broadcast)s""" if air is Air.ON_AIR
        else "update broadcasts set air = %(air)s where broadcast_no = %(broadcast)s", values,
    )  # fmt: skip
    db.execute("update studios set stage = %(stage)s where studio_no = %(no)s", values)
    db.execute("update programme set on_air = true, till = null where studio_no = %(no)s", values)


def people_inside(db: Database, studio: Studio) -> int:
    """How many are inside the broadcast that the studio points to."""
    query = "select count(*) from visits where broadcast_no = %(no)s and upper_inf(stay)"
    return number(db, query, no=studio.broadcast_no)


def ever_sent(db: Database, studio_no: int) -> bool:
    """Whether the studio ever had a broadcast."""
    return number(db, "select count(*) from broadcasts where studio_no = %(no)s", no=studio_no) > 0
