"""What is captured of a room: the rows that matter to what is wrong with it, and what was left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from greenroom.claims.invariants import Violation, violations
from greenroom.core.errors import GreenroomError
from greenroom.core.wording import plural
from greenroom.drivers.database import Database
from greenroom.relations.canonical import OPEN_SESSION
from greenroom.relations.state import Row, State, moment
from greenroom.scenario.captured.table import MISSING, RoomLine

_GUESTS = ("Grace", "Joan", "Mary", "Edith", "Hedy", "Alan", "Karen", "Radia", "Barbara", "Frances", "Evelyn", "Lise")
"""Names of the features. More people than these are counted, and left out."""
HOST = "Ada"


@dataclass(frozen=True)
class Captured:
    """A room at one moment: the lines of its table, what it offended, and remarks on what the table does not say."""

    at: dt.datetime
    lines: tuple[RoomLine, ...]
    offended: tuple[Violation, ...]
    remarks: tuple[str, ...]


def capture(database: Database, room_id: str) -> Captured:
    """Look at a room. Raises GreenroomError when there is none of that id, otherwise what `Database.query` does."""
    state = database.snapshot([room_id], [])
    room = state.room(room_id)
    if room is None:
        raise GreenroomError(
            f"there is no room {room_id}", hint="greenroom audit shows the ids of rooms in trouble", code="no-room"
        )
    at = moment(database.now())
    assert at is not None
    remarks: list[str] = []
    sessions = _sessions(state, room, remarks)
    names = _names(state, room, sessions, remarks)
    lines = [*_room(state, room, sessions, remarks), *_rows(state, room, sessions, names)]
    return Captured(at, tuple(lines), tuple(violations(database, [room_id])), tuple(remarks))


def _sessions(state: State, room: Row, remarks: list[str]) -> list[Row]:
    """Those that matter: open ones, the one the room points to, those with people inside, and the last one."""
    every = sorted(state.sessions_of(room["room_id"]), key=lambda row: str(row["starts_at"] or ""))
    kept = [
        row
        for row in every
        if row["status"] in OPEN_SESSION
        or row["session_id"] == room["session_id"]
        or state.inside(row["session_id"])
        or row is every[-1]
    ]
    if left := len(every) - len(kept):
        remarks.append(f"{plural(left, 'session')} that {'is' if left == 1 else 'are'} over and empty left out")
    return kept


def _names(state: State, room: Row, sessions: list[Row], remarks: list[str]) -> dict[str, str]:
    names, more = {room["host_id"]: HOST}, 0
    free = iter(_GUESTS)
    for session in sessions:
        for row in state.inside(session["session_id"]):
            if row["account_id"] not in names:
                name = next(free, "")
                more += not name
                names[row["account_id"]] = name
    if more:
        remarks.append(f"{plural(more, 'more person', 'more people')} inside left out")
    return names


def _room(state: State, room: Row, sessions: list[Row], remarks: list[str]) -> Iterator[RoomLine]:
    numbers = {row["session_id"]: str(number) for number, row in enumerate(sessions, 1)}
    pointer = room["session_id"]
    if pointer is not None and pointer not in numbers:
        remarks.append("the room pointed to a session that is not there, or is another room's: here it is not there")
    yield RoomLine("room", status=room["status"], session="" if pointer is None else numbers.get(pointer, MISSING))
    if room["host_present"]:
        yield RoomLine("host present", who=HOST)


def _rows(state: State, room: Row, sessions: list[Row], names: dict[str, str]) -> Iterator[RoomLine]:
    for number, row in enumerate(sessions, 1):
        began, ended = moment(row["starts_at"]), moment(row["ended_at"])
        yield RoomLine("session", status=row["status"], session=str(number), began=began, ended=ended)
    for number, row in enumerate(sessions, 1):
        for stay in state.inside(row["session_id"]):
            if name := names[stay["account_id"]]:
                yield RoomLine("inside", session=str(number), who=name, began=moment(stay["joined_at"]))
    if "listing" in state.sees:
        for entry in state.entries(room["room_id"]):
            began, ended = moment(entry["started_at"]), moment(entry["ended_at"])
            yield RoomLine("entry", status=entry["status"], began=began, ended=ended)
