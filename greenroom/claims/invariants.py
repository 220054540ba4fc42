"""What must be true of any room at any time, as queries over the five relations.

Checked for a scenario's own rooms when it is over, and for the whole database by an audit. Each query returns the
offending rows; none means that the invariant holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from greenroom.drivers.database import Database

OF_ROOMS = "= any(%(rooms)s)"
"""What limits a query to the rooms that are asked about; an audit takes it out."""

_OPEN = "('scheduled', 'lobby', 'live')"
_CLOSED = "('ended', 'cancelled')"
_HAD_BEGUN = "exists (select from attendance a where a.session_id = s.session_id and a.joined_at >= s.starts_at)"
"""Somebody came in after the start: what is ended while it is still to come may keep the start that was planned."""


@dataclass(frozen=True)
class Rule:
    """One sentence that must be true of any room, and the promise it serves."""

    name: str
    promise: str
    sentence: str


@dataclass(frozen=True)
class Invariant(Rule):
    """What must be true at any one moment, and the query that finds what offends it.

    `needs` is the relation without which the query would say nothing true. `everywhere` is the query over the whole
    database, where it is another than `query` without its limit to some rooms.
    """

    query: str
    needs: str = "rooms"
    everywhere: str = ""


@dataclass(frozen=True)
class Violation:
    """The rows that offend an invariant, or a rule of what must not change."""

    invariant: Rule
    rows: tuple[dict[str, Any], ...]


INVARIANTS = (
    Invariant(
        "nothing-stuck",
        "O1",
        "no room is stuck: not idle, yet without an open session of its own",
        f"""select r.room_id, r.status, r.session_id, s.status as session_status
            from rooms r left join sessions s on s.session_id = r.session_id
            where r.room_id = any(%(rooms)s)
              and r.status <> 'idle' and (s.session_id is null or s.status in {_CLOSED})""",
    ),
    Invariant(
        "one-open-session",
        "R2",
        "a room has at most one open session",
        f"""select s.room_id, count(*) as open_sessions, string_agg(s.session_id, ' ' order by s.session_id) as sessions
            from sessions s where s.room_id = any(%(rooms)s) and s.status in {_OPEN}
            group by s.room_id having count(*) > 1""",
    ),
    Invariant(
        "no-orphan",
        "R5",
        "every open session is the one its room points to",
        f"""select s.session_id, s.room_id, s.status, r.status as room_status, r.session_id as room_points_to
            from sessions s join rooms r on r.room_id = s.room_id
            where s.room_id = any(%(rooms)s) and s.status in {_OPEN}
              and r.session_id is distinct from s.session_id""",
    ),
    Invariant(
        "pointer-agrees",
        "E1",
        "room and session say the same status",
        f"""select r.room_id, r.status, s.session_id, s.status as session_status
            from rooms r join sessions s on s.session_id = r.session_id
            where r.room_id = any(%(rooms)s) and s.status in {_OPEN} and r.status <> s.status""",
    ),
    Invariant(
        "pointer-own",
        "E1",
        "a room points only to a session of its own",
        """select r.room_id, r.session_id, s.room_id as session_of
           from rooms r join sessions s on s.session_id = r.session_id
           where r.room_id = any(%(rooms)s) and s.room_id <> r.room_id""",
    ),
    Invariant(
        "idle-is-empty",
        "E1",
        "an idle room has no session and no host present",
        """select room_id, status, session_id, host_present from rooms
           where room_id = any(%(rooms)s) and status = 'idle' and (session_id is not null or host_present)""",
    ),
    Invariant(
        "nobody-left-inside",
        "E3",
        "nobody is inside a session that is over",
        f"""select a.session_id, a.account_id, a.role, a.joined_at, s.status
            from attendance a join sessions s on s.session_id = a.session_id
            where s.room_id = any(%(rooms)s) and s.status in {_CLOSED} and a.left_at is null""",
    ),
    Invariant(
        "ended-has-time",
        "E2",
        "a session that is over has an end time, not before its start and not in the future",
        f"""select session_id, room_id, status, starts_at, ended_at from sessions s
            where room_id = any(%(rooms)s) and status in {_CLOSED}
              and (ended_at is null or ended_at > clock_timestamp() + interval '5 seconds'
                   or (ended_at < starts_at and starts_at <= clock_timestamp() and status <> 'cancelled'
                       and {_HAD_BEGUN}))""",
    ),
    Invariant(
        "left-after-joined",
        "E3",
        "nobody leaves before they join",
        """select a.session_id, a.account_id, a.joined_at, a.left_at
           from attendance a join sessions s on s.session_id = a.session_id
           where s.room_id = any(%(rooms)s) and a.left_at < a.joined_at""",
    ),
    Invariant(
        "listing-live-is-true",
        "L8",
        "the rooms that the listing shows as live are the rooms that are live",
        """select d.room_id, r.status as room_status, l.status as listed_as
           from (select room_id
                 from (select distinct room_id from rooms
                       where room_id = any(%(rooms)s) and status in ('lobby', 'live')
                       union all
                       select distinct room_id from listing where room_id = any(%(rooms)s) and status = 'live') shown
                 group by room_id having count(*) = 1) d
           left join rooms r on r.room_id = d.room_id left join listing l on l.room_id = d.room_id""",
        needs="listing",
    ),
    Invariant(
        "listing-once",
        "L4",
        "a room has at most one entry in the listing",
        """select room_id, count(*) as entries from listing
           where room_id = any(%(rooms)s) group by room_id having count(*) > 1""",
        needs="listing",
    ),
    Invariant(
        "listing-ended-has-time",
        "E4",
        "an entry that is ended has its end time, and not one that is yet to come",
        """select room_id, status, started_at, ended_at from listing
           where room_id = any(%(rooms)s) and status = 'ended'
             and (ended_at is null or ended_at > clock_timestamp() + interval '5 seconds')""",
        needs="listing",
    ),
    Invariant(
        "one-room-a-host",
        "D1",
        "a person hosts at most one room",
        """select host_id, count(*) as rooms, string_agg(room_id, ' ' order by room_id) as room_ids from rooms
           where host_id in (select host_id from rooms where room_id = any(%(rooms)s))
           group by host_id having count(*) > 1""",
        everywhere="""select host_id, count(*) as rooms, string_agg(room_id, ' ' order by room_id) as room_ids
                      from rooms
                      where host_id in (select host_id from rooms group by host_id having count(*) > 1)
                      group by host_id""",
    ),
    Invariant(
        "room-is-linked",
        "D1",
        "the room that a person is linked to is one they host",
        """select a.account_id, a.room_id, r.host_id from accounts a join rooms r on r.room_id = a.room_id
           where a.room_id = any(%(rooms)s) and r.host_id <> a.account_id""",
    ),
)


def violations(database: Database, rooms: Sequence[str]) -> list[Violation]:
    """Every invariant that these rooms offend, with the offending rows. One round trip when all hold."""
    if not rooms:
        return []
    every = " union all ".join(
        f"select {number} as number, to_jsonb(v) as row from ({one.query}) v"
        for number, one in enumerate(INVARIANTS)
        if database.holds(one.needs)
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for row in database.query(every, {"rooms": list(rooms)}):
        found.setdefault(row["number"], []).append(row["row"])
    return [Violation(INVARIANTS[number], tuple(rows)) for number, rows in sorted(found.items())]
