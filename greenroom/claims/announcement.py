"""What gateway or page announced of a room, as a claim: rows that say otherwise of the same thing contradict it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from greenroom.claims.fact import Claim, Fact, every, facts_of, same
from greenroom.claims.listing import STILL_LIVE
from greenroom.relations.canonical import LIVE_ROOM
from greenroom.relations.state import State, show


@dataclass(frozen=True)
class Announcement:
    """Who announced it, in which words ("that Ada's room has ended"), and what it comes down to."""

    who: str
    what: str
    claim: Claim


def contradicted(announced: Announcement, facts: Sequence[Fact], state: State) -> list[Fact]:
    """What was announced and is shown otherwise, of what is wrong among `facts`. Empty where the two agree,
    or speak of different things."""
    wrong = {fact.about for fact in facts if fact.seen and not fact.holds and fact.about}
    return [fact for fact in facts_of(announced.claim, state) if fact.seen and not fact.holds and fact.about in wrong]


def has_ended(room_id: str) -> Claim:
    """The room is no longer on, nor is a session in it, nor is it listed as live."""

    def room(state: State) -> list[Fact]:
        row = state.room(room_id)
        return [same("status", "idle", row["status"] if row else None, "rooms.status", "not idle")]

    def sessions(state: State) -> list[Fact]:
        return [same("open sessions", 0, len(state.open_sessions(room_id)), "sessions.status", "still open")]

    def listing(state: State) -> list[Fact]:
        live = sum(entry["status"] == "live" for entry in state.entries(room_id))
        return [same("live entries", 0, live, "listing.status", STILL_LIVE)]

    return every(room, sessions, listing)


def has_gone_live(room_id: str, session_id: str) -> Claim:
    """The room is on, with that session."""

    def status(state: State) -> list[Fact]:
        row = state.room(room_id)
        found, words = row["status"] if row else None, " or ".join(LIVE_ROOM)
        return [Fact("status", words, show(found), found in LIVE_ROOM, about="rooms.status", wrong=f"not {words}")]

    def pointer(state: State) -> list[Fact]:
        row = state.room(room_id)
        return [same("session", session_id, row["session_id"] if row else None, "rooms.session_id")]

    return every(status, pointer)
