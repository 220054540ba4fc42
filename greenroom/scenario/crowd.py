"""Many rooms that are live at once, so that the listing is long, or many people inside one of them: arranged by SQL, as
no limiter would let them."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from greenroom.claims.pages import lists_each_once
from greenroom.core.errors import NotApplicable
from greenroom.drivers.database import Database
from greenroom.isolation import census
from greenroom.people.person import Person
from greenroom.scenario.stuck_rooms import check_can_wait, set_room
from greenroom.scenario.world import World, ago
from greenroom.targetfile.arrangements import STANDINGS

_AT_ONCE = 10
"""Rooms that went live at the very same moment: a listing may be read in parts, and such a moment fall between two."""
_A_SECOND = 1 / 60
"""In minutes. The database's clock is known less exactly than to the moment, and nobody leaves before they came."""

_BLANK = " "
_OF_OTHERS = 20
"""Entries of a listing that other scenarios may need at the same time."""


@dataclass
class Crowd:
    """Rooms that are live, and accounts: of those who host them, or are inside of another."""

    rooms: list[str] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)


def be_live(world: World, number: int) -> None:
    """So many rooms are live and listed until the scenario is over. Raises NotApplicable where the database is not ours
    to write to, or has no arrangement for it, or the listing does not show so many."""
    database = world.writable_database()
    _expect_room_in_the_listing(world, number)
    world.crowd = world.until_end(_live(world, database, number)).rooms


def be_inside(world: World, host: Person, number: int) -> None:
    """So many guests are inside the host's session, besides those who are there already, until the scenario is over.
    Raises NotApplicable where the database is not ours to write to, or has no arrangement for it."""
    world.until_end(_there(world, world.writable_database(), str(host.session_id), number))


def wait(world: World, host: Person, number: int) -> None:
    """So many guests wait in the lobby of the host's session until the scenario is over, or they are let in. Raises
    NotApplicable as `be_inside` does, and where no arrangement lets people wait."""
    check_can_wait(world)
    world.until_end(_there(world, world.writable_database(), str(host.session_id), number, standing="waiting"))


def be_live_without_name(world: World) -> None:
    """A room is live and listed whose host's name is blank, until the scenario is over. Raises NotApplicable as
    `be_live` does, and where nobody can have such a name."""
    database = world.writable_database()
    _expect_room_in_the_listing(world, 1)
    world.until_end(_live(world, database, 1, host=_BLANK))


def expect_each_listed_once(world: World, member: Person) -> None:
    """The member finds each of them in the listing, and none twice (L11)."""
    listing = world.browsers.of(member).listing
    listing.open()
    web, called = world.target.web, world.people.page_in_database
    pages = {room: called(room) if web is not None and web.names_rooms else "" for room in world.crowd}
    rooms = {room: {"room": room, "room_page": page} for room, page in pages.items()}
    world.confirm(lists_each_once(member.name, listing, rooms, world.deadlines.on_open_listing))


def _expect_room_in_the_listing(world: World, number: int) -> None:
    web = world.target.web
    shown = web.listing.at_most if web is not None else 0
    if shown and number + _OF_OTHERS > shown:
        raise NotApplicable("long-listing", f"the listing shows no more than {shown} entries: [web.listing] at_most")


@contextlib.contextmanager
def _live(world: World, database: Database, number: int, *, host: str = "") -> Iterator[Crowd]:
    crowd = Crowd()
    try:
        now = ago()
        for count in range(1, number + 1):
            since = now - dt.timedelta(minutes=-(-count // _AT_ONCE))
            _one_more(world, database, crowd, count, since, host)
        yield crowd
    finally:
        census.remove(database, "", crowd.accounts, crowd.rooms)


@contextlib.contextmanager
def _there(
    world: World, database: Database, session: str, number: int, *, standing: str = STANDINGS[0]
) -> Iterator[None]:
    crowd = Crowd()
    came = {"role": "guest", "joined_at": ago(minutes=_A_SECOND), "left_at": None, "standing": standing}
    try:
        for count in range(1, number + 1):
            account = _somebody(world, database, crowd, f"guest-{count}", f"Guest {count} {world.mark}")
            database.arrange("add_attendance", session_id=session, account_id=account, **came)
        yield
    finally:
        census.remove(database, "", crowd.accounts)


def _one_more(world: World, database: Database, crowd: Crowd, count: int, since: dt.datetime, host: str) -> None:
    title = world.naming.title()
    account = _somebody(world, database, crowd, f"host-{count}", host or f"Host {count} {world.mark}")
    room = str(database.arrange("make_room", account_id=account, title=title)[0]["room_id"])
    crowd.rooms.append(room)
    world.worker.ledger.made(world.mark, room=room)
    began = {"title": title, "status": "live", "ended_at": None}
    session = database.arrange("add_session", **began, room_id=room, starts_at=since)[0]["session_id"]
    flag = world.target.presence.has_flag
    set_room(world, room_id=room, status="live", session_id=session, host_present=flag)
    if not world.target.states.entries_follow:
        database.arrange("set_listing", **began, room_id=room, host_id=account, started_at=since)


def _somebody(world: World, database: Database, crowd: Crowd, slug: str, name: str) -> str:
    who = {"name": name, "email": f"{slug}.{world.mark}@greenroom.test", "slug": slug}
    who |= {"mark": world.mark, "password": world.worker.password}
    if not name.strip() and (complaint := database.forbids("make_account", **who)):
        raise NotApplicable("blank-name", f"nobody can have a blank name: {complaint}")
    made = database.arrange("make_account", **who)
    account = str(made[0]["account_id"])
    crowd.accounts.append(account)
    world.worker.ledger.made(world.mark, account=account)
    return account
