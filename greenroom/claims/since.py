"""Since when an offending row of each invariant has been so, as far as the five relations tell.

It is a moment from which on it was so for sure or, where only a beginning is kept, not before which: the oldest stands
first in an audit. What lies in the future tells nothing, and rooms and accounts keep no time at all.
"""

from __future__ import annotations

from collections.abc import Mapping

Since = tuple[str, str]
"""What has to be joined to the offending rows `v`, and the expression of the moment."""

_LAST_END: Since = (
    "left join (select room_id, max(ended_at) as at from sessions group by room_id) t on t.room_id = v.room_id",
    "t.at",
)
_SESSION_BEGAN: Since = (
    "left join (select session_id, starts_at as at from sessions) t on t.session_id = v.session_id",
    "t.at",
)
_SESSION_ENDED: Since = (
    "left join (select session_id, ended_at as at from sessions) t on t.session_id = v.session_id",
    "t.at",
)
_SECOND_BEGAN: Since = (
    "left join (select room_id, (array_agg(starts_at order by starts_at))[2] as at from sessions"
    " where status in ('scheduled', 'lobby', 'live') group by room_id) t on t.room_id = v.room_id",
    "t.at",
)
_LIVE_OR_OVER: Since = (
    "left join (select r.room_id, s.starts_at as at from rooms r join sessions s on s.session_id = r.session_id"
    " where r.status in ('lobby', 'live')) b on b.room_id = v.room_id"
    " left join (select room_id, max(ended_at) as at from sessions group by room_id) t on t.room_id = v.room_id",
    "case when v.room_status in ('lobby', 'live') then b.at else t.at end",
)
_NOBODY_KNOWS: Since = ("", "null::timestamptz")

SINCE: Mapping[str, Since] = {
    "nothing-stuck": _LAST_END,
    "one-open-session": _SECOND_BEGAN,
    "no-orphan": _SESSION_BEGAN,
    "pointer-agrees": _SESSION_BEGAN,
    "pointer-own": _SESSION_BEGAN,
    "idle-is-empty": _LAST_END,
    "nobody-left-inside": _SESSION_ENDED,
    "ended-has-time": ("", "v.starts_at"),
    "left-after-joined": ("", "v.left_at"),
    "listing-live-is-true": _LIVE_OR_OVER,
    "listing-once": _NOBODY_KNOWS,
    "listing-ended-has-time": ("", "v.started_at"),
    "one-room-a-host": _NOBODY_KNOWS,
    "room-is-linked": _NOBODY_KNOWS,
}
