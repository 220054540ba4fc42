"""Counts what bears a mark, over the five relations, and removes it: by SQL, also when the gateway is down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from greenroom.core.deadlines import eventually
from greenroom.drivers.database import Database

_MARKED = """
, own_accounts as (
  select account_id from accounts
  where account_id = any(%(accounts)s) or (%(mark)s <> '' and strpos(name, %(mark)s) > 0)
), own_rooms as (
  select room_id from rooms
  where room_id = any(%(rooms)s) or host_id in (select account_id from own_accounts)
)
"""
_COUNT = (
    _MARKED
    + """
select 'accounts' as relation, count(*) as found from own_accounts
union all select 'rooms', count(*) from own_rooms
union all select 'sessions', count(*) from sessions
  where room_id in (select room_id from own_rooms) or (%(mark)s <> '' and strpos(title, %(mark)s) > 0)
union all select 'attendance', count(*) from attendance where account_id in (select account_id from own_accounts)
union all select 'listing', count(*) from listing
  where room_id in (select room_id from own_rooms) or (%(mark)s <> '' and strpos(title, %(mark)s) > 0)
"""
)
_IDS = (
    _MARKED
    + """
select 'account' as kind, account_id as id from own_accounts union all select 'room', room_id from own_rooms
"""
)


@dataclass(frozen=True)
class Marked:
    """The accounts and rooms that bear a mark."""

    accounts: tuple[str, ...]
    rooms: tuple[str, ...]


def census(database: Database, mark: str, accounts: Sequence[str] = (), rooms: Sequence[str] = ()) -> dict[str, int]:
    """Relation -> rows that bear the mark, or belong to these accounts and rooms."""
    found = database.query(_COUNT, {"mark": mark, "accounts": list(accounts), "rooms": list(rooms)})
    return {row["relation"]: int(row["found"]) for row in found}


def census_at_last(
    database: Database, seconds: float, mark: str, accounts: Sequence[str] = (), rooms: Sequence[str] = ()
) -> dict[str, int]:
    """What is left once everything was removed. A listing that is left alone may follow within so many seconds, as a
    view does that is refreshed."""

    def told(rows: dict[str, int]) -> bool:
        return not rows["listing"] or any(count for relation, count in rows.items() if relation != "listing")

    found, _ = eventually(lambda: census(database, mark, accounts, rooms), told, seconds)
    return found


def marked(database: Database, mark: str, accounts: Sequence[str] = (), rooms: Sequence[str] = ()) -> Marked:
    """The accounts and rooms that bear the mark, or are among these."""
    found = database.query(_IDS, {"mark": mark, "accounts": list(accounts), "rooms": list(rooms)})
    return Marked(
        tuple(row["id"] for row in found if row["kind"] == "account"),
        tuple(row["id"] for row in found if row["kind"] == "room"),
    )


def lasting(ids: Sequence[str]) -> tuple[str, ...]:
    """Those that nobody else is ever given. A number may be: by a database that was restored, or filled anew."""
    return tuple(one for one in ids if not one.isdigit())


def remove(database: Database, mark: str, accounts: Sequence[str] = (), rooms: Sequence[str] = ()) -> Marked:
    """Remove everything that bears the mark, with what belongs to it. Returns what was found."""
    found = marked(database, mark, accounts, rooms)
    if found.accounts or found.rooms:
        database.arrange("remove", accounts=list(found.accounts), rooms=list(found.rooms))
    return found
