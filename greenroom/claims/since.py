"""Since when an offending row of each invariant has been so, as far as the five relations tell.

It is a moment from which on it was so for sure or, where only a beginning is kept, not before which: the oldest stands
first in an audit. What lies in the future tells nothing, and rooms and accounts keep no time at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Since(NamedTuple):
    """The expression of the moment, over the offending rows `v` and what `join` adds to them."""

    expression: str
    join: str = ""


LAST_END = Since(
    "t.at",
    """left join (select room_id, max(ended_at) as at from sessions
                  where room_id in (select distinct room_id from v) group by room_id) t on t.room_id = v.room_id""",
)
_SESSION_BEGAN = Since("t.starts_at", "left join sessions t on t.session_id = v.session_id")
_SESSION_ENDED = Since("t.ended_at", "left join sessions t on t.session_id = v.session_id")
_SECOND_BEGAN = Since(
    "t.at",
    """left join (select room_id, (array_agg(starts_at order by starts_at))[2] as at from sessions
                  where status in ('scheduled', 'lobby', 'live') and room_id in (select distinct room_id from v)
                  group by room_id) t on t.room_id = v.room_id""",
)
_LIVE_OR_OVER = Since(
    "case when v.room_status in ('lobby', 'live') then b.starts_at else t.at end",
    f"""{LAST_END.join}
        left join (select r.room_id, s.starts_at from rooms r join sessions s on s.session_id = r.session_id
                   where r.status in ('lobby', 'live')) b on b.room_id = v.room_id""",
)
_NOBODY_KNOWS = Since("null::timestamptz")

SINCE: Mapping[str, Since] = {
    "nothing-stuck": LAST_END,
    "one-open-session": _SECOND_BEGAN,
    "no-orphan": _SESSION_BEGAN,
    "pointer-agrees": _SESSION_BEGAN,
    "pointer-own": _SESSION_BEGAN,
    "idle-is-empty": LAST_END,
    "nobody-left-inside": _SESSION_ENDED,
    "ended-has-time": Since("v.starts_at"),
    "left-after-joined": Since("v.left_at"),
    "listing-live-is-true": _LIVE_OR_OVER,
    "listing-once": _NOBODY_KNOWS,
    "listing-ended-has-time": Since("v.started_at"),
    "one-room-a-host": _NOBODY_KNOWS,
    "room-is-linked": _NOBODY_KNOWS,
}
