"""What the gateway tells of the sessions that a room has had, against the rows: two observers that must agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from greenroom.claims.fact import Fact, same
from greenroom.claims.observation import Observation
from greenroom.core.errors import NotApplicable
from greenroom.people.person import Person
from greenroom.relations.canonical import OPEN_SESSION
from greenroom.relations.state import Row, State, moment, show
from greenroom.scenario.told_state import told_between
from greenroom.scenario.world import World

_ABOUT = "operation:sessions"
_NEWEST_FIRST = "newest_first"
_LISTS = (_NEWEST_FIRST, "entries")
_OVER = ("ended", "cancelled")
_A_PAGE = 20
"""So many sessions may be all that one answer tells; the room of a leased account may have had hundreds."""


def expect_told(world: World, asker: Person, host: Person) -> None:
    """Who asks is told of every session that the scenario made in the host's room, of each once, with the title and
    the status that its row has, the newest first where the target says so, and of no other room's session, within the
    deadline "settle" (O7). A past that the room had before the scenario need not be told; in a room with a long one,
    the answer may be a page of several, and nothing is missed. The hosts of other rooms ask in between. Raises
    NotApplicable where the answer is not described."""

    def agree(state: State) -> list[Fact]:
        told, statuses, newest_first, alone = _told(world, asker, host)
        mine = {str(row["session_id"]): row for row in state.sessions_of(host.room_id)}
        due = [str(row["session_id"]) for row in state.marked(mine.values(), world.mark)]
        facts = [*_which(told, due, mine), alone, *(fact for one in told for fact in _each(one, statuses, mine))]
        return facts + (_order(told, mine) if newest_first else [])

    world.expect(f"{asker.name} is told which sessions {host.name}'s room has had", agree)


def expect_told_over(world: World, asker: Person, host: Person) -> None:
    """Who is the first to ask is not told that the host's session is open, whatever the rows say before that (P2).
    Raises NotApplicable where the answer is not described, or tells no status."""
    told, statuses, _, _ = _told(world, asker, host)
    mine = [one for one in told if str(one["session_id"]) == host.session_id]
    if any("status" not in one for one in mine):
        raise NotApplicable("operation:sessions", "the target does not say by which word it tells a session's status")
    found = [statuses.get(str(one["status"]), str(one["status"])) for one in mine]
    right, wrong = not any(status in OPEN_SESSION for status in found), ((_ABOUT, "tells as open what is over"),)
    sentence = f"{asker.name} is told at once that {host.name}'s session is over"
    world.confirm(Observation(sentence, right, "over", ", ".join(found) or "left out", wrong=wrong))


def _told(world: World, asker: Person, host: Person) -> tuple[list[Mapping[str, Any]], Mapping[str, str], bool, Fact]:
    answer, alone = told_between(world, host, "sessions", asker)
    word = next((word for word in _LISTS if word in answer), None)
    if word is None:
        reason = "the target does not say which sessions it tells of: [operations.sessions] answer"
        raise NotApplicable("operation:sessions", reason)
    return answer[word], world.target.operations["sessions"].statuses, word == _NEWEST_FIRST, alone


def _which(told: Sequence[Mapping[str, Any]], due: Sequence[str], mine: Mapping[str, Row]) -> list[Fact]:
    ids = [str(one["session_id"]) for one in told]
    foreign = [one for one in ids if one not in mine]
    missing = [one for one in due if one not in ids] if len(mine) <= _A_PAGE else []
    twice = [one for one, times in Counter(ids).items() if times > 1]
    facts = [same(f"sessions told of, out of {len(due)}", len(due), len(due) - len(missing), _ABOUT, "leaves out some")]
    facts.append(same("sessions told of that are not the room's", 0, len(foreign), _ABOUT, "tells of others"))
    facts.append(same("sessions told of twice", 0, len(twice), _ABOUT, "tells of one twice"))
    return facts


def _each(one: Mapping[str, Any], statuses: Mapping[str, str], mine: Mapping[str, Row]) -> list[Fact]:
    row = mine.get(str(one["session_id"]))
    if row is None:
        return []
    facts = []
    name = f"session {show(row['title'])}"
    if "status" in one:
        status = statuses.get(str(one["status"]), one["status"])
        facts.append(same(f"{name}: status", row["status"], status, _ABOUT, "tells another status"))
    if "title" in one:
        facts.append(same(f"{name}: title", row["title"], one["title"], _ABOUT, "tells another title"))
    if "ended_at" in one and row["status"] in _OVER:
        facts.append(same(f"{name}: has an end", True, one["ended_at"] is not None, _ABOUT, "tells no end"))
    return facts


def _order(told: Sequence[Mapping[str, Any]], mine: Mapping[str, Row]) -> list[Fact]:
    """By their beginnings; those that began at the same moment may stand in any order."""
    rows = [row for one in told if (row := mine.get(str(one["session_id"]))) is not None]
    begun = [began for row in rows if (began := moment(row["starts_at"])) is not None]
    return [same("sessions: the newest first", True, begun == sorted(begun, reverse=True), _ABOUT, "in another order")]
