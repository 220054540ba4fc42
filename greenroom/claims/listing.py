"""What is claimed of the listing: which entry a room has, and that live entries are those of live rooms."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from greenroom.claims.fact import Claim, Fact, facts_of, same
from greenroom.core import clock
from greenroom.relations.canonical import LIVE_ROOM
from greenroom.relations.state import Row, State, Unseen, moment, show

STILL_LIVE = "live, and should not be"
NOT_LISTED = "not listed as it should be"


def listed_as(room_id: str, status: str, *, title: str | None = None, host_id: str | None = None) -> Claim:
    """The room has exactly one entry, of that status, with that title and host (L1, L4, L5)."""

    def claim(state: State) -> list[Fact]:
        entries = state.entries(room_id)
        what = ("listing", "too many") if entries else ("listing.status", NOT_LISTED)
        facts = [same("entries", 1, len(entries), *what)]
        if len(entries) != 1:
            return facts
        entry = entries[0]
        how = STILL_LIVE if entry["status"] == "live" else NOT_LISTED
        facts.append(same("listed as", status, entry["status"], "listing.status", how))
        if title is not None:
            facts += facts_of(lambda _: [same("title", title, entry["title"], "listing.title")], state)
        if host_id is not None:
            facts += facts_of(lambda _: [same("host", host_id, entry["host_id"], "listing.host_id")], state)
        return facts

    return claim


def begins_with_its_session(room_id: str, session_id: str) -> Claim:
    """The room's live entry begins when its session does, give or take what two clocks may differ (L13)."""

    def claim(state: State) -> list[Fact]:
        session = state.session(session_id)
        began = moment(session["starts_at"]) if session else None
        facts = []
        for entry in state.entries(room_id):
            found = moment(entry["started_at"])
            if found is None:
                raise Unseen("listing.started_at")
            right, told = began is not None and abs(found - began) <= clock.SKEW, show(began and began.isoformat())
            how = "not as its session"
            facts.append(Fact("begins", told, show(entry["started_at"]), right, about="listing.started_at", wrong=how))
        return facts or [same("entries", 1, 0, "listing.status", NOT_LISTED)]

    return claim


def not_listed_live(room_id: str) -> Claim:
    """No entry shows the room as live or upcoming; an entry that is left is ended, with its end time (E4)."""

    def claim(state: State) -> list[Fact]:
        entries = state.entries(room_id)
        still = sum(entry["status"] != "ended" for entry in entries)
        facts = [same("entries not ended", 0, still, "listing.status", STILL_LIVE)]
        ended = [entry for entry in entries if entry["status"] == "ended"]
        return facts + facts_of(lambda _: [_is_set("entry ended at", entry["ended_at"]) for entry in ended], state)

    return claim


def live_entries_are(live_rooms: Sequence[str]) -> Claim:
    """Among the scenario's rooms, those listed as live are exactly those that are live (L8)."""

    def claim(state: State) -> list[Fact]:
        listed = sorted(row["room_id"] for row in state.all("listing") if row["status"] == "live")
        live = sorted(row["room_id"] for row in state.all("rooms") if row["status"] in LIVE_ROOM)
        return [
            Fact(
                "live rooms",
                " ".join(map(show, sorted(live_rooms))),
                " ".join(map(show, live)),
                live == sorted(live_rooms),
                about="rooms.status",
                wrong="not idle" if set(live) - set(live_rooms) else "not lobby or live",
            ),
            Fact(
                "live entries",
                " ".join(map(show, live)),
                " ".join(map(show, listed)),
                listed == live,
                about="listing.status",
                wrong=STILL_LIVE if set(listed) - set(live) else NOT_LISTED,
            ),
        ]

    return claim


def listing_agrees(room_id: str) -> Claim:
    """The room is listed as live exactly when it is live (L8)."""

    def claim(state: State) -> list[Fact]:
        room = state.room(room_id)
        live = room is not None and room["status"] in LIVE_ROOM
        listed = any(entry["status"] == "live" for entry in state.entries(room_id))
        return [same("listed as live", live, listed, "listing.status", NOT_LISTED if live else STILL_LIVE)]

    return claim


def not_followed(state: State, rooms: Collection[str]) -> bool:
    """Whether the listing, which may be written a moment after the rest, still says otherwise of one of the rooms."""
    disagree = any(not fact.holds for room in rooms for fact in facts_of(listing_agrees(room), state) if fact.seen)
    return disagree or ({"rooms", "listing"} <= state.sees and any(_is_unannounced(state, room) for room in rooms))


def under_another_title(state: State, rooms: Collection[str]) -> bool:
    """Whether the listing calls one of the rooms otherwise than the session that is on, as while it still tells of the
    session before. A title that nobody shows is none."""
    return {"rooms", "sessions", "listing"} <= state.sees and any(_is_called_otherwise(state, room) for room in rooms)


def without_late_ends(before: State, listing: Sequence[Row]) -> tuple[Row, ...]:
    """The entries without those that tell of an end which was over `before`, and which no entry told of then: where the
    listing is written a moment later, a short session may have its first entry after it has ended."""
    if not {"listing", "sessions"} <= before.sees:
        return tuple(listing)
    return tuple(row for row in listing if not _is_late_end(row, before))


def _is_late_end(row: Row, before: State) -> bool:
    told, ended = moment(row["ended_at"]), [moment(one["ended_at"]) for one in before.sessions_of(row["room_id"])]
    if row["status"] != "ended" or told is None or any(map(_ended, before.entries(row["room_id"]))):
        return False
    return any(one is not None and abs(told - one) <= clock.SKEW for one in ended)


def _ended(row: Row) -> bool:
    return bool(row["status"] == "ended")


def _is_called_otherwise(state: State, room_id: str) -> bool:
    room = state.room(room_id)
    session = state.session(str(room["session_id"])) if room is not None and room["session_id"] is not None else None
    if room is None or session is None or room["status"] not in LIVE_ROOM:
        return False
    titles = [entry["title"] for entry in state.entries(room_id) if entry["status"] == "live"]
    return any(title is not None and title != (session["title"] or title) for title in titles)


def _is_unannounced(state: State, room_id: str) -> bool:
    room = state.room(room_id)
    listed = any(entry["status"] == "upcoming" for entry in state.entries(room_id))
    return room is not None and room["status"] == "scheduled" and not listed


def _is_set(name: str, value: str | None) -> Fact:
    return Fact(name, "set", show(value), value is not None, about="listing.ended_at", wrong="not set")
