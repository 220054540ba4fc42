"""Many rooms that are live at once, so that the listing is long: arranged by SQL, as no limiter would let them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from greenroom.claims.pages import lists_each_once
from greenroom.drivers.database import Database
from greenroom.isolation import census
from greenroom.people.person import Person
from greenroom.scenario.world import World, ago


@dataclass
class Crowd:
    """Rooms that are live, by their ids, and the accounts that host them."""

    rooms: list[str] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)


def be_live(world: World, number: int) -> None:
    """So many rooms are live and listed until the scenario is over. Raises NotApplicable where the database is not ours
    to write to, or has no arrangement for it."""
    world.crowd = world.until_end(_live(world, world.writable_database(), number)).rooms


def expect_each_listed_once(world: World, member: Person) -> None:
    """The member finds each of them in the listing, and none twice (L11)."""
    listing = world.browsers.of(member).listing
    listing.open()
    world.confirm(lists_each_once(member.name, listing, world.crowd, world.deadlines.on_open_listing))


@contextlib.contextmanager
def _live(world: World, database: Database, number: int) -> Iterator[Crowd]:
    crowd = Crowd()
    try:
        for minutes in range(1, number + 1):
            _one_more(world, database, crowd, minutes)
        yield crowd
    finally:
        census.remove(database, "", crowd.accounts, crowd.rooms)


def _one_more(world: World, database: Database, crowd: Crowd, minutes: int) -> None:
    mark, title = world.mark, world.naming.title()
    slug, password = f"host-{minutes}", world.worker.password
    who = {"name": f"Host {minutes} {mark}", "email": f"{slug}.{mark}@greenroom.test", "slug": slug, "mark": mark}
    account = str(database.arrange("make_account", **who, password=password)[0]["account_id"])
    crowd.accounts.append(account)
    world.worker.ledger.made(mark, account=account)
    room = str(database.arrange("make_room", account_id=account, title=title)[0]["room_id"])
    crowd.rooms.append(room)
    world.worker.ledger.made(mark, room=room)
    began = {"title": title, "status": "live", "ended_at": None}
    session = database.arrange("add_session", **began, room_id=room, starts_at=ago(minutes=minutes))[0]["session_id"]
    flag = world.target.presence.has_flag
    database.arrange("set_room", room_id=room, status="live", session_id=session, host_present=flag)
    if not world.target.states.entries_follow:
        database.arrange("set_listing", **began, room_id=room, host_id=account, started_at=ago(minutes=minutes))
