"""Going on air, ending, calling off: each one transaction under the studio's lock, so that all tables agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.lantern.database import Database, clock, number, one
from tests.lantern.people import Member
from tests.lantern.refusal import Kind, Refusal
from tests.lantern.stages import Air, Stage
from tests.lantern.studio import Studio, enter_stage, lock_own

# The clock of the one who asks may be a little ahead of ours.
GRACE = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a host asks for. `begins` None: now. `doors`: let people in first. `key`: the same one is one broadcast."""

    headline: str
    kind: str = "ton"
    begins: datetime | None = None
    doors: bool = False
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A broadcast by number, and its state. `new`: it was not there before."""

    broadcast_no: int
    air: int
    new: bool


def begin(db: Database, studio_no: int, member: Member, wish: Wish, *, restart: bool) -> Broadcast:
    """The member's studio has a new broadcast, and no other that is open.

    `restart`: whatever the studio still has going is ended. Without it, Refusal is raised when there is anything. What
    was merely left behind in a studio at rest is cleared away in any case.
    """
    studio = lock_own(db, studio_no, member)
    if wish.key is not None:
        query = (
            "select broadcast_no, air, false as new from broadcasts where studio_no = %(no)s and request_key = %(key)s"
        )
        if earlier := one(db, Broadcast, query, no=studio_no, key=wish.key):
            return earlier
    if not studio.at_rest and not restart:
        raise Refusal(Kind.BUSY)
    now = clock(db)
    clear(db, studio, Air.OVER, now)
    later = wish.begins if wish.begins is not None and wish.begins > now + GRACE else None
    air = Air.ANNOUNCED if later else Air.DOORS if wish.doors else Air.ON_AIR
    values = {"no": studio_no, "headline": wish.headline, "host": studio.owner_no, "begins": later or now}
    broadcast_no = number(
        db,
        """insert into broadcasts (studio_no, headline, kind, air, begins, request_key)
           values (%(no)s, %(headline)s, %(kind)s, %(air)s, %(begins)s, %(key)s) returning broadcast_no""",
        **values, kind=wish.kind, air=air, key=wish.key,
    )  # fmt: skip
    db.execute(
        "update studios set stage = %(stage)s, broadcast_no = %(made)s, owner_in = false where studio_no = %(no)s",
        {"stage": air.stage, "made": broadcast_no, "no": studio_no},
    )
    db.execute(
        """insert into programme (studio_no, headline, host_no, on_air, since, till)
           values (%(no)s, %(headline)s, %(host)s, %(on_air)s, %(begins)s, null)
           on conflict (studio_no) do update
           set headline = excluded.headline, on_air = excluded.on_air, since = excluded.since, till = null""",
        {**values, "on_air": air is not Air.ANNOUNCED},
    )
    return Broadcast(broadcast_no, air, True)


def told(made: Broadcast) -> list[str]:
    """What the log says of a new broadcast, in the order in which it was done."""
    if not made.new:
        return []
    return [f"Sendung {made.broadcast_no} ist angelegt", f"Sendung {made.broadcast_no} steht im Programm"]


def start(db: Database, studio_no: int, member: Member) -> None:
    """What was announced, or had its doors open, is on air. Raises Refusal when there is nothing of the kind."""
    studio = lock_own(db, studio_no, member)
    if studio.air not in (Air.ANNOUNCED, Air.DOORS):
        raise Refusal(Kind.NOT_ON_AIR)
    enter_stage(db, studio, Air.ON_AIR)


def end(db: Database, studio_no: int, member: Member) -> None:
    """The studio is at rest: nothing open, nobody inside, off the programme. Raises Refusal when it was so before."""
    studio = lock_own(db, studio_no, member)
    if studio.at_rest:
        raise Refusal(Kind.NOT_ON_AIR)
    clear(db, studio, Air.OVER, clock(db))


def call_off(db: Database, studio_no: int, member: Member) -> None:
    """As an end, but the broadcast counts as called off. Raises Refusal when none is open."""
    studio = lock_own(db, studio_no, member)
    if not studio.going_on:
        raise Refusal(Kind.NOT_ON_AIR)
    clear(db, studio, Air.CALLED_OFF, clock(db))


def clear(db: Database, studio: Studio, outcome: Air, now: datetime) -> None:
    """Brings a locked studio to rest, whatever state it was in. What was over before keeps its times."""
    values = {"no": studio.studio_no, "outcome": outcome, "now": now, "rest": Stage.REST}
    # Called off before it began: a broadcast that never was has not ended before its beginning.
    db.execute(
        """update broadcasts set air = %(outcome)s, begins = least(begins, %(now)s), over_at = %(now)s
           where studio_no = %(no)s and air < 8""",
        values,
    )
    db.execute(
        """update visits set stay = tstzrange(lower(stay), greatest(lower(stay), %(now)s), '[]')
           where upper_inf(stay) and broadcast_no in (select broadcast_no from broadcasts where studio_no = %(no)s)""",
        values,
    )
    db.execute(
        "update studios set stage = %(rest)s, broadcast_no = null, owner_in = false where studio_no = %(no)s", values
    )
    db.execute("update programme set on_air = false, till = %(now)s where studio_no = %(no)s and till is null", values)
